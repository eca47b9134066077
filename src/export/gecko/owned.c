#include "export/gecko/parts.h"

#include <stdlib.h>

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_thread(const void *left, const void *right)
{
    const struct gs_gecko_hold *a = left, *b = right;
    if (a->thread != b->thread)
        return compare(a->thread, b->thread);
    return a->start != b->start ? compare(a->start, b->start) : compare(a->end, b->end);
}

static int loops_by_thread(const void *left, const void *right)
{
    const struct gs_gecko_loop *a = left, *b = right;
    return a->thread != b->thread ? compare(a->thread, b->thread) : compare(a->loop, b->loop);
}

void gs_gecko_take_owned(struct gs_gecko *g)
{
    const struct gs_tables *tables = g->json.tables;
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        const struct gs_lane *lane = gs_timeline_lane(g->timeline, id);
        bool gil = lane && row && row->kind == GS_ACTOR_INTERPRETER;
        if (row && row->kind == GS_ACTOR_LOOP)
            gs_vec_push(&g->loops, ((struct gs_gecko_loop){row->parent, id}));
        for (size_t i = 0; gil && i < lane->holds.count; i++) {
            const struct gs_hold *hold = &lane->holds.items[i];
            gs_vec_push(&g->holds, ((struct gs_gecko_hold){hold->owner, hold->start,
                                                           gs_hold_end(g->timeline, hold)}));
        }
    }
    if (g->holds.count)
        qsort(g->holds.items, g->holds.count, sizeof *g->holds.items, by_thread);
    if (g->loops.count)
        qsort(g->loops.items, g->loops.count, sizeof *g->loops.items, loops_by_thread);
}

void gs_gecko_free_owned(struct gs_gecko *g)
{
    gs_vec_free(&g->holds);
    gs_vec_free(&g->loops);
}
