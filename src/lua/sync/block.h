/* How every primitive blocks, after CPython's locks: try under the monitor; if that does not do,
 * show the wait in the lane, give the GIL away, and try again each time somebody wakes the caller.
 * Nobody hands anything over: a woken waiter may find it taken and waits again, at the end. */
#ifndef GS_LUA_SYNC_BLOCK_H
#define GS_LUA_SYNC_BLOCK_H

#include "sched/resource.h"

#define GS_AT_ONCE 0 /* as a deadline: try, never block */

/* Takes what the caller came for if it is there. Called with the monitor entered, with or without
 * the GIL: it must not touch a Lua state. */
typedef bool gs_block_try(void *thing);

/* Blocks until try(thing) is true or the deadline has come; waiters is the queue of resource's
 * monitor to wait in. The caller's GIL is held before and after. False: the deadline came. */
bool gs_block_until(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline);

/* The same for what is a part of something: its waiters wait in the whole's monitor. */
bool gs_block_for(struct gs_monitor *monitor, struct gs_resource *part, gs_block_try *try,
                  void *thing, uint64_t deadline);

/* The same, for the second wait of one call. */
bool gs_block_again(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline);

#endif
