/* The tasks behind a future that asyncio itself has made to wait for them: gather's children, those
 * of a TaskGroup, of wait and as_completed. With the GIL. */
#ifndef GS_PYTHON_LOOPS_MEMBERS_H
#define GS_PYTHON_LOOPS_MEMBERS_H

#include "python/cpython/frames.h"
#include "python/loops/table.h"

/* Where the library waits: of its functions the first, which the program's own line calls, and the
 * last, in which it gives way; no code: none of them. */
struct gs_members_wait {
    struct gs_frame first, last;
};

struct gs_awaited_members {
    gs_py *tuple; /* tasks and futures; NULL: it waits for nothing of that kind */
    bool whole;   /* those are among them that were done before */
    bool again;   /* it begins to wait again whenever one is done */
};

/* What an executor's threads were given, as a message of sync/handed.h, whose result the future
 * gets; 0: it is no such future. */
uint64_t gs_members_item(gs_py *future);

/* The caller hands them to gs_members_tell, which lets go of them. */
struct gs_awaited_members gs_members_of(const struct gs_members_wait *wait, gs_py *future);

/* The task awaits these from now on, and nothing that it awaited before: tells of those that are
 * not done, and keeps them in it. */
void gs_members_tell(struct gs_watched *self, struct gs_task *task,
                     struct gs_awaited_members members);

#endif
