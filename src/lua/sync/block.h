/* How every primitive blocks. Nobody hands anything over: who is woken may find it taken and waits
 * again, at the end. There are two kinds, after what CPython's are made of. A lock is C
 * (gs_block_until): its waiter takes it the moment it is woken, and then wants the GIL. Semaphores
 * and queues are Python on top of a lock (gs_block_with_gil): their waiter has to run, so to have
 * the GIL, before it can take anything, and who has the GIL may be quicker. */
#ifndef GS_LUA_SYNC_BLOCK_H
#define GS_LUA_SYNC_BLOCK_H

#include "sched/resource.h"

#define GS_AT_ONCE 0 /* as a deadline: try, never block; the GIL is kept */

/* The deadline in so many seconds; negative: GS_NEVER, 0: GS_AT_ONCE. */
uint64_t gs_block_deadline(double seconds);

/* Takes what the caller came for if it is there. Called with the monitor entered, with or without
 * the GIL: it must not touch a Lua state. */
typedef bool gs_block_try(void *thing);

/* Blocks until try(thing) is true or the deadline has come; waiters is the queue of resource's
 * monitor to wait in. The caller's GIL is held before and after. False: the deadline came. */
bool gs_block_until(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline);

/* The same, for the second wait of one call. */
bool gs_block_again(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline);

/* What is waited for and taken in two steps: ready only looks, and take, unless it is NULL, is
 * called when it is true, with the GIL held and the monitor still entered. */
struct gs_block_want {
    gs_block_try *ready;
    void (*take)(void *thing);
    void *thing;
};

/* As gs_block_until, but to take it the caller must have its GIL again. part's waiters wait in the
 * monitor, which is its own or that of what it is a part of. */
bool gs_block_with_gil(struct gs_monitor *monitor, struct gs_resource *part,
                       const struct gs_block_want *want, uint64_t deadline);

/* The same, for the second wait of one call. */
bool gs_block_with_gil_again(struct gs_monitor *monitor, struct gs_resource *part,
                             const struct gs_block_want *want, uint64_t deadline);

#endif
