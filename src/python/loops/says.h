/* What asyncio says of its tasks: how one ended, what went wrong with it. */
#ifndef GS_PYTHON_LOOPS_SAYS_H
#define GS_PYTHON_LOOPS_SAYS_H

#include "python/watch/watch.h"

/* Of a task whose step is over: fills in flags and a of its death. state: the name "_state". False:
 * it has not ended. */
bool gs_says_how_it_ended(gs_py *task, gs_py *state, uint32_t canceller, struct gs_event *died);

/* A loop's exception handler is told of this, a dictionary. */
void gs_says_handled(gs_py *context);

/* A coroutine that nobody has awaited is thrown away. */
void gs_says_unawaited(gs_py *coroutine);

#endif
