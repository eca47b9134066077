/* What asyncio has put a future in front of, which only the function knows that the other one's end
 * calls. With the GIL. */
#ifndef GS_PYTHON_LOOPS_BEHIND_H
#define GS_PYTHON_LOOPS_BEHIND_H

#include "python/cpython/cpython.h"

/* Of the variables of that function of the library's ("shield", "_chain_future") that the future's
 * first callback keeps, the first that is known, as that says; NULL: none is, or it is no such
 * future. Costs some attributes. */
void *gs_behind(gs_py *future, const char *function, void *(*known)(const gs_py *inner));

#endif
