#include "draw/boxes/plan.h"

#include "timeline/explain/facts.h"

#include <stdlib.h>

/* A box narrower than this says nothing. */
static int narrowest(enum gs_boxes_detail detail)
{
    return detail <= GS_BOXES_LIVING ? 38 : detail == GS_BOXES_SUMS ? 26 : 20;
}

bool gs_boxes_begun(const struct gs_boxes_view *view, size_t row)
{
    const struct gs_lane *lane =
        gs_timeline_lane(view->timeline, view->rows->list.items[row].actor);
    return lane && lane->born && lane->birth <= view->time;
}

bool gs_boxes_alive(const struct gs_boxes_view *view, size_t row)
{
    return gs_boxes_begun(view, row) &&
           !gs_explain_has_ended(view->timeline, view->rows->list.items[row].actor, view->time);
}

/* --- what stands in what */

static uint32_t folded_in(const struct gs_row *row)
{
    return row ? row->hidden + row->helpers : 0;
}

/* row: NULL, or whose lanes may be left out. */
static struct gs_box_process *open_process(struct gs_boxes_plan *plan, uint32_t actor, long heading,
                                           const struct gs_row *row)
{
    size_t here = plan->interpreters.count;
    gs_vec_push(&plan->processes, ((struct gs_box_process){.actor = actor,
                                                           .heading = heading,
                                                           .first = here,
                                                           .end = here,
                                                           .folded = folded_in(row),
                                                           .helpers = row && row->helpers}));
    return &plan->processes.items[plan->processes.count - 1];
}

static struct gs_box_process *last_process(struct gs_boxes_plan *plan)
{
    size_t count = plan->processes.count;
    return count ? &plan->processes.items[count - 1] : open_process(plan, 0, -1, NULL);
}

/* Where each actor's box is: index of interpreters + 1; 0: it has none. */
struct homes {
    uint32_t *of;
    uint32_t count;
};

static void open_interpreter(struct gs_boxes_plan *plan, struct homes *homes, uint32_t actor,
                             long heading, const struct gs_row *row)
{
    struct gs_box_process *process = last_process(plan);
    if (actor < homes->count && homes->of[actor])
        return;
    gs_vec_push(&plan->interpreters, ((struct gs_box_interpreter){.actor = actor,
                                                                  .heading = heading,
                                                                  .folded = folded_in(row),
                                                                  .helpers = row && row->helpers}));
    process->end = plan->interpreters.count;
    if (actor < homes->count)
        homes->of[actor] = (uint32_t)process->end;
}

/* A line in a box: whoever acts, a loop, and its tasks where they are one lane. */
static bool is_line(const struct gs_row *row)
{
    return row->kind != GS_ROW_GROUP && row->kind != GS_ROW_GIL && row->kind != GS_ROW_LOCK;
}

/* The interpreter of a thread, and of what runs on its loop. */
static uint32_t interpreter_of(const struct gs_tables *tables, uint32_t actor)
{
    const struct gs_actor_row *row = tables->actor(tables, actor);
    while (row && (row->kind == GS_ACTOR_TASK || row->kind == GS_ACTOR_LOOP))
        row = tables->actor(tables, row->parent);
    return row ? row->parent : 0;
}

static void take_row(struct gs_boxes_plan *plan, const struct gs_boxes_view *view,
                     struct homes *homes, size_t i)
{
    const struct gs_tables *tables = gs_timeline_tables(view->timeline);
    const struct gs_row *row = &view->rows->list.items[i];
    if (row->kind == GS_ROW_LOCK)
        return;
    const struct gs_actor_row *actor = tables->actor(tables, row->actor);
    if (is_line(row))
        open_interpreter(plan, homes, interpreter_of(tables, row->actor), -1, NULL);
    else if (row->kind == GS_ROW_GROUP && actor->kind == GS_ACTOR_PROCESS)
        open_process(plan, row->actor, (long)i, row);
    else
        open_interpreter(plan, homes, row->actor, (long)i, row->kind == GS_ROW_GROUP ? row : NULL);
}

/* A thread is in the box of the interpreter whose code it runs, if that is shown; else at home. */
static size_t home_of(const struct gs_boxes_view *view, const struct homes *homes, size_t row)
{
    const struct gs_tables *tables = gs_timeline_tables(view->timeline);
    uint32_t actor = view->rows->list.items[row].actor;
    uint32_t in = gs_lane_interpreter_at(gs_timeline_lane(view->timeline, actor), view->time);
    if (in < homes->count && homes->of[in])
        return homes->of[in] - 1;
    return homes->of[interpreter_of(tables, actor)] - 1;
}

static void settle(struct gs_boxes_plan *plan, const struct gs_boxes_view *view,
                   struct gs_box_interpreter *in, size_t row)
{
    bool alive = gs_boxes_alive(view, row);
    plan->lanes.items[in->end++] = row;
    in->alive += alive;
    in->ended += !alive && gs_boxes_begun(view, row);
}

/* A counting sort: there may be thousands of either. */
static void settle_lanes(struct gs_boxes_plan *plan, const struct gs_boxes_view *view,
                         const struct homes *homes)
{
    size_t next = 0;
    for (size_t i = 0; i < view->rows->list.count; i++) {
        if (is_line(&view->rows->list.items[i])) {
            plan->interpreters.items[home_of(view, homes, i)].end++;
            gs_vec_push(&plan->lanes, (size_t)0);
        }
    }
    for (size_t k = 0; k < plan->interpreters.count; k++) {
        struct gs_box_interpreter *in = &plan->interpreters.items[k];
        in->first = next;
        next += in->end;
        in->end = in->first;
    }
    for (size_t i = 0; i < view->rows->list.count; i++) {
        if (is_line(&view->rows->list.items[i]))
            settle(plan, view, &plan->interpreters.items[home_of(view, homes, i)], i);
    }
}

/* Those that are there, or have been: a later one has no box yet. */
static void leave_out_later(struct gs_boxes_plan *plan, const struct gs_boxes_view *view)
{
    size_t kept = 0;
    for (size_t i = 0; i < plan->processes.count; i++) {
        const struct gs_box_process *process = &plan->processes.items[i];
        const struct gs_lane *lane = gs_timeline_lane(view->timeline, process->actor);
        if (!lane || !lane->born || lane->birth <= view->time)
            plan->processes.items[kept++] = *process;
    }
    plan->processes.count = kept;
}

static void take_rows(struct gs_boxes_plan *plan, const struct gs_boxes_view *view)
{
    const struct gs_tables *tables = gs_timeline_tables(view->timeline);
    struct homes homes = {.count = tables->actors(tables) + 1};
    homes.of = calloc(homes.count, sizeof *homes.of);
    if (!homes.of)
        abort();
    for (size_t i = 0; i < view->rows->list.count; i++)
        take_row(plan, view, &homes, i);
    settle_lanes(plan, view, &homes);
    leave_out_later(plan, view);
    free(homes.of);
}

/* --- how much room that takes */

int gs_boxes_lines(const struct gs_boxes_plan *plan, const struct gs_box_interpreter *in)
{
    enum { EDGES = 2 };
    if (plan->detail == GS_BOXES_SLIM)
        return 2;
    if (plan->detail == GS_BOXES_SUMS)
        return EDGES + 1;
    size_t lines = in->folded > 0;
    if (plan->detail == GS_BOXES_ALL)
        lines += in->alive + in->ended;
    else
        lines += (in->alive > plan->most ? plan->most + 1 : in->alive) + (in->ended > 0);
    return EDGES + (lines ? (int)lines : 1);
}

static int process_lines(const struct gs_boxes_plan *plan, const struct gs_box_process *process)
{
    enum { EDGES = 2 };
    int lines = process->folded > 0;
    for (size_t i = process->first; i < process->end; i++)
        lines += gs_boxes_lines(plan, &plan->interpreters.items[i]);
    return EDGES + lines;
}

int gs_boxes_tier(const struct gs_boxes_plan *plan, size_t first)
{
    int most = 0;
    for (size_t i = first; i < plan->processes.count && i < first + plan->columns; i++) {
        int lines = process_lines(plan, &plan->processes.items[i]);
        most = lines > most ? lines : most;
    }
    return most;
}

static int whole(const struct gs_boxes_plan *plan)
{
    int lines = 0;
    for (size_t i = 0; i < plan->processes.count; i += plan->columns)
        lines += gs_boxes_tier(plan, i);
    return lines;
}

static size_t process_of(const struct gs_boxes_plan *plan, long row)
{
    size_t at = 0;
    while (at + 1 < plan->processes.count && plan->processes.items[at + 1].heading <= row)
        at++;
    return at;
}

/* As many tiers as there is room for, with that of the selected row as the last if need be. */
static void scroll(struct gs_boxes_plan *plan, const struct gs_boxes_view *view)
{
    int room = view->height - 1;
    size_t selected = process_of(plan, view->selected) / plan->columns * plan->columns, first = 0;
    for (;;) {
        int used = 0;
        size_t end = first;
        while (end < plan->processes.count && used + gs_boxes_tier(plan, end) <= room) {
            used += gs_boxes_tier(plan, end);
            end += plan->columns;
        }
        plan->first = first;
        plan->end = end > first ? end : first + plan->columns;
        plan->height = view->height;
        if (plan->end > selected || first >= selected)
            break;
        first += plan->columns;
    }
    if (plan->end > plan->processes.count)
        plan->end = plan->processes.count;
}

/* False: that is too much. */
static bool fits(struct gs_boxes_plan *plan, const struct gs_boxes_view *view,
                 enum gs_boxes_detail detail, size_t most)
{
    size_t count = plan->processes.count;
    int columns = view->width / narrowest(detail);
    plan->detail = detail;
    plan->most = most;
    plan->columns = columns < 1 ? 1 : (size_t)columns < count ? (size_t)columns : count;
    plan->end = count;
    plan->height = count ? whole(plan) : 0;
    return view->height == 0 || plan->height <= view->height;
}

/* With as many threads of each interpreter as there is room for, as long as some are left. */
static bool fits_in_part(struct gs_boxes_plan *plan, const struct gs_boxes_view *view)
{
    enum { LEAST = 3 };
    for (size_t most = (size_t)view->height; most >= LEAST; most--) {
        if (fits(plan, view, GS_BOXES_LIVING, most))
            return true;
    }
    return false;
}

void gs_boxes_plan(struct gs_boxes_plan *plan, const struct gs_boxes_view *view)
{
    *plan = (struct gs_boxes_plan){0};
    take_rows(plan, view);
    if (!fits(plan, view, GS_BOXES_ALL, SIZE_MAX) && !fits_in_part(plan, view) &&
        !fits(plan, view, GS_BOXES_SUMS, 0) && !fits(plan, view, GS_BOXES_SLIM, 0))
        scroll(plan, view);
}

void gs_boxes_plan_free(struct gs_boxes_plan *plan)
{
    gs_vec_free(&plan->processes);
    gs_vec_free(&plan->interpreters);
    gs_vec_free(&plan->lanes);
}
