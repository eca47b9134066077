/* Until when what a task awaits has time, whoever set the limit: wait_for, asyncio.timeout, wait.
 * Each is a timer of the loop's, which is there to be called then, unless it is cancelled before.
 * With the GIL. */
#ifndef GS_PYTHON_LOOPS_LIMITS_H
#define GS_PYTHON_LOOPS_LIMITS_H

#include "python/loops/table.h"

/* The task that the thread runs has had its loop call this at that time, which is a number of
 * Python's, and has got the handle for it. What is no time limit of asyncio's is not noted. */
void gs_limits_note(const struct gs_watched *self, gs_py *when, gs_py *callback, gs_py *handle);

/* The task has given way: the earliest of those that it is still under; 0: none. */
uint64_t gs_limits_of(struct gs_task *task);

/* The task is over, or gone. */
void gs_limits_drop(struct gs_task *task);

/* The process has been forked: those that no task has got yet are the other one's. */
void gs_limits_forget(void);

#endif
