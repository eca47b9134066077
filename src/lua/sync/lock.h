/* Lock and RLock: threading.Lock and threading.RLock. A lock released is not handed to the first
 * waiter: that one is woken and competes for it, as in CPython. The functions are called with the
 * GIL held. */
#ifndef GS_LUA_SYNC_LOCK_H
#define GS_LUA_SYNC_LOCK_H

#include "base/error.h"
#include "lua/sync/block.h"

struct gs_lock {
    struct gs_resource resource; /* kind LOCK or RLOCK */
    uint32_t depth;              /* guarded by the monitor: how often it is held; 0: free */
};

/* The caller holds the first reference. NULL: no memory. */
struct gs_lock *gs_lock_new(bool reentrant, const char *name);

/* False: it was not free before the deadline. */
bool gs_lock_acquire(struct gs_lock *lock, uint64_t deadline);

/* False with err: it is not held (Lock) or not held by the caller (RLock). */
bool gs_lock_release(struct gs_lock *lock, struct gs_error *err);

bool gs_lock_is_held(struct gs_lock *lock);

/* For a condition, with the lock's monitor entered: is it held in a way that lets the caller wait;
 * let go of all of it, and the depth to give back. */
bool gs_lock_may_wait(const struct gs_lock *lock);
uint32_t gs_lock_let_go(struct gs_lock *lock);

/* For a condition: takes it as deep as it was held, in its turn. May block. */
void gs_lock_take_back(struct gs_lock *lock, uint32_t depth);

#endif
