/* The Python half: runs in the interpreter just before the program, from text that is part of this
 * object, and tells what C cannot see. All of this with the GIL held. */
#ifndef GS_PYTHON_BOOTSTRAP_BOOTSTRAP_H
#define GS_PYTHON_BOOTSTRAP_BOOTSTRAP_H

#include "python/cpython/cpython.h"

#include <stddef.h>

/* Runs it. A Python in which it fails goes on without: what it tells is missing then. */
void gs_bootstrap_run(void);

/* A Thread of threading is about to start. */
void gs_bootstrap_started(gs_py *thread);

/* An error that nobody caught ends the calling thread's program: its type, value, traceback. */
void gs_bootstrap_failed(gs_py *type, gs_py *value, gs_py *traceback);

/* What the child is called that the calling thread is about to fork, "": nothing; and whether it
 * only serves others. */
void gs_bootstrap_child(char *name, size_t size, bool *helper);

/* The texts, made from src/python/bootstrap when the object is built; each ends in a NUL. */
extern const unsigned char gs_bootstrap_begin[], gs_bootstrap_exchange[], gs_bootstrap_gilscope[],
    gs_bootstrap_loops[];

#endif
