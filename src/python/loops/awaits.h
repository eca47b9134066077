/* What a task that has given way awaits: where in the program's own code, and what. */
#ifndef GS_PYTHON_LOOPS_AWAITS_H
#define GS_PYTHON_LOOPS_AWAITS_H

#include "python/loops/members.h"
#include "python/loops/table.h"

struct gs_awaited {
    uint64_t sleep;                    /* for how many ns; 0: it does not, or nobody knows */
    struct gs_awaited_members members; /* the tasks of which it awaits one or all */
    uint64_t handed; /* what an executor's threads were given, see sync/handed.h; 0: nothing */
};

/* Sets the task's line, place and on, from where its coroutine stands and the future that it waits
 * for. With the GIL, of whoever runs its loop. */
struct gs_awaited gs_awaits_look(struct gs_watched *self, struct gs_task *task, gs_py *future);

#endif
