/* Semaphore and BoundedSemaphore, as in threading. The functions are called with the GIL held. */
#ifndef GS_LUA_SYNC_SEMAPHORE_H
#define GS_LUA_SYNC_SEMAPHORE_H

#include "base/error.h"
#include "lua/sync/block.h"

struct gs_semaphore {
    struct gs_resource resource;
    uint32_t value;   /* guarded by the monitor */
    uint32_t initial; /* what it began with: the trace tells how many units are out */
    bool bounded;     /* never more than initial */
};

/* The caller holds the first reference. NULL: no memory. */
struct gs_semaphore *gs_semaphore_new(uint32_t value, bool bounded, const char *name);

/* False: the deadline came first. */
bool gs_semaphore_acquire(struct gs_semaphore *semaphore, uint64_t deadline);

/* False with err: a bounded one would have more than it began with. */
bool gs_semaphore_release(struct gs_semaphore *semaphore, uint32_t units, struct gs_error *err);

#endif
