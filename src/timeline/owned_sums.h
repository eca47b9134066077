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
    struct gs_tally tally; /* of the block that is being made; empty in between */
};

/* So many ownings there are now, of that size: holds or claims, which begin as struct gs_owning
 * does. The end of one that goes on is UINT64_MAX. */
void gs_owned_sums_grow(struct gs_owned_sums *sums, const void *items, size_t size, size_t count);

void gs_owned_sums_undo(struct gs_owned_sums *sums, size_t index);

/* The index-th is no more what it was, or those from it on have moved. Nearly always it is one of
 * the last, which are in no block yet. */
static inline void gs_owned_sums_change(struct gs_owned_sums *sums, size_t index)
{
    if (index / GS_OWNED_BLOCK < sums->levels[0].blocks.count)
        gs_owned_sums_undo(sums, index);
}

/* The largest block that begins with the index-th owning, and lies between from and until: adds its
 * sums, and returns how many ownings it is of. 0: there is none. */
size_t gs_owned_sums_take(const struct gs_owned_sums *sums, size_t index, uint64_t from,
                          uint64_t until, struct gs_tally *to);

void gs_owned_sums_free(struct gs_owned_sums *sums);

#endif
