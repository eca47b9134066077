/* The event loops and tasks of this process: by the address of Python's object which lane is its.
 * With the GIL of the interpreter that the program began in: tasks of another one have no lanes. */
#ifndef GS_PYTHON_LOOPS_TABLE_H
#define GS_PYTHON_LOOPS_TABLE_H

#include "python/sync/arrivals.h"
#include "python/watch/watch.h"

enum gs_task_state { GS_TASK_READY, GS_TASK_STEPS, GS_TASK_AWAITS, GS_TASK_OVER };

/* Which of the tasks that another one awaits were not done when it began to, by their lanes. */
struct gs_task_members {
    uint32_t of;     /* they are, done or not; 0: not known */
    uint32_t untold; /* how many more were not done */
    uint32_t count;
    uint32_t task[];
};

struct gs_task {
    const void *task;                /* the address, which is another one's once it is gone */
    gs_py *coroutine;                /* the task has it until it is over */
    uint32_t actor;                  /* 0: the trace has no room for it */
    uint32_t loop;                   /* actor: whose lane it stands under */
    uint32_t end;                    /* object: its end, which others wait for; 0: nobody has */
    uint32_t canceller;              /* actor: who asked for its cancellation last; 0: nobody */
    struct gs_raised failed;         /* the error that ended it; nobody's: there is none */
    uint32_t on;                     /* object: what it awaits, or awaited last */
    uint32_t line;                   /* of the program, where it goes on; … */
    uint16_t place;                  /* … and in which file */
    uint8_t state;                   /* enum gs_task_state */
    struct gs_task_members *members; /* of what it awaits, or awaited last; NULL: it has none */
    struct gs_task_limit *limits;    /* see limits.h */
    struct gs_task *next;
};

/* NULL: it is none that is known. */
struct gs_task *gs_task_of(const void *task);
/* Known from now on, in the place of what had this address before. */
struct gs_task *gs_task_add(const void *task);
void gs_task_remove(const void *task);
/* That has this lane; NULL: none. Slow: looks at all. */
const struct gs_task *gs_task_of_actor(uint32_t actor);
/* All that are known, in no order: NULL behind the last. *bucket is 0 at first. */
const struct gs_task *gs_task_next(const struct gs_task *before, size_t *bucket);

/* The lane of a loop that this thread runs: its first time tells of it. Another thread's that ran
 * it before ends. */
uint32_t gs_loop_of(struct gs_watched *self, const void *loop);
/* … of a loop that has one; 0: it has not run yet. */
uint32_t gs_loop_find(const void *loop);
/* It is closed: its lane ends, if it has one. */
void gs_loop_remove(struct gs_watched *self, const void *loop);

/* The process has been forked: it has none of its own yet. */
void gs_loops_forget(void);

#endif
