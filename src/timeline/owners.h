/* Who had something that one at a time can have: a GIL, the turn on a loop, a lock. Draws as a row
 * of owners, whichever it is. */
#ifndef GS_TIMELINE_OWNERS_H
#define GS_TIMELINE_OWNERS_H

#include "timeline/timeline.h"

struct gs_owned {
    const struct gs_lane *lane; /* an interpreter's or a loop's: its holds; NULL: … */
    uint32_t lock;              /* … the object */
};

struct gs_owning {
    uint64_t start, end; /* ns; of what goes on, the timeline's end */
    uint32_t owner;      /* actor */
};

/* The index of the one that covers time, or of the last one before it; -1: none. */
long gs_owned_at(const struct gs_timeline *timeline, const struct gs_owned *owned, uint64_t time);
size_t gs_owned_count(const struct gs_timeline *timeline, const struct gs_owned *owned);
struct gs_owning gs_owned_get(const struct gs_timeline *timeline, const struct gs_owned *owned,
                              size_t index);
/* Where a column of hundreds of them must tell whose it mostly was. */
struct gs_owner_share {
    uint32_t owner;  /* who had it longest; 0: nobody had it at all */
    uint32_t owners; /* how many different ones had it */
    uint64_t ns;     /* … and for how long that one */
    uint64_t held;   /* by anybody */
};

/* Exact. Costs two binary searches and the sums of a few dozen blocks (owned_sums.h),
 * however many there are in the window. */
struct gs_owner_share gs_owned_share(const struct gs_timeline *timeline,
                                     const struct gs_owned *owned, uint64_t from, uint64_t until);

/* The locks that somebody has waited for: `count` objects, in no order. */
const uint32_t *gs_timeline_locks(const struct gs_timeline *timeline, size_t *count);
/* Those of them that the program made, in the order of their making: a queue of the library's has
 * one, too, and an executor several. The caller's, by free. */
uint32_t *gs_program_locks(const struct gs_timeline *timeline, size_t *count);
/* The interpreter in which the first that had it is a thread, or the loop on which it is a task; 0:
 * nobody has had it yet. */
uint32_t gs_lock_home(const struct gs_timeline *timeline, uint32_t lock);

#endif
