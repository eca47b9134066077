#include "timeline/owned_sums.h"

#include "timeline/owners.h"

/* What of a block is known so far. */
struct part {
    struct gs_owned_block block;
    struct gs_tally tally;
};

static void add(struct part *part, uint64_t end)
{
    if (end > part->block.end)
        part->block.end = end;
}

static void finish(struct gs_owned_level *level, struct part *part)
{
    part->block.first = level->sums.count;
    gs_long_push(&level->blocks, part->block);
    for (size_t i = 0; part->block.end != UINT64_MAX && i < part->tally.list.count; i++)
        gs_long_push(&level->sums, part->tally.list.items[i]);
    gs_tally_free(&part->tally);
}

static void sum_ownings(struct gs_owned_sums *sums, const struct gs_timeline *t,
                        const struct gs_owned *owned)
{
    struct part part = {0};
    size_t first = sums->levels[0].blocks.count * GS_OWNED_BLOCK;
    for (size_t i = first; i < first + GS_OWNED_BLOCK; i++) {
        struct gs_owning owning = gs_owned_get(t, owned, i);
        if (i == first)
            part.block.start = owning.start;
        add(&part, gs_owned_lasts(t, owned, i) ? UINT64_MAX : owning.end);
        if (owning.end > owning.start)
            gs_tally_add(&part.tally, owning.owner, owning.end - owning.start);
    }
    finish(&sums->levels[0], &part);
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

static void sum_blocks(const struct gs_owned_level *below, struct gs_owned_level *level)
{
    size_t first = level->blocks.count * GS_OWNED_BLOCKS;
    struct part part = {.block.start = below->blocks.items[first].start};
    for (size_t i = first; i < first + GS_OWNED_BLOCKS; i++) {
        add(&part, below->blocks.items[i].end);
        add_block(below, i, &part.tally);
    }
    finish(level, &part);
}

/* Events of several rings come nearly by time: as many as a block has may still change. */
void gs_owned_sums_grow(struct gs_owned_sums *sums, const struct gs_timeline *t,
                        const struct gs_owned *owned, size_t count)
{
    size_t blocks = count / GS_OWNED_BLOCK;
    while (sums->levels[0].blocks.count + 1 < blocks) {
        sum_ownings(sums, t, owned);
        struct gs_owned_level *level = sums->levels, *top = level + GS_OWNED_LEVELS - 1;
        for (; level < top && level->blocks.count % GS_OWNED_BLOCKS == 0; level++)
            sum_blocks(level, level + 1);
    }
}

static void cut(struct gs_owned_level *level, size_t blocks)
{
    if (blocks >= level->blocks.count)
        return;
    level->sums.count = level->blocks.items[blocks].first;
    level->blocks.count = blocks;
}

void gs_owned_sums_change(struct gs_owned_sums *sums, size_t index)
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
}
