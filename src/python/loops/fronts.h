/* What loops.py stands in front of asyncio's Python with: C functions, which no traceback shows and
 * no line is counted for. */
#ifndef GS_PYTHON_LOOPS_FRONTS_H
#define GS_PYTHON_LOOPS_FRONTS_H

#include "python/cpython/cpython.h"

/* Offers loops.py its functions by these names. */
void gs_fronts_offer(void (*set)(const char *name, gs_py *value));

#endif
