/* Sleeps: time.sleep is clock_nanosleep from 3.11 on, a select without files before, see polls.c.
 */
#include "python/front/front.h"
#include "python/preload/watch.h"

static void begin(void)
{
    struct gs_watched *self = gs_watched_self;
    if (!self || !self->python || self->holds)
        return;
    gs_watched_do(self, GS_STATE_SLEEPING, 0);
    self->cause = GS_CAUSE_CLOCK;
}

static int watch_nanosleep(const struct timespec *t, struct timespec *left)
{
    begin();
    return gs_below.nanosleep(t, left);
}

static int watch_clock_nanosleep(clockid_t clock, int flags, const struct timespec *t,
                                 struct timespec *left)
{
    begin();
    return gs_below.clock_nanosleep(clock, flags, t, left);
}

void gs_watch_sleeps(struct gs_front *table)
{
    table->nanosleep = watch_nanosleep;
    table->clock_nanosleep = watch_clock_nanosleep;
}
