/* What blocks a loop, put together where it is the same coroutine or callback in the same line. */
#include "timeline/judge/stats_parts.h"

#include "timeline/turns.h"

#include <stdlib.h>

/* Shorter ones are not what anybody looks for. */
enum { LEAST_NS = 1000000 };

struct gs_where_figure gs_stats_where(const struct gs_timeline *t, uint32_t actor,
                                      const struct gs_span *most, uint64_t start, uint64_t end)
{
    bool runs = most && most->state == GS_STATE_RUNNING;
    const struct gs_event *busy = runs ? gs_turn_busy(t, actor, start, end) : NULL;
    if (busy)
        return (struct gs_where_figure){gs_event_line(busy), busy->place, GS_STATE_RUNNING, true};
    if (most)
        return (struct gs_where_figure){most->line, most->place, most->state, false};
    return (struct gs_where_figure){0};
}

static bool same(const struct gs_block_figure *a, const struct gs_block_figure *b)
{
    return a->loop == b->loop && a->key == b->key && a->callback == b->callback &&
           a->where.line == b->where.line && a->where.place == b->where.place &&
           a->where.state == b->where.state;
}

static void add(struct gs_stats *stats, size_t from, const struct gs_block_figure *block)
{
    for (size_t i = from; i < stats->blocks.count; i++) {
        struct gs_block_figure *sum = &stats->blocks.items[i];
        if (!same(sum, block))
            continue;
        sum->count++;
        sum->total += block->total;
        sum->kept = block->kept > sum->kept ? block->kept : sum->kept;
        if (block->longest > sum->longest) {
            sum->longest = block->longest;
            sum->longest_at = block->longest_at;
        }
        return;
    }
    gs_vec_push(&stats->blocks, *block);
}

static struct gs_block_figure block_of(const struct gs_stats_window *w, uint32_t loop,
                                       uint64_t start, uint64_t end)
{
    uint64_t ns = gs_stats_clip(w, start, end);
    return (struct gs_block_figure){.loop = loop,
                                    .count = 1,
                                    .total = ns,
                                    .longest = ns,
                                    .longest_at = start,
                                    .kept =
                                        gs_turn_kept_count(w->t, loop, gs_turn_late(start, end))};
}

static uint32_t coroutine_of(const struct gs_tables *tables, uint32_t task)
{
    const struct gs_actor_row *row = tables->actor(tables, task);
    return row ? (row->what ? row->what : row->name) : 0;
}

static void add_turn(struct gs_stats *stats, size_t from, const struct gs_stats_window *w,
                     uint32_t loop, const struct gs_hold *turn)
{
    const struct gs_tables *tables = gs_timeline_tables(w->t);
    uint64_t end = gs_hold_end(w->t, turn);
    if (gs_stats_clip(w, turn->start, end) < LEAST_NS || !gs_turn_blocks(w->t, turn, UINT64_MAX))
        return;
    struct gs_block_figure block = block_of(w, loop, turn->start, end);
    block.what = coroutine_of(tables, turn->owner);
    block.key = gs_stats_text_key(tables, block.what);
    block.where = gs_stats_where(w->t, turn->owner, gs_turn_longest(w->t, turn), turn->start, end);
    add(stats, from, &block);
}

static void add_callback(struct gs_stats *stats, size_t from, const struct gs_stats_window *w,
                         uint32_t loop, const struct gs_label *callback)
{
    uint64_t end = gs_label_end(w->t, callback);
    if (gs_stats_clip(w, callback->start, end) < LEAST_NS ||
        !gs_callback_blocks(w->t, loop, callback, UINT64_MAX))
        return;
    struct gs_block_figure block = block_of(w, loop, callback->start, end);
    block.what = callback->text;
    block.callback = true;
    block.key = gs_stats_text_key(gs_timeline_tables(w->t), block.what);
    block.where =
        gs_stats_where(w->t, loop, gs_callback_longest(w->t, loop, callback), callback->start, end);
    add(stats, from, &block);
}

static int by_total(const void *x, const void *y)
{
    const struct gs_block_figure *a = x, *b = y;
    if (a->total != b->total)
        return a->total > b->total ? -1 : 1;
    return (a->longest_at > b->longest_at) - (a->longest_at < b->longest_at);
}

void gs_stats_add_blocks(struct gs_stats *stats, const struct gs_stats_window *w,
                         const struct gs_lane *loop)
{
    size_t from = stats->blocks.count;
    for (size_t i = 0; i < loop->holds.count; i++)
        add_turn(stats, from, w, loop->actor, &loop->holds.items[i]);
    for (size_t i = 0; i < loop->labels.count; i++)
        add_callback(stats, from, w, loop->actor, &loop->labels.items[i]);
    if (stats->blocks.count > from)
        qsort(stats->blocks.items + from, stats->blocks.count - from, sizeof *stats->blocks.items,
              by_total);
}
