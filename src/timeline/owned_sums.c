#include "timeline/owned_sums.h"

#include "timeline/owners.h"

#include <stddef.h>

/* Of all ownings, whatever else is known of them, the first that is. */
_Static_assert(offsetof(struct gs_hold, start) == offsetof(struct gs_owning, start), "");
_Static_assert(offsetof(struct gs_hold, end) == offsetof(struct gs_owning, end), "");
_Static_assert(offsetof(struct gs_hold, owner) == offsetof(struct gs_owning, owner), "");
_Static_assert(offsetof(struct gs_claim, start) == offsetof(struct gs_owning, start), "");
_Static_assert(offsetof(struct gs_claim, end) == offsetof(struct gs_owning, end), "");
_Static_assert(offsetof(struct gs_claim, owner) == offsetof(struct gs_owning, owner), "");

static void finish(struct gs_owned_level *level, struct gs_owned_block *block,
                   struct gs_tally *tally)
{
    block->first = level->sums.count;
    gs_long_push(&level->blocks, *block);
    for (size_t i = 0; block->end != UINT64_MAX && i < tally->list.count; i++)
        gs_long_push(&level->sums, tally->list.items[i]);
    gs_tally_clear(tally);
}

static void sum_ownings(struct gs_owned_sums *sums, const char *items, size_t size)
{
    const char *first = items + sums->levels[0].blocks.count * GS_OWNED_BLOCK * size;
    struct gs_owned_block block = {0};
    for (size_t i = 0; i < GS_OWNED_BLOCK; i++) {
        const struct gs_owning *owning = (const void *)(first + i * size);
        block.start = i ? block.start : owning->start;
        block.end = owning->end > block.end ? owning->end : block.end;
        if (owning->end > owning->start)
            gs_tally_add(&sums->tally, owning->owner, owning->end - owning->start);
    }
    finish(&sums->levels[0], &block, &sums->tally);
}

static size_t sums_end(const struct gs_owned_level *level, size_t block)
{
    return block + 1 < level->blocks.count ? level->blocks.items[block + 1].first
                                           : level->sums.count;
}

static void add_block(const struct gs_owned_level *level, size_t block, struct gs_tally *to)
{
    size_t end = sums_end(level, block);
    for (size_t i = level->blocks.items[block].first; i < end; i++)
        gs_tally_add(to, level->sums.items[i].owner, level->sums.items[i].ns);
}

static void sum_blocks(const struct gs_owned_level *below, struct gs_owned_level *level,
                       struct gs_tally *tally)
{
    size_t first = level->blocks.count * GS_OWNED_BLOCKS;
    struct gs_owned_block block = {.start = below->blocks.items[first].start};
    for (size_t i = first; i < first + GS_OWNED_BLOCKS; i++) {
        uint64_t end = below->blocks.items[i].end;
        block.end = end > block.end ? end : block.end;
        add_block(below, i, tally);
    }
    finish(level, &block, tally);
}

/* Events of several rings come nearly by time: as many as a block has may still change. */
void gs_owned_sums_grow(struct gs_owned_sums *sums, const void *items, size_t size, size_t count)
{
    while (sums->levels[0].blocks.count + 1 < count / GS_OWNED_BLOCK) {
        sum_ownings(sums, items, size);
        struct gs_owned_level *level = sums->levels, *top = level + GS_OWNED_LEVELS - 1;
        for (; level < top && level->blocks.count % GS_OWNED_BLOCKS == 0; level++)
            sum_blocks(level, level + 1, &sums->tally);
    }
}

static void cut(struct gs_owned_level *level, size_t blocks)
{
    if (blocks >= level->blocks.count)
        return;
    level->sums.count = level->blocks.items[blocks].first;
    level->blocks.count = blocks;
}

void gs_owned_sums_undo(struct gs_owned_sums *sums, size_t index)
{
    size_t block = index / GS_OWNED_BLOCK;
    for (size_t i = 0; i < GS_OWNED_LEVELS; i++, block /= GS_OWNED_BLOCKS)
        cut(&sums->levels[i], block);
}

static bool lies_in(const struct gs_owned_level *level, size_t index, uint64_t from, uint64_t until)
{
    if (index >= level->blocks.count)
        return false;
    const struct gs_owned_block *block = &level->blocks.items[index];
    return block->start >= from && block->end <= until && block->end != UINT64_MAX;
}

size_t gs_owned_sums_take(const struct gs_owned_sums *sums, size_t index, uint64_t from,
                          uint64_t until, struct gs_tally *to)
{
    size_t found = 0, level = 0, block = index;
    for (size_t size = GS_OWNED_BLOCK, i = 0; i < GS_OWNED_LEVELS && index % size == 0;
         i++, size *= GS_OWNED_BLOCKS) {
        if (!lies_in(&sums->levels[i], index / size, from, until))
            break;
        found = size;
        block = index / size;
        level = i;
    }
    if (found)
        add_block(&sums->levels[level], block, to);
    return found;
}

void gs_owned_sums_free(struct gs_owned_sums *sums)
{
    for (size_t i = 0; i < GS_OWNED_LEVELS; i++) {
        gs_long_free(&sums->levels[i].blocks);
        gs_long_free(&sums->levels[i].sums);
    }
    gs_tally_free(&sums->tally);
}
