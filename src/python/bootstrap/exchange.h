/* What processes send each other, seen where Python's library does it: values that are pickled,
 * sent, unpickled and worked on are labels of the lane that does it, what goes through a connection
 * is a message. exchange.py says which functions of the library these are. All of this with the
 * GIL. */
#ifndef GS_PYTHON_BOOTSTRAP_EXCHANGE_H
#define GS_PYTHON_BOOTSTRAP_EXCHANGE_H

#include "python/cpython/cpython.h"

/* Hands what exchange.py needs to set, which takes the value over:
 *   labelled(WORD, function)   the same function, seen: "pickle", "unpickle", "send", "receive",
 *                              "make" (of an object that has a _reader: it is a queue)
 *   labelled("run", function, MEANT)   the same, by the name of what the program meant by it
 *   method(function)           for a class: it gets the instance
 *   called(queue, TEXT)        the queue is called TEXT and the name that the program's line gives
 *                              what it makes */
void gs_exchange_offer(void (*set)(const char *name, gs_py *value));

/* The Process of multiprocessing that the calling thread is about to fork a process for, once.
 * NULL: for none. Borrowed. */
gs_py *gs_exchange_take_starting(void);

/* exchange.py has run: what it has defined can be had. Borrowed. */
void gs_exchange_begin(gs_py *(*get)(const char *name));

#endif
