/* The real clock: the kernel schedules, this file only translates. A wait is the waiter's own
 * condition variable under the monitor's mutex, so a wake reaches exactly whom it means. */
#include "sched/actor.h"
#include "sched/deadlock.h"
#include "sched/sched.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <time.h>

/* Actors that run, will wake by themselves at a deadline, or have been woken. Whoever waits
 * without a deadline leaves it, and the waker puts it back on the waiter's behalf, so the last one
 * to leave knows for certain that nobody is left who could ever wake anybody. */
static _Atomic int able = 1;

static void leave_the_able(void)
{
    if (atomic_fetch_sub(&able, 1) == 1)
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

/* Leaves the monitor meanwhile, so that the waker need not wait for it. */
static void stay_awake(struct gs_monitor *monitor)
{
    struct gs_actor *self = gs_self;
    leave(monitor);
    for (uint64_t end = gs_clock_now() + self->awake_ns;
         !atomic_load_explicit(&self->woken, memory_order_relaxed) && gs_clock_now() < end;)
        ;
    enter(monitor);
}

static enum gs_wait_end wait(struct gs_monitor *monitor, struct gs_waitq *queue, uint64_t deadline)
{
    (void)queue;
    struct gs_actor *self = gs_self;
    if (self->awake_ns)
        stay_awake(monitor);
    if (deadline == GS_NEVER) {
        leave_the_able();
        while (!self->woken)
            pthread_cond_wait(&self->bell, &monitor->mutex);
        return GS_WAIT_WOKEN;
    }
    struct timespec when = absolute(deadline);
    while (!self->woken) {
        if (pthread_cond_timedwait(&self->bell, &monitor->mutex, &when) == ETIMEDOUT)
            break;
    }
    return self->woken ? GS_WAIT_WOKEN : GS_WAIT_TIMED_OUT;
}

static void unpark(struct gs_actor *actor, uint64_t latency)
{
    (void)latency;
    if (actor->deadline == GS_NEVER)
        atomic_fetch_add(&able, 1);
    pthread_cond_signal(&actor->bell);
}

static uint64_t processor_time(bool whole_process)
{
    struct timespec ts;
    clock_gettime(whole_process ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
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

static bool spawn(struct gs_actor *actor, void *(*entry)(void *), struct gs_error *err)
{
    enum { STACK_BYTES = 2 << 20 };
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    atomic_fetch_add(&able, 1);
    pthread_t thread;
    int code = pthread_create(&thread, &attributes, entry, actor);
    pthread_attr_destroy(&attributes);
    if (code == 0)
        return true;
    atomic_fetch_sub(&able, 1);
    return gs_error_system(err, code, "RuntimeError: can't start new thread");
}

static void begin(void)
{
    gs_self->os_thread = pthread_self();
}

static void finish(void)
{
    leave_the_able();
}

static uint64_t date(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
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
                                           .date = date};
