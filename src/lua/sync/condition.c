#include "lua/sync/condition.h"

#include "lua/vm/allow_threads.h"
#include "sched/actor.h"

#include <stdlib.h>

static void destroy(struct gs_resource *resource)
{
    struct gs_condition *condition = (struct gs_condition *)resource;
    if (condition->lock)
        gs_resource_unref(&condition->lock->resource);
    free(condition);
}

static void measure(const struct gs_resource *resource, struct gs_measure *m)
{
    const struct gs_condition *condition = (const struct gs_condition *)resource;
    m->in_vain = condition->in_vain;
    m->in_vain_line = condition->in_vain_line;
}

struct gs_condition *gs_condition_new(struct gs_lock *lock, const char *name)
{
    struct gs_condition *condition = calloc(1, sizeof *condition);
    if (!condition)
        return NULL;
    gs_resource_init(&condition->resource, GS_OBJECT_CONDITION, name, destroy);
    condition->resource.measure = measure;
    if (lock)
        gs_resource_ref(&lock->resource);
    condition->lock = lock ? lock : gs_lock_new(true, condition->resource.name);
    if (condition->lock)
        return condition;
    gs_resource_unref(&condition->resource);
    return NULL;
}

/* The second half of a wait: the lane now waits for the lock. */
static void retake(struct gs_lock *lock, uint32_t depth)
{
    struct gs_resource *resource = &lock->resource;
    if (gs_lock_take_back(lock, depth))
        return;
    gs_self->waits_for = resource;
    gs_actor_enter_state(GS_STATE_WAITING, resource->object, gs_self->cause);
    do
        gs_wait(&resource->monitor, &resource->waiters, GS_NEVER);
    while (!gs_lock_take_back(lock, depth));
}

static bool may(struct gs_lock *lock)
{
    gs_call_enter(&lock->resource);
    bool held = gs_lock_may_wait(lock);
    gs_monitor_leave(&lock->resource.monitor);
    return held;
}

bool gs_condition_wait(struct gs_condition *condition, uint64_t deadline, bool *notified,
                       struct gs_error *err)
{
    struct gs_lock *lock = condition->lock;
    struct gs_monitor *monitor = &lock->resource.monitor;
    if (!may(lock))
        return gs_error_set(err, "RuntimeError: cannot wait on un-acquired lock");
    gs_block_begin(GS_STATE_WAITING, &condition->resource);
    gs_monitor_enter(monitor);
    uint32_t depth = gs_lock_let_go(lock);
    *notified = gs_wait(monitor, &condition->resource.waiters, deadline) == GS_WAIT_WOKEN;
    retake(lock, depth);
    gs_monitor_leave(monitor);
    gs_block_end();
    return true;
}

bool gs_condition_notify(struct gs_condition *condition, uint32_t most, struct gs_error *err)
{
    struct gs_resource *resource = &condition->resource;
    if (!may(condition->lock))
        return gs_error_set(err, "RuntimeError: cannot notify on un-acquired lock");
    gs_monitor_enter(&condition->lock->resource.monitor);
    if (!resource->waiters.first) {
        gs_actor_note_line();
        condition->in_vain = gs_self;
        condition->in_vain_line = gs_self->line;
    }
    while (most-- > 0 && gs_wake_one(&resource->waiters, resource->object))
        ;
    gs_monitor_leave(&condition->lock->resource.monitor);
    return true;
}
