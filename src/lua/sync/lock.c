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

bool gs_lock_take_back(struct gs_lock *lock, uint32_t depth)
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
    if (gs_lock_take_back(lock, 1))
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

bool gs_lock_may_wait(const struct gs_lock *lock)
{
    return lock->depth > 0 && (!reentrant(lock) || lock->resource.owner == gs_self);
}

uint32_t gs_lock_let_go(struct gs_lock *lock)
{
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
