#include "timeline/rows_tree.h"

#include <stdlib.h>
#include <string.h>

/* Its name, or its coroutine. */
static bool is_called(const struct gs_rows_tree *tree, uint32_t id, const struct gs_actor_row *row)
{
    const struct gs_tables *tables = gs_timeline_tables(tree->timeline);
    const char *filter = tree->choice ? tree->choice->filter : NULL;
    return !filter || !*filter || strcasestr(gs_tables_actor_name(tables, id), filter) ||
           (row->what && strcasestr(tables->string(tables, row->what), filter));
}

/* It is in the state that the filter names. */
static bool does(const struct gs_rows_tree *tree, uint32_t id, const struct gs_actor_row *row)
{
    const struct gs_lane *lane = tree->state ? gs_timeline_lane(tree->timeline, id) : NULL;
    bool acts = row->kind == GS_ACTOR_THREAD || row->kind == GS_ACTOR_TASK;
    long at = lane && acts ? gs_lane_span_at(lane, tree->choice->time) : -1;
    const struct gs_span *span = at < 0 ? NULL : &lane->spans.items[at];
    return span && span->state == tree->state && (span->open || span->end > tree->choice->time);
}

static void hang(struct gs_rows_tree *tree, uint32_t id, uint32_t parent)
{
    struct gs_rows_node *above = &tree->nodes[parent];
    tree->nodes[id].parent = parent;
    if (above->last_child)
        tree->nodes[above->last_child].next = id;
    else
        above->first_child = id;
    above->last_child = id;
}

/* Where a thread is that runs another interpreter's code; else the parent. The first of its
 * interpreter stays: a process's main thread is looked for there, whatever it calls. */
static uint32_t parent_of(const struct gs_rows_tree *tree, uint32_t id, const struct gs_lane *lane)
{
    const struct gs_rows_node *nodes = tree->nodes;
    const struct gs_actor_row *row = nodes[id].row;
    uint32_t parent = row->parent <= tree->count ? row->parent : 0;
    if (row->kind != GS_ACTOR_THREAD || !lane || !nodes[parent].first_child)
        return parent;
    uint32_t home = gs_lane_home(tree->timeline, lane);
    const struct gs_actor_row *in = home <= tree->count ? nodes[home].row : NULL;
    bool beside = in && in->kind == GS_ACTOR_INTERPRETER && nodes[parent].row &&
                  in->parent == nodes[parent].row->parent;
    return beside ? home : parent;
}

static void place(struct gs_rows_tree *tree, uint32_t id)
{
    struct gs_rows_node *node = &tree->nodes[id];
    const struct gs_lane *lane = gs_timeline_lane(tree->timeline, id);
    uint32_t parent = parent_of(tree, id, lane);
    bool placed = parent && tree->nodes[parent].placed;
    hang(tree, id, placed ? parent : 0);
    node->placed = true;
    node->shown = lane && lane->born;
    node->matches = tree->nodes[node->parent].matches || is_called(tree, id, node->row);
    node->kept = node->shown && does(tree, id, node->row);
}

static void keep(struct gs_rows_tree *tree, uint32_t id)
{
    struct gs_rows_node *node = &tree->nodes[id], *above = &tree->nodes[node->parent];
    node->kept |= node->matches && node->shown;
    above->shown |= node->shown;
    above->kept |= node->kept;
}

static uint32_t kind_of(const struct gs_rows_tree *tree, uint32_t id)
{
    const struct gs_actor_row *row = tree->nodes[id].row;
    return row && row->kind <= GS_ACTOR_TASK ? row->kind : 0;
}

/* Those above come before those below: the actors by kind, of one kind by id. */
static size_t sort_by_kind(const struct gs_rows_tree *tree, uint32_t *order)
{
    size_t next[GS_ACTOR_TASK + 2] = {0};
    for (uint32_t id = 1; id <= tree->count; id++)
        next[kind_of(tree, id) + 1]++;
    next[GS_ACTOR_PROCESS] = 0; /* without those of no kind */
    for (uint32_t kind = GS_ACTOR_PROCESS; kind <= GS_ACTOR_TASK; kind++)
        next[kind + 1] += next[kind];
    for (uint32_t id = 1; id <= tree->count; id++)
        if (kind_of(tree, id))
            order[next[kind_of(tree, id)]++] = id;
    return next[GS_ACTOR_TASK];
}

void gs_rows_tree_grow(struct gs_rows_tree *tree)
{
    const struct gs_tables *tables = gs_timeline_tables(tree->timeline);
    const char *filter = tree->choice ? tree->choice->filter : NULL;
    tree->nodes = calloc((size_t)tree->count + 1, sizeof *tree->nodes);
    if (!tree->nodes)
        abort();
    tree->nodes[0].matches = !filter || !*filter;
    for (uint32_t id = 1; id <= tree->count; id++)
        tree->nodes[id].row = tables->actor(tables, id);
    uint32_t *order = calloc((size_t)tree->count + 1, sizeof *order);
    if (!order)
        abort();
    size_t count = sort_by_kind(tree, order);
    for (size_t i = 0; i < count; i++)
        place(tree, order[i]);
    for (size_t i = count; i > 0; i--)
        keep(tree, order[i - 1]);
    free(order);
}
