/* What a GIL's holds, a loop's turns or the claims on a lock last in all, by owner: sums of blocks,
 * so that a column of a million of them is read from a few dozen blocks, and hardly anything of
 * what lies in the file has to be read back. They are made as the timeline grows, of blocks that
 * have been complete for a while; what changes in one afterwards undoes it and those behind it. */
#ifndef GS_TIMELINE_OWNED_SUMS_H
#define GS_TIMELINE_OWNED_SUMS_H

#include "base/long.h"
#include "timeline/tally.h"

/* A block of the first level is so many ownings, one of the others so many blocks of the level
 * below: 64, 512, 4,096, 32,768. */
enum { GS_OWNED_BLOCK = 64, GS_OWNED_BLOCKS = 8, GS_OWNED_LEVELS = 4 };

struct gs_owned_block {
    uint64_t start, end; /* ns: the first one's start, the latest end; UINT64_MAX: one goes on, and
                            there are no sums */
    size_t first;        /* of its sums; they end where those of the next block begin */
};

struct gs_owned_level {
    GS_LONG(struct gs_owned_block) blocks;
    GS_LONG(struct gs_owner_sum) sums;
};

struct gs_owned_sums {
    struct gs_owned_level levels[GS_OWNED_LEVELS];
};

struct gs_timeline;
struct gs_owned;

/* So many ownings there are now. */
void gs_owned_sums_grow(struct gs_owned_sums *sums, const struct gs_timeline *timeline,
                        const struct gs_owned *owned, size_t count);

/* The index-th is no more what it was, or those from it on have moved. */
void gs_owned_sums_change(struct gs_owned_sums *sums, size_t index);

/* The largest block that begins with the index-th owning, and lies between from and until: adds its
 * sums, and returns how many ownings it is of. 0: there is none. */
size_t gs_owned_sums_take(const struct gs_owned_sums *sums, size_t index, uint64_t from,
                          uint64_t until, struct gs_tally *to);

void gs_owned_sums_free(struct gs_owned_sums *sums);

#endif
