/* Where a coroutine that has given way stands, read from its structure: asking Python would make a
 * frame object for each. With the GIL. */
#ifndef GS_PYTHON_CPYTHON_COROUTINES_H
#define GS_PYTHON_CPYTHON_COROUTINES_H

#include "python/cpython/frames.h"

/* Where the coroutine that is awaited stands, and what it awaits there (borrowed; NULL: nobody can
 * tell). False: it is none of Python's, has not begun, runs, or is over. awaited may be NULL. */
bool gs_coroutine_look(gs_py *awaited, struct gs_frame *frame, gs_py **awaits);

#endif
