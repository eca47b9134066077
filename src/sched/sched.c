#include "sched/sched.h"

#include "sched/actor.h"
#include "sched/runtime.h"

#include <assert.h>

#ifdef NDEBUG
static void set_owner(struct gs_monitor *monitor, struct gs_actor *owner)
{
    (void)monitor;
    (void)owner;
}

void gs_monitor_assert(const struct gs_monitor *monitor)
{
    (void)monitor;
}
#else
/* From nobody, or to nobody. */
static void set_owner(struct gs_monitor *monitor, struct gs_actor *owner)
{
    assert(!owner || !atomic_load(&monitor->owner));
    atomic_store(&monitor->owner, owner);
}

void gs_monitor_assert(const struct gs_monitor *monitor)
{
    assert(atomic_load(&monitor->owner) == gs_self);
}
#endif

void gs_monitor_init(struct gs_monitor *monitor)
{
    *monitor = (struct gs_monitor){0};
    pthread_mutex_init(&monitor->mutex, NULL);
}

void gs_monitor_destroy(struct gs_monitor *monitor)
{
    pthread_mutex_destroy(&monitor->mutex);
}

void gs_monitor_enter(struct gs_monitor *monitor)
{
    gs_runtime.ops->enter(monitor);
    set_owner(monitor, gs_self);
}

void gs_monitor_leave(struct gs_monitor *monitor)
{
    gs_monitor_assert(monitor);
    set_owner(monitor, NULL);
    gs_runtime.ops->leave(monitor);
}

bool gs_spawn(struct gs_runner *runner, void *(*entry)(void *), void *argument,
              struct gs_error *err)
{
    runner->entry = entry;
    runner->argument = argument;
    return gs_runtime.ops->spawn(runner, err);
}

void gs_begin(void)
{
    gs_runtime.ops->begin();
}

void gs_finish(void)
{
    gs_runtime.ops->finish();
}

static void append(struct gs_waitq *queue, struct gs_waiter *waiter)
{
    waiter->queue = queue;
    waiter->next = NULL;
    if (queue->last)
        queue->last->next = waiter;
    else
        queue->first = waiter;
    queue->last = waiter;
}

static void take_out(struct gs_waiter *waiter)
{
    struct gs_waitq *queue = waiter->queue;
    struct gs_waiter *before = NULL;
    for (struct gs_waiter *w = queue->first; w != waiter; w = w->next)
        before = w;
    if (before)
        before->next = waiter->next;
    else
        queue->first = waiter->next;
    if (queue->last == waiter)
        queue->last = before;
}

void gs_waitq_move(struct gs_waitq *from, struct gs_waitq *to)
{
    struct gs_waiter *waiter;
    while ((waiter = from->first)) {
        take_out(waiter);
        append(to, waiter);
    }
}

enum gs_wait_end gs_wait(struct gs_monitor *monitor, struct gs_waitq *queue, uint64_t deadline)
{
    struct gs_actor *self = gs_self;
    struct gs_waiter waiter = {.monitor = monitor, .runner = gs_runner_of(self)};
    gs_monitor_assert(monitor);
    self->for_ever = deadline == GS_NEVER;
    append(queue, &waiter);
    set_owner(monitor, NULL);
    enum gs_wait_end end = gs_runtime.ops->wait(monitor, &waiter, deadline);
    set_owner(monitor, self);
    if (end == GS_WAIT_TIMED_OUT) {
        take_out(&waiter);
        self->cause = GS_CAUSE_CLOCK;
    }
    return end;
}

enum gs_wait_end gs_wait_awake(struct gs_monitor *monitor, struct gs_waitq *queue,
                               uint64_t deadline, uint64_t awake_ns)
{
    struct gs_runner *self = gs_runner_of(gs_self);
    self->awake_ns = awake_ns;
    enum gs_wait_end end = gs_wait(monitor, queue, deadline);
    self->awake_ns = 0;
    return end;
}

void gs_sleep_until(uint64_t deadline)
{
    struct gs_waitq nobody_wakes_me = {0};
    struct gs_monitor *own = &gs_runner_of(gs_self)->own;
    gs_monitor_enter(own);
    gs_wait(own, &nobody_wakes_me, deadline);
    gs_monitor_leave(own);
}

static struct gs_actor *wake(struct gs_waiter *waiter, uint32_t object, bool awake)
{
    gs_monitor_assert(waiter->monitor);
    take_out(waiter);
    struct gs_actor *actor = &waiter->runner->actor;
    bool for_ever = actor->for_ever;
    actor->cause = gs_self->id;
    actor->for_ever = false;
    if (object)
        gs_emit(GS_EVENT_WAKE, 0, actor->id, object);
    atomic_store_explicit(&waiter->woken, true, memory_order_relaxed);
    gs_runtime.ops->unpark(waiter->runner, for_ever, awake);
    return actor;
}

struct gs_actor *gs_wake_one(struct gs_waitq *queue, uint32_t object)
{
    return queue->first ? wake(queue->first, object, false) : NULL;
}

struct gs_actor *gs_wake_awake(struct gs_waitq *queue, const struct gs_actor *actor)
{
    for (struct gs_waiter *w = queue->first; w; w = w->next) {
        if (&w->runner->actor == actor)
            return wake(w, 0, true);
    }
    return NULL;
}

void gs_wake_all(struct gs_waitq *queue, uint32_t object)
{
    while (gs_wake_one(queue, object))
        ;
}

void gs_work(uint64_t ns)
{
    gs_runtime.ops->work(ns);
    gs_self->cause = GS_CAUSE_WORK;
}

void gs_core(void)
{
    gs_runtime.ops->core();
}

void gs_keep_close(bool close)
{
    if (gs_runtime.virtual_clock)
        gs_family->slot[gs_runner_of(gs_self)->slot].close = close;
}

uint64_t gs_date(void)
{
    return gs_runtime.ops->date();
}

uint64_t gs_thread_time(void)
{
    return gs_runtime.ops->processor_time(false);
}

uint64_t gs_process_time(void)
{
    return gs_runtime.ops->processor_time(true);
}

void gs_charge(enum gs_cost cost)
{
    gs_charge_times(cost, 1);
}

void gs_charge_times(enum gs_cost cost, uint64_t times)
{
    gs_runtime.ops->charge(gs_runtime.costs.ns[cost] * times);
}

void gs_charge_ns(uint64_t ns)
{
    gs_runtime.ops->charge(ns);
}

void gs_charge_random(enum gs_cost cost)
{
    gs_runtime.ops->charge(gs_runner_random() % (gs_runtime.costs.ns[cost] + 1));
}
