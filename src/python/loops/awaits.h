/* What a task that has given way awaits: where in the program's own code, and what. */
#ifndef GS_PYTHON_LOOPS_AWAITS_H
#define GS_PYTHON_LOOPS_AWAITS_H

#include "python/loops/table.h"

/* Sets the task's line, place and on, from where its coroutine stands and the future that it waits
 * for. Returns for how many ns it sleeps; 0: it does not, or for an unknown time. With the GIL, of
 * whoever runs its loop. */
uint64_t gs_awaits_look(struct gs_watched *self, struct gs_task *task, gs_py *future);

#endif
