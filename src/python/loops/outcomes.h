/* What a task gets from what it awaits, or asks for its result: what a thread has come to that was
 * given it to do, and an error that somebody else has raised. A task that ends by the error says so
 * by its end; one that goes on has a note of it when its step is over, since nobody knows before
 * what it does about it. With the GIL. */
#ifndef GS_PYTHON_LOOPS_OUTCOMES_H
#define GS_PYTHON_LOOPS_OUTCOMES_H

#include "python/loops/table.h"

/* asyncio's module of C is there: what tells that a task asks for what is there already stands in
 * front. */
void gs_outcomes_open(gs_py *module);

/* The task begins a step in which it gets what the future has, which it has awaited. */
void gs_outcomes_awaited(struct gs_watched *self, const struct gs_task *task, gs_py *future);

/* Its step is over; object is Python's. */
void gs_outcomes_settle(struct gs_watched *self, struct gs_task *task, gs_py *object);

#endif
