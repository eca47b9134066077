/* What a task that has given way awaits: where in the program's own code, and what. */
#ifndef GS_PYTHON_LOOPS_AWAITS_H
#define GS_PYTHON_LOOPS_AWAITS_H

#include "python/loops/table.h"

/* Sets the task's line, place and on, from where its coroutine stands and the future that it waits
 * for. With the GIL, of whoever runs its loop. */
void gs_awaits_look(struct gs_watched *self, struct gs_task *task, gs_py *future);

#endif
