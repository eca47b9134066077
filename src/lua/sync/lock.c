#include "lua/sync/lock.h"

#include "sched/actor.h"

#include <stdlib.h>

static void destroy(struct gs_resource *resource)
{
    free((struct gs_lock *)resource);
}

struct gs_lock *gs_lock_new(bool reentrant, const char *name)
{
    struct gs_lock *lock = calloc(1, sizeof *lock);
    if (lock)
        gs_resource_init(&lock->resource, reentrant ? GS_OBJECT_RLOCK : GS_OBJECT_LOCK, name,
                         destroy);
    return lock;
}

static bool reentrant(const struct gs_lock *lock)
{
    return lock->resource.kind == GS_OBJECT_RLOCK;
}

/* As deep as depth, if it is free. */
static bool take(struct gs_lock *lock, uint32_t depth)
{
    if (lock->depth > 0)
        return false;
    lock->depth = depth;
    lock->resource.owner = gs_self;
    gs_resource_acquired(&lock->resource, depth);
    return true;
}

static bool try(void *thing)
{
    struct gs_lock *lock = thing;
    if (take(lock, 1))
        return true;
    if (!reentrant(lock) || lock->resource.owner != gs_self)
        return false;
    gs_resource_acquired(&lock->resource, ++lock->depth);
    return true;
}

bool gs_lock_acquire(struct gs_lock *lock, uint64_t deadline)
{
    return gs_block_until(&lock->resource, &lock->resource.waiters, try, lock, deadline);
}

struct return_to {
    struct gs_lock *lock;
    uint32_t depth;
};

static bool try_to_return(void *thing)
{
    struct return_to *to = thing;
    return take(to->lock, to->depth);
}

void gs_lock_take_back(struct gs_lock *lock, uint32_t depth)
{
    struct return_to to = {.lock = lock, .depth = depth};
    gs_block_again(&lock->resource, &lock->resource.waiters, try_to_return, &to, GS_NEVER);
}

bool gs_lock_may_wait(const struct gs_lock *lock)
{
    gs_monitor_assert(&lock->resource.monitor);
    return lock->depth > 0 && (!reentrant(lock) || lock->resource.owner == gs_self);
}

uint32_t gs_lock_let_go(struct gs_lock *lock)
{
    gs_monitor_assert(&lock->resource.monitor);
    uint32_t depth = lock->depth;
    lock->depth = 0;
    lock->resource.owner = NULL;
    gs_resource_released(&lock->resource, 0);
    gs_wake_one(&lock->resource.waiters, lock->resource.object);
    return depth;
}

bool gs_lock_release(struct gs_lock *lock, struct gs_error *err)
{
    gs_call_enter(&lock->resource);
    bool may = gs_lock_may_wait(lock);
    if (may && lock->depth > 1)
        gs_resource_released(&lock->resource, --lock->depth);
    else if (may)
        gs_lock_let_go(lock);
    gs_monitor_leave(&lock->resource.monitor);
    if (!may)
        gs_error_set(err, reentrant(lock) ? "RuntimeError: cannot release un-acquired lock"
                                          : "RuntimeError: release unlocked lock");
    return may;
}

bool gs_lock_is_held(struct gs_lock *lock)
{
    gs_call_enter(&lock->resource);
    bool held = lock->depth > 0;
    gs_monitor_leave(&lock->resource.monitor);
    return held;
}
