#include "export/gecko/parts.h"

#include "base/merge.h"

#include <stdlib.h>

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int loops_by_thread(const void *left, const void *right)
{
    const struct gs_gecko_loop *a = left, *b = right;
    return a->thread != b->thread ? compare(a->thread, b->thread) : compare(a->loop, b->loop);
}

static bool is_interpreter(const struct gs_gecko *g, uint32_t id)
{
    const struct gs_actor_row *row = g->json.tables->actor(g->json.tables, id);
    return row && row->kind == GS_ACTOR_INTERPRETER && gs_timeline_lane(g->timeline, id);
}

/* How many holds each actor has, and from there where the first of each comes: thread after thread.
 * The caller's. */
static size_t *places_of(const struct gs_gecko *g, size_t *all)
{
    uint32_t actors = g->json.tables->actors(g->json.tables);
    size_t *places = calloc((size_t)actors + 1, sizeof *places);
    if (!places)
        abort();
    for (uint32_t id = 1; id <= actors; id++) {
        const struct gs_lane *lane =
            is_interpreter(g, id) ? gs_timeline_lane(g->timeline, id) : NULL;
        for (size_t i = 0; lane && i < lane->holds.count; i++)
            if (lane->holds.items[i].owner <= actors)
                places[lane->holds.items[i].owner]++;
    }
    *all = 0;
    for (uint32_t id = 0; id <= actors; id++) {
        size_t count = places[id];
        places[id] = *all;
        *all += count;
    }
    return places;
}

/* Behind those of the thread that are there; of one instant the one that is over first. */
static void put_hold(struct gs_gecko *g, size_t at, const struct gs_gecko_hold *hold)
{
    struct gs_gecko_hold *items = g->holds.items;
    for (; at > 0 && items[at - 1].thread == hold->thread && items[at - 1].start == hold->start &&
           items[at - 1].end > hold->end;
         at--)
        items[at] = items[at - 1];
    items[at] = *hold;
}

/* Without a sort, which would take memory for all of them. */
static void take_holds(struct gs_gecko *g)
{
    struct gs_merge merge = {0};
    struct gs_merged at;
    size_t count, *places = places_of(g, &count);
    uint32_t actors = g->json.tables->actors(g->json.tables);
    for (size_t i = 0; i < count; i++)
        gs_long_push(&g->holds, (struct gs_gecko_hold){0});
    for (uint32_t id = 1; id <= actors; id++) {
        const struct gs_lane *lane = gs_timeline_lane(g->timeline, id);
        if (is_interpreter(g, id))
            gs_merge_add(&merge, gs_sorted_items(&lane->holds, start), lane->holds.count, id);
    }
    while (gs_merge_next(&merge, &at)) {
        const struct gs_lane *lane = gs_timeline_lane(g->timeline, (uint32_t)at.whose);
        const struct gs_hold *hold = &lane->holds.items[at.index];
        if (hold->owner <= actors)
            put_hold(
                g, places[hold->owner]++,
                &(struct gs_gecko_hold){hold->owner, hold->start, gs_hold_end(g->timeline, hold)});
    }
    gs_merge_free(&merge);
    free(places);
}

static void take_loops(struct gs_gecko *g)
{
    const struct gs_tables *tables = g->json.tables;
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (row && row->kind == GS_ACTOR_LOOP)
            gs_vec_push(&g->loops, ((struct gs_gecko_loop){row->parent, id}));
    }
    if (g->loops.count)
        qsort(g->loops.items, g->loops.count, sizeof *g->loops.items, loops_by_thread);
}

void gs_gecko_take_owned(struct gs_gecko *g)
{
    take_holds(g);
    take_loops(g);
}

void gs_gecko_free_owned(struct gs_gecko *g)
{
    gs_long_free(&g->holds);
    gs_vec_free(&g->loops);
}
