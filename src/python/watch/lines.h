/* Which line a thread computes in, on the real clock. What waits is told with its line when it
 * begins; what computes makes no call that anybody stands in front of, so it is looked at now and
 * then (see ticks.h), and tells where it is if that is another line than the last one told. */
#ifndef GS_PYTHON_WATCH_LINES_H
#define GS_PYTHON_WATCH_LINES_H

#include "python/watch/watch.h"

/* Room for the calling thread's looks, for as long as its row is there. */
void gs_lines_open(struct gs_watched *self);

/* The calling thread, interrupted in the middle of anything, GIL in hand. */
void gs_lines_look(struct gs_watched *self);

#endif
