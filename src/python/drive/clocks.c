/* The program's clocks. A run begins on the same date each time. */
#include "python/drive/drive.h"

#define BEGIN_DATE 1767225600ull /* 2026-01-01 00:00 UTC */

uint64_t gs_drive_date(uint64_t now)
{
    return BEGIN_DATE * 1000000000u + now;
}

static uint64_t to_ns(const struct timespec *t)
{
    return (uint64_t)t->tv_sec * 1000000000u + (uint64_t)t->tv_nsec;
}

uint64_t gs_drive_deadline(const struct timespec *t)
{
    bool date = (uint64_t)t->tv_sec >= BEGIN_DATE / 2;
    return date && to_ns(t) < gs_drive_date(0) ? 0 : to_ns(t) - (date ? gs_drive_date(0) : 0);
}

/* A loop that does nothing but look at the clock must see it move. So does a lock of older versions
 * whenever it is taken, and how many an import takes depends on what was compiled before. */
static uint64_t look(void)
{
    enum { LOOK_NS = 40 };
    struct gs_driven *self = gs_driven_self();
    if (!self->importing || ++self->looked > GS_DRIVE_FREE)
        self->owed_ns += LOOK_NS;
    if (self->owed_ns >= self->slack_ns)
        gs_drive_settle();
    return gs_drive_now();
}

static bool read_clock(clockid_t clock, uint64_t *ns)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
        *ns = gs_drive_date(look());
        return true;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
        *ns = look();
        return true;
    case CLOCK_PROCESS_CPUTIME_ID:
        gs_drive_settle();
        *ns = gs_process_time();
        return true;
    case CLOCK_THREAD_CPUTIME_ID:
        gs_drive_settle();
        *ns = gs_thread_time();
        return true;
    default:
        return false;
    }
}

static int driven_gettime(clockid_t clock, struct timespec *t)
{
    uint64_t ns;
    if (!gs_self || !read_clock(clock, &ns))
        return gs_real.clock_gettime(clock, t);
    *t = (struct timespec){.tv_sec = (time_t)(ns / 1000000000u),
                           .tv_nsec = (long)(ns % 1000000000u)};
    return 0;
}

static int driven_gettimeofday(struct timeval *t, void *zone)
{
    struct timespec now;
    if (!gs_self)
        return gs_real.gettimeofday(t, zone);
    driven_gettime(CLOCK_REALTIME, &now);
    *t = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

static time_t driven_time(time_t *t)
{
    if (!gs_self)
        return gs_real.time(t);
    time_t now = (time_t)(gs_drive_date(look()) / 1000000000u);
    if (t)
        *t = now;
    return now;
}

void gs_drive_clocks(struct gs_front *table)
{
    table->clock_gettime = driven_gettime;
    table->gettimeofday = driven_gettimeofday;
    table->time = driven_time;
}
