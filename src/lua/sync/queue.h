/* The counting half of queue.Queue, LifoQueue and PriorityQueue: room, items, unfinished tasks, and
 * who waits for which. The items themselves are Lua values, which may only be touched with a GIL
 * held, and nobody may hold a GIL while it waits; so both sides take two steps:
 *
 * put   reserve room (may block) · store the item, GIL held · announce it (or cancel)
 * get   claim one of the items (may block) · take it out, GIL held (or unclaim)
 *
 * The functions are called with the GIL held. Where the items are: items.h. */
#ifndef GS_LUA_SYNC_QUEUE_H
#define GS_LUA_SYNC_QUEUE_H

#include "base/error.h"
#include "lua/sync/block.h"
#include "lua/sync/items.h"

struct gs_queue {
    struct gs_resource resource; /* its waiters want an item */
    uint64_t maxsize;            /* 0: no limit */
    uint64_t reserved;           /* guarded by the monitor, like all that follows: places taken */
    uint64_t announced;          /* items that nobody has claimed yet */
    uint64_t unfinished;         /* put, but no task_done yet */
    uint64_t put;                /* in all, for what is told of them */
    struct gs_resource room, tasks; /* parts: what putters and joiners wait for */
    struct gs_items items;          /* guarded by the GIL, in a home of its own by the monitor */
    struct gs_queue *next_ended;    /* of the thread's that are to be freed */
};

/* The caller holds the first reference. NULL with err: no memory. */
struct gs_queue *gs_queue_new(enum gs_items_order order, uint64_t maxsize, const char *name,
                              struct gs_error *err);

/* False: the queue stayed full until the deadline. */
bool gs_queue_reserve(struct gs_queue *queue, uint64_t deadline);
void gs_queue_cancel(struct gs_queue *queue);
void gs_queue_announce(struct gs_queue *queue);

/* False: the queue stayed empty until the deadline. */
bool gs_queue_claim(struct gs_queue *queue, uint64_t deadline);

/* The item was not taken out after all. Its room may have been given away since: until the next get
 * there may be one item more than the queue's size. */
void gs_queue_unclaim(struct gs_queue *queue);

/* False with err: called more often than items were put. */
bool gs_queue_task_done(struct gs_queue *queue, struct gs_error *err);
void gs_queue_join(struct gs_queue *queue);

uint64_t gs_queue_size(struct gs_queue *queue);

#endif
