/* Which task a loop runs, from when until when, who has made it ready, and how it ended. asyncio's
 * own C functions are what is stood in front of, so that nothing of it shows in the program. What
 * each of them does: Modules/_asynciomodule.c; ours says what it saw and leaves the rest to theirs.
 * All with the GIL. */
#ifndef GS_PYTHON_LOOPS_STEPS_H
#define GS_PYTHON_LOOPS_STEPS_H

#include "python/watch/watch.h"

/* The module _asyncio is there; and what a loop is asked to call for a task's next step, and for
 * the end of a future that a task awaits. The tasks of the calling thread's interpreter are seen.
 */
void gs_steps_open(gs_py *module, gs_py *a_step, gs_py *a_wake_up);

/* The calling thread, if it has lanes and runs the interpreter whose tasks have some; else NULL. */
struct gs_watched *gs_steps_watched(void);

/* Who asks, if the loop is not the calling thread's own: its task, its loop or itself; else 0. If
 * the loop waits in its selector, that is who ends it. */
uint32_t gs_steps_asker(gs_py *loop);

/* Whether what a loop calls is the next step of a task's. */
bool gs_steps_is_one(gs_py *callback);

/* A loop is asked to call this in its next turn. */
void gs_steps_asked(gs_py *callback);

/* A task is about to be made, by one of asyncio's functions that do so; and has been, or (NULL)
 * not: this is it. */
void gs_steps_make(void);
void gs_steps_made(gs_py *task);

void gs_steps_closed(gs_py *loop);

/* The process has been forked: its interpreter has another lane, and no tasks yet. */
void gs_steps_forget(void);

#endif
