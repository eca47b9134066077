/* Functions of C that stand around the library's and call ours, written in Python, beside them: an
 * error that goes through them leaves no frame of ours in its traceback, which is to be CPython's
 * own. With the GIL. */
#ifndef GS_PYTHON_BOOTSTRAP_AROUND_H
#define GS_PYTHON_BOOTSTRAP_AROUND_H

#include "python/cpython/cpython.h"

/* Hands what exchange.py needs to set, which takes the value over:
 *   followed(look, function)     the function; if it comes back, look gets its first argument
 *   changed(change, function)    the function, whose result is what change makes of it
 *   worker(module, name, change, text)
 *                                what stands for the module's function of that name, also where it
 *                                is pickled: its first argument is what change makes of it
 * What ours raise is forgotten, and theirs go on without. */
void gs_around_offer(void (*set)(const char *name, gs_py *value));

#endif
