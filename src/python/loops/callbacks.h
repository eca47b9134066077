/* What a loop calls that is no task's step (call_soon, call_later, add_reader, what waits for a
 * future's end, signal handlers): a label of the loop's lane, by its name and where it is defined.
 * The library's own callbacks are short and many: of these one is told only where it takes long, or
 * its thread does anything but run meanwhile. */
#ifndef GS_PYTHON_LOOPS_CALLBACKS_H
#define GS_PYTHON_LOOPS_CALLBACKS_H

#include <stdint.h>

/* asyncio is there. All its handles go through Context.run, in front of which this stands: a task's
 * step is told from the others by its type, and passes. With the GIL. */
void gs_callbacks_open(void);

/* On whose account the calling thread's loop runs what it calls now: the thread that asked for it,
 * or the task at whose end it is called; an actor, 0: nobody's. */
uint32_t gs_callbacks_asker(void);

#endif
