/* The process's timer, ITIMER_REAL, which is alarm's too: it runs by the program's own clock, so
 * its signal comes at the same place in every run. Timers of processor time are left to the kernel.
 */
#include "python/drive/drive.h"

#include "sched/baton.h"

#include <errno.h>
#include <sys/time.h>

static uint32_t own; /* slot of the process's timer; 0: it never had one */

/* Its deadline is 0: it is off. */
static void set(uint32_t slot, uint64_t at, uint64_t interval)
{
    struct gs_slot *timer = &gs_family->slot[slot];
    timer->deadline = at;
    timer->every = interval;
    if (at)
        gs_baton_set_alarm(slot, at);
    else
        gs_baton_clear_alarm(slot);
}

/* It may be another process's. */
static void ring(uint32_t slot, uint64_t time)
{
    const struct gs_slot *timer = &gs_family->slot[slot];
    set(slot, timer->every ? time + timer->every : 0, timer->every);
    gs_drive_signal(timer->process, SIGALRM, time);
}

void gs_drive_forget_alarm(void)
{
    own = 0;
}

static uint64_t to_ns(const struct timeval *t)
{
    return (uint64_t)t->tv_sec * 1000000000u + (uint64_t)t->tv_usec * 1000u;
}

static struct timeval to_time(uint64_t ns)
{
    return (struct timeval){.tv_sec = (time_t)(ns / 1000000000u),
                            .tv_usec = (suseconds_t)(ns % 1000000000u / 1000u)};
}

/* What is left is at least something: 0 would say that it is off. */
static struct itimerval tell(void)
{
    uint64_t now = gs_drive_now(), least = 1000, at = gs_family->slot[own].deadline;
    uint64_t left = !at ? 0 : at > now + least ? at - now : least;
    return (struct itimerval){.it_value = to_time(left),
                              .it_interval = to_time(gs_family->slot[own].every)};
}

static int driven_getitimer(__itimer_which_t which, struct itimerval *now)
{
    if (!gs_self || which != ITIMER_REAL)
        return gs_real.getitimer(which, now);
    gs_drive_touch();
    *now = tell();
    return 0;
}

static bool is_time(const struct timeval *t)
{
    return t->tv_sec >= 0 && t->tv_usec >= 0 && t->tv_usec <= 999999;
}

static int driven_setitimer(__itimer_which_t which, const struct itimerval *new,
                            struct itimerval *old)
{
    if (!gs_self || which != ITIMER_REAL)
        return gs_real.setitimer(which, new, old);
    if (!is_time(&new->it_value) || !is_time(&new->it_interval)) {
        errno = EINVAL;
        return -1;
    }
    gs_drive_touch();
    if (old)
        *old = tell();
    uint64_t in = to_ns(&new->it_value);
    if (!own)
        own = gs_family_take_slot();
    if (own)
        set(own, in ? gs_drive_now() + in : 0, to_ns(&new->it_interval));
    return 0;
}

static unsigned driven_alarm(unsigned seconds)
{
    struct itimerval new = {.it_value.tv_sec = seconds}, old;
    if (!gs_self)
        return gs_real.alarm(seconds);
    driven_setitimer(ITIMER_REAL, &new, &old);
    return (unsigned)(old.it_value.tv_sec + (old.it_value.tv_usec > 0));
}

void gs_drive_alarms(struct gs_front *table)
{
    gs_runtime.alarm = ring;
    table->getitimer = driven_getitimer;
    table->setitimer = driven_setitimer;
    table->alarm = driven_alarm;
}
