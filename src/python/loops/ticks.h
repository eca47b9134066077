/* The real clock's looks at a loop's turns, see busy.h: a timer of the thread's own processor time,
 * so that a thread that waits is never interrupted, and a turn that is short never looked at. It
 * needs a signal, which the program does not see; where it wants that for itself it has it. */
#ifndef GS_PYTHON_LOOPS_TICKS_H
#define GS_PYTHON_LOOPS_TICKS_H

#include "python/watch/watch.h"

struct gs_front;

/* Stands in front of what a program takes signals with. */
void gs_ticks_watch(struct gs_front *table);

/* The calling thread's begin, if the signal is nobody's; and end, which harms nobody. */
void gs_ticks_begin(struct gs_watched *self);
void gs_ticks_end(struct gs_watched *self);

#endif
