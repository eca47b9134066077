/* Who has the units of a semaphore, or took items of a queue that are not done: not whom the
 * primitive asks, which knows only numbers, but whom a stall is to name. Guarded by the resource's
 * monitor. */
#ifndef GS_SCHED_HOLDERS_H
#define GS_SCHED_HOLDERS_H

#include "base/vec.h"

#include <stdint.h>

struct gs_actor;

struct gs_holder {
    struct gs_actor *actor;
    uint64_t units;
};

struct gs_holders {
    GS_VEC(struct gs_holder) list; /* longest first; to be freed with gs_vec_free */
};

void gs_holders_add(struct gs_holders *holders, struct gs_actor *actor);

/* A unit less: of the actor's own, else of whoever has one longest, since anybody may give back
 * what somebody else took. Returns whose it was; NULL: nobody had one. */
struct gs_actor *gs_holders_remove(struct gs_holders *holders, const struct gs_actor *actor);

#endif
