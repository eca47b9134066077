#include "sched/sched.h"

#include "sched/actor.h"
#include "sched/runtime.h"

void gs_monitor_init(struct gs_monitor *monitor)
{
    pthread_mutex_init(&monitor->mutex, NULL);
}

void gs_monitor_destroy(struct gs_monitor *monitor)
{
    pthread_mutex_destroy(&monitor->mutex);
}

void gs_monitor_enter(struct gs_monitor *monitor)
{
    gs_runtime.ops->enter(monitor);
}

void gs_monitor_leave(struct gs_monitor *monitor)
{
    gs_runtime.ops->leave(monitor);
}

static void append(struct gs_waitq *queue, struct gs_actor *actor)
{
    actor->next = NULL;
    if (queue->last)
        queue->last->next = actor;
    else
        queue->first = actor;
    queue->last = actor;
}

static void take_out(struct gs_waitq *queue, struct gs_actor *actor)
{
    struct gs_actor *before = NULL;
    for (struct gs_actor *a = queue->first; a != actor; a = a->next)
        before = a;
    if (before)
        before->next = actor->next;
    else
        queue->first = actor->next;
    if (queue->last == actor)
        queue->last = before;
}

enum gs_wait_end gs_wait(struct gs_monitor *monitor, struct gs_waitq *queue, uint64_t deadline)
{
    struct gs_actor *self = gs_self;
    self->woken = false;
    self->deadline = deadline;
    append(queue, self);
    enum gs_wait_end end = gs_runtime.ops->wait(monitor, queue, deadline);
    if (end == GS_WAIT_TIMED_OUT) {
        take_out(queue, self);
        self->cause = GS_CAUSE_CLOCK;
    }
    return end;
}

enum gs_wait_end gs_wait_awake(struct gs_monitor *monitor, struct gs_waitq *queue,
                               uint64_t deadline, uint64_t awake_ns)
{
    gs_self->awake_ns = awake_ns;
    enum gs_wait_end end = gs_wait(monitor, queue, deadline);
    gs_self->awake_ns = 0;
    return end;
}

void gs_sleep_until(uint64_t deadline)
{
    struct gs_waitq nobody_wakes_me = {0};
    gs_monitor_enter(&gs_self->own);
    gs_wait(&gs_self->own, &nobody_wakes_me, deadline);
    gs_monitor_leave(&gs_self->own);
}

struct gs_actor *gs_wake_one(struct gs_waitq *queue, uint32_t object)
{
    struct gs_actor *actor = queue->first;
    if (!actor)
        return NULL;
    take_out(queue, actor);
    actor->woken = true;
    actor->cause = gs_self->id;
    if (object)
        gs_emit(GS_EVENT_WAKE, 0, actor->id, object);
    gs_runtime.ops->unpark(actor, gs_runtime.costs.ns[GS_COST_wake]);
    return actor;
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
    gs_self->close = close;
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

void gs_charge_random(enum gs_cost cost)
{
    gs_runtime.ops->charge(gs_actor_random() % (gs_runtime.costs.ns[cost] + 1));
}
