/* The program's clocks. A run begins on the same date each time. */
#include "python/drive/drive.h"

#include "base/own.h"
#include "sched/bury.h"

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

/* Which of ours a clock is. */
enum clock { DATE, ATOMIC_DATE, UP, PROCESS, THREAD, OTHER };

static enum clock kind_of(clockid_t clock)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
        return DATE;
    case CLOCK_TAI:
        return ATOMIC_DATE;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM:
        return UP;
    case CLOCK_PROCESS_CPUTIME_ID:
        return PROCESS;
    case CLOCK_THREAD_CPUTIME_ID:
        return THREAD;
    default:
        return OTHER;
    }
}

static bool read_thread(pid_t thread, uint64_t *ns)
{
    for (uint32_t slot = 1; slot <= gs_family->slots; slot++) {
        const struct gs_slot *s = &gs_family->slot[slot];
        if (s->taken && atomic_load(&s->thread) == thread && s->process == gs_family_self()) {
            *ns = s->worked;
            return true;
        }
    }
    return false;
}

/* What pthread_getcpuclockid and clock_getcpuclockid give has the number of the thread or process
 * in it: the kernel's include/linux/posix-timers_types.h. */
static bool read_other(clockid_t clock, uint64_t *ns)
{
    enum { KIND = 3, DEVICE = 3, OF_A_THREAD = 4, NUMBER = 3 };
    pid_t number = ~(clock >> NUMBER);
    uint32_t process;
    if (clock >= 0 || (clock & KIND) == DEVICE)
        return false;
    gs_drive_touch();
    if (clock & OF_A_THREAD)
        return read_thread(number ? number : gs_own_thread(), ns);
    if (!gs_bury_find(number ? number : gs_own_pid(), &process))
        return false;
    *ns = gs_family->processes[process].worked;
    return true;
}

/* So far the two dates are apart since 2017: the IERS' Bulletin C. */
static bool read_clock(clockid_t clock, uint64_t *ns)
{
    enum { LEAP_SECONDS = 37 };
    switch (kind_of(clock)) {
    case DATE:
        *ns = gs_drive_date(look());
        return true;
    case ATOMIC_DATE:
        *ns = gs_drive_date(look()) + LEAP_SECONDS * 1000000000ull;
        return true;
    case UP:
        *ns = look();
        return true;
    case PROCESS:
        gs_drive_settle();
        *ns = gs_process_time();
        return true;
    case THREAD:
        gs_drive_settle();
        *ns = gs_thread_time();
        return true;
    case OTHER:
        break;
    }
    return read_other(clock, ns);
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

/* The kernel's own have a tick, which is another one on each machine. */
static int driven_getres(clockid_t clock, struct timespec *t)
{
    if (!gs_self || kind_of(clock) == OTHER)
        return gs_real.clock_getres(clock, t);
    if (t)
        *t = (struct timespec){.tv_nsec = 1};
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
    table->clock_getres = driven_getres;
    table->gettimeofday = driven_gettimeofday;
    table->time = driven_time;
}
