/* Several vectors, each in the order of a 64-bit field (sorted.h), gone through together in that
 * order, without a copy of them: what is exported is longer than memory is large.
 *
 *     gs_merge_add(&merge, gs_sorted_items(&lane->spans, start), lane->spans.count, lane->actor);
 *     while (gs_merge_next(&merge, &at))
 *         lane_of(at.whose)->spans.items[at.index] …
 *
 * The vectors stay where they are meanwhile. */
#ifndef GS_BASE_MERGE_H
#define GS_BASE_MERGE_H

#include "base/sorted.h"

struct gs_merged {
    uint64_t value; /* of the field */
    size_t index;   /* of the item, in its vector */
    uint64_t whose; /* as it was added */
};

struct gs_merge_list { /* private to merge.c */
    struct gs_sorted_items items;
    size_t next, end;
    size_t number; /* of equal values that of the lower one is first */
    uint64_t whose;
};

/* Begins as {0}. */
struct gs_merge {
    GS_VEC(struct gs_merge_list) heap; /* none is before its parent, at (i - 1) / 2 */
    size_t added;
};

/* Before the first gs_merge_next. Of equal values those that were added first come first. */
void gs_merge_add(struct gs_merge *merge, struct gs_sorted_items items, size_t count,
                  uint64_t whose);

/* The same of a vector that is in no order, as the stretches of it that are: equal values keep the
 * order that they have in it. */
void gs_merge_add_stretches(struct gs_merge *merge, struct gs_sorted_items items, size_t count);

/* False: that was all. */
bool gs_merge_next(struct gs_merge *merge, struct gs_merged *at);

void gs_merge_free(struct gs_merge *merge);

#endif
