/* Which thread asked a loop to call something, loop.call_soon_threadsafe: the loop calls it later,
 * and what that wakes is that thread's doing. All with the GIL. */
#ifndef GS_PYTHON_LOOPS_ASKERS_H
#define GS_PYTHON_LOOPS_ASKERS_H

#include "python/cpython/cpython.h"

#include <stdint.h>

/* The loop is about to be asked to call this, by the actor. */
void gs_askers_note(const gs_py *loop, const gs_py *callback, uint32_t actor);

/* It calls it now, or has not been asked after all: who asked for that first; 0: nobody else. */
uint32_t gs_askers_take(const gs_py *callback);

/* The loop is closed, and calls nothing any more; NULL: the process has been forked. */
void gs_askers_forget(const gs_py *loop);

#endif
