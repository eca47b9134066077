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

static bool may(struct gs_lock *lock)
{
    gs_call_enter(&lock->resource);
    bool held = gs_lock_may_wait(lock);
    gs_monitor_leave(&lock->resource.monitor);
    return held;
}

/* Lets go of the lock, and the depth to give back; whether a notification came in time. */
static bool await_notification(struct gs_condition *condition, uint64_t deadline, uint32_t *depth)
{
    struct gs_monitor *monitor = &condition->lock->resource.monitor;
    bool blocks = deadline != GS_AT_ONCE, notified = false;
    if (blocks)
        gs_block_begin(GS_STATE_WAITING, &condition->resource);
    gs_monitor_enter(monitor);
    *depth = gs_lock_let_go(condition->lock);
    if (blocks)
        notified = gs_wait(monitor, &condition->resource.waiters, deadline) == GS_WAIT_WOKEN;
    gs_monitor_leave(monitor);
    if (blocks)
        gs_block_end();
    return notified;
}

/* As CPython's, which is Python: who was notified must get the GIL before it can ask for the lock,
 * and then it queues for it behind whoever came before. */
bool gs_condition_wait(struct gs_condition *condition, uint64_t deadline, bool *notified,
                       struct gs_error *err)
{
    uint32_t depth;
    if (!may(condition->lock))
        return gs_error_set(err, "RuntimeError: cannot wait on un-acquired lock");
    *notified = await_notification(condition, deadline, &depth);
    gs_lock_take_back(condition->lock, depth);
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
