/* The real clock: the kernel schedules, this file only translates. A wait is the waiter's own
 * condition variable under the monitor's mutex, so a wake reaches exactly whom it means. */
#include "sched/actor.h"
#include "sched/deadlock.h"
#include "sched/sched.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <time.h>

/* able: how many actors of all processes run, will wake by themselves at a deadline, or have been
 * woken. Whoever waits without a deadline leaves it, and the waker puts it back on the waiter's
 * behalf, so the last one to leave knows for certain that nobody is left who could ever wake
 * anybody. */
static void leave_the_able(void)
{
    if (atomic_fetch_sub(&gs_family->able, 1) == 1)
        gs_deadlock_report();
}

static void enter(struct gs_monitor *monitor)
{
    pthread_mutex_lock(&monitor->mutex);
}

static void leave(struct gs_monitor *monitor)
{
    pthread_mutex_unlock(&monitor->mutex);
}

static struct timespec absolute(uint64_t deadline)
{
    uint64_t ns = gs_runtime.start_ns + deadline;
    return (struct timespec){.tv_sec = (time_t)(ns / 1000000000u),
                             .tv_nsec = (long)(ns % 1000000000u)};
}

static bool woken(const struct gs_waiter *waiter)
{
    return atomic_load_explicit(&waiter->woken, memory_order_relaxed);
}

/* Leaves the monitor meanwhile, so that the waker need not wait for it. */
static void stay_awake(struct gs_monitor *monitor, const struct gs_waiter *waiter)
{
    leave(monitor);
    for (uint64_t end = gs_clock_now() + waiter->runner->awake_ns;
         !woken(waiter) && gs_clock_now() < end;)
        ;
    enter(monitor);
}

static enum gs_wait_end wait(struct gs_monitor *monitor, struct gs_waiter *waiter,
                             uint64_t deadline)
{
    struct gs_runner *self = waiter->runner;
    if (self->awake_ns)
        stay_awake(monitor, waiter);
    if (deadline == GS_NEVER) {
        leave_the_able();
        while (!woken(waiter))
            pthread_cond_wait(&self->bell, &monitor->mutex);
        return GS_WAIT_WOKEN;
    }
    struct timespec when = absolute(deadline);
    while (!woken(waiter)) {
        if (pthread_cond_timedwait(&self->bell, &monitor->mutex, &when) == ETIMEDOUT)
            break;
    }
    return woken(waiter) ? GS_WAIT_WOKEN : GS_WAIT_TIMED_OUT;
}

static void unpark(struct gs_runner *runner, bool for_ever, bool awake)
{
    (void)awake;
    if (for_ever)
        atomic_fetch_add(&gs_family->able, 1);
    pthread_cond_signal(&runner->bell);
}

static uint64_t read_clock(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static uint64_t processor_time(bool whole_process)
{
    return read_clock(whole_process ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID);
}

static uint64_t core_time(const struct gs_runner *runner)
{
    clockid_t clock = CLOCK_THREAD_CPUTIME_ID;
    pthread_getcpuclockid(runner->os_thread, &clock);
    return read_clock(clock);
}

/* Processor time, not time on the wall: two threads on one core must take twice as long. */
static void work(uint64_t ns)
{
    uint64_t end = processor_time(false) + ns;
    volatile double x = 1;
    do {
        for (int i = 0; i < 2000; i++)
            x = x * 1.0000001 + 1e-9;
    } while (processor_time(false) < end);
}

static void core(void)
{
}

static void charge(uint64_t ns)
{
    (void)ns;
}

static bool spawn(struct gs_runner *runner, struct gs_error *err)
{
    atomic_fetch_add(&gs_family->able, 1);
    if (gs_runner_start(runner, err))
        return true;
    atomic_fetch_sub(&gs_family->able, 1);
    return false;
}

static void begin(void)
{
    gs_runner_of(gs_self)->os_thread = pthread_self();
}

static void finish(void)
{
    leave_the_able();
}

static uint64_t date(void)
{
    return read_clock(CLOCK_REALTIME);
}

/* It is time of who looks on: not more of it than this. */
static void stand_still(uint64_t ns)
{
    static const uint64_t longest = 1000000000;
    ns = ns < longest ? ns : longest;
    struct timespec rest = {.tv_sec = (time_t)(ns / 1000000000u),
                            .tv_nsec = (long)(ns % 1000000000u)};
    while (nanosleep(&rest, &rest) != 0)
        ;
}

const struct gs_sched_ops gs_sched_real = {.enter = enter,
                                           .leave = leave,
                                           .wait = wait,
                                           .unpark = unpark,
                                           .work = work,
                                           .core = core,
                                           .charge = charge,
                                           .spawn = spawn,
                                           .begin = begin,
                                           .finish = finish,
                                           .processor_time = processor_time,
                                           .core_time = core_time,
                                           .date = date,
                                           .stand_still = stand_still};
