/* Condition: threading.Condition. Its waiters wait in its lock's monitor, so letting go of the lock
 * and beginning to wait are one step and no notification can fall between them. The functions are
 * called with the GIL held. */
#ifndef GS_LUA_SYNC_CONDITION_H
#define GS_LUA_SYNC_CONDITION_H

#include "base/error.h"
#include "lua/sync/lock.h"

struct gs_condition {
    struct gs_resource resource;    /* its monitor is not used, its waiters wait in the lock's */
    struct gs_lock *lock;           /* a reference */
    const struct gs_actor *in_vain; /* who notified last while nobody waited; the lock guards it */
    uint32_t in_vain_line;
};

/* Takes a reference of lock, which may be of both kinds; NULL: makes an RLock of its own, called as
 * the condition is. The caller holds the condition's first
 * reference. NULL: no memory. */
struct gs_condition *gs_condition_new(struct gs_lock *lock, const char *name);

/* Lets go of the lock, waits for a notification and takes the lock again, as deep as it was held:
 * two waits, since others may have the lock by then or queue for it. notified gets whether one came
 * before the deadline. False with err: the lock is not held. */
bool gs_condition_wait(struct gs_condition *condition, uint64_t deadline, bool *notified,
                       struct gs_error *err);

/* Wakes up to `most` waiters. False with err: the lock is not held. */
bool gs_condition_notify(struct gs_condition *condition, uint32_t most, struct gs_error *err);

#endif
