/* Sleeps: time.sleep is clock_nanosleep from 3.11 on, a select without files before, see polls.c;
 * others come from C that Python calls. */
#include "python/front/front.h"
#include "python/watch/watch.h"

#include <errno.h>

static void begin(void)
{
    struct gs_watched *self = gs_watched_away();
    if (!self)
        return;
    gs_watched_do(self, GS_STATE_SLEEPING, 0);
    self->cause = GS_CAUSE_CLOCK;
}

static void end(bool interrupted)
{
    if (interrupted)
        gs_watched_interrupted();
}

static int watch_nanosleep(const struct timespec *t, struct timespec *left)
{
    begin();
    int code = gs_below.nanosleep(t, left);
    end(code != 0 && errno == EINTR);
    return code;
}

static int watch_clock_nanosleep(clockid_t clock, int flags, const struct timespec *t,
                                 struct timespec *left)
{
    begin();
    int code = gs_below.clock_nanosleep(clock, flags, t, left);
    end(code == EINTR);
    return code;
}

static unsigned watch_sleep(unsigned seconds)
{
    begin();
    unsigned left = gs_below.sleep(seconds);
    end(left > 0);
    return left;
}

static int watch_usleep(useconds_t us)
{
    begin();
    int code = gs_below.usleep(us);
    end(code != 0 && errno == EINTR);
    return code;
}

static int watch_pause(void)
{
    begin();
    int code = gs_below.pause();
    end(true);
    return code;
}

void gs_watch_sleeps(struct gs_front *table)
{
    table->nanosleep = watch_nanosleep;
    table->clock_nanosleep = watch_clock_nanosleep;
    table->sleep = watch_sleep;
    table->usleep = watch_usleep;
    table->pause = watch_pause;
}
