/* Sleeps, which a time or a signal ends. */
#include "python/drive/drive.h"

#include <errno.h>

static uint64_t to_ns(const struct timespec *t)
{
    return (uint64_t)t->tv_sec * 1000000000u + (uint64_t)t->tv_nsec;
}

static bool is_time(const struct timespec *t)
{
    return t->tv_nsec >= 0 && t->tv_nsec <= 999999999 && t->tv_sec >= 0;
}

/* Returns how much of it is left; 0: it slept to the end. */
static uint64_t sleep_until(uint64_t deadline)
{
    gs_drive_settle();
    uint64_t key = gs_drive_key(GS_DRIVE_SLEEP, gs_driven_self());
    if (gs_drive_park(key, deadline) != GS_WAIT_INTERRUPTED)
        return 0;
    uint64_t now = gs_drive_now();
    return now < deadline ? deadline - now : 0;
}

static int driven_nanosleep(const struct timespec *t, struct timespec *left)
{
    if (!gs_self)
        return gs_real.nanosleep(t, left);
    if (!is_time(t)) {
        errno = EINVAL;
        return -1;
    }
    uint64_t ns = sleep_until(gs_drive_now() + to_ns(t));
    if (left)
        *left = (struct timespec){.tv_sec = (time_t)(ns / 1000000000u),
                                  .tv_nsec = (long)(ns % 1000000000u)};
    return ns ? -1 : 0;
}

static int driven_clock_nanosleep(clockid_t clock, int flags, const struct timespec *t,
                                  struct timespec *left)
{
    if (!gs_self)
        return gs_real.clock_nanosleep(clock, flags, t, left);
    if (!is_time(t))
        return EINVAL;
    if (!(flags & TIMER_ABSTIME))
        return driven_nanosleep(t, left) ? EINTR : 0;
    return sleep_until(gs_drive_deadline(t)) ? EINTR : 0;
}

static unsigned driven_sleep(unsigned seconds)
{
    if (!gs_self)
        return gs_real.sleep(seconds);
    uint64_t ns = sleep_until(gs_drive_now() + seconds * 1000000000ull);
    return (unsigned)((ns + 999999999u) / 1000000000u);
}

static int driven_usleep(useconds_t us)
{
    if (!gs_self)
        return gs_real.usleep(us);
    return sleep_until(gs_drive_now() + us * 1000ull) ? -1 : 0;
}

static int driven_pause(void)
{
    if (!gs_self)
        return gs_real.pause();
    (void)sleep_until(GS_NEVER);
    return -1;
}

void gs_drive_sleeps(struct gs_front *table)
{
    table->nanosleep = driven_nanosleep;
    table->clock_nanosleep = driven_clock_nanosleep;
    table->sleep = driven_sleep;
    table->usleep = driven_usleep;
    table->pause = driven_pause;
}
