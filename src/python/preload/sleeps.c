/* Sleeps: time.sleep is clock_nanosleep from 3.11 on, a select without files before. */
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

static int watch_select(int n, fd_set *r, fd_set *w, fd_set *x, struct timeval *t)
{
    struct gs_watched *self = gs_watched_self;
    if (n == 0) {
        begin();
    } else if (self && self->python && !self->holds && !(t && t->tv_sec == 0 && t->tv_usec == 0)) {
        gs_watched_do(self, GS_STATE_IO, 0);
        self->cause = GS_CAUSE_WORK;
    }
    return gs_below.select(n, r, w, x, t);
}

void gs_watch_sleeps(struct gs_front *table)
{
    table->nanosleep = watch_nanosleep;
    table->clock_nanosleep = watch_clock_nanosleep;
    table->select = watch_select;
}
