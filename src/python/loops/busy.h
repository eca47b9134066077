/* Which line a loop's turn computes in: of a task's step, or of what else the loop calls. What
 * waits is told with its line when it begins; what computes makes no call that anybody stands in
 * front of. So it is looked at now and then, on the real clock by watch/ticks.h, on the virtual one
 * by the lines that are counted, and when the turn is over its thread tells where it was for most
 * of them. */
#ifndef GS_PYTHON_LOOPS_BUSY_H
#define GS_PYTHON_LOOPS_BUSY_H

#include "python/watch/watch.h"

#include <signal.h>

struct gs_busy {
    volatile sig_atomic_t open; /* a turn goes on, … */
    uint32_t actor;             /* … this task's, or the loop's, … */
    const void *base;           /* … inside this frame, … */
    unsigned looks;             /* … looked at so often, … */
    uint64_t ns;                /* … and it has computed for so long at least; … */
    uint64_t tell_at;           /* … from so much on it is told again before it is over */
    struct gs_busy_lines *lines;
};

/* The calling thread runs a loop from now on, and runs none any more. */
void gs_busy_open(struct gs_watched *self);
void gs_busy_close(struct gs_watched *self);

/* A turn of the actor's begins in it, when that before is over; and is over, which may be told
 * twice. With the GIL. */
void gs_busy_begin(struct gs_watched *self, uint32_t actor);
void gs_busy_end(struct gs_watched *self);

/* The calling thread has computed for that long since the last look. doubtful: it is interrupted,
 * see glance.h. */
void gs_busy_look(struct gs_watched *self, uint64_t ns, bool doubtful);

/* On the virtual clock: whoever counts lines says so. */
void gs_busy_count_lines(void);

#endif
