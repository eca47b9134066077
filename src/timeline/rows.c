#include "timeline/rows_tree.h"

#include "timeline/names.h"
#include "timeline/owners.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_visible(const struct gs_rows_node *node)
{
    return node->row && node->shown && node->kept;
}

/* Those that the filter leaves out are counted: whose a GIL is has to be told all the same. */
static uint32_t interpreters(const struct gs_rows_tree *tree, uint32_t process)
{
    uint32_t count = 0;
    for (uint32_t id = tree->nodes[process].first_child; id; id = tree->nodes[id].next)
        count += tree->nodes[id].shown && tree->nodes[id].row->kind == GS_ACTOR_INTERPRETER;
    return count;
}

static bool is_among(const uint32_t *actors, size_t count, uint32_t actor)
{
    for (size_t i = 0; i < count; i++) {
        if (actors[i] == actor)
            return true;
    }
    return false;
}

static bool is_filtered(const struct gs_rows_tree *tree)
{
    return tree->choice && tree->choice->filter && *tree->choice->filter;
}

/* Whether helpers of this group, an actor, are shown. */
static bool is_opened(const struct gs_rows_tree *tree, uint32_t actor)
{
    const struct gs_row_choice *choice = tree->choice;
    return is_filtered(tree) ||
           (choice && (choice->helpers || is_among(choice->opened, choice->opened_count, actor)));
}

static bool is_helper(const struct gs_rows_tree *tree, uint32_t actor)
{
    return tree->nodes[actor].row->flags & GS_ACTOR_HELPER;
}

static bool is_folded(const struct gs_rows_tree *tree, uint32_t actor)
{
    const struct gs_row_choice *choice = tree->choice;
    bool helps = tree->nodes[actor].row->kind == GS_ACTOR_PROCESS && is_helper(tree, actor);
    return (helps && !is_opened(tree, actor)) ||
           (choice && is_among(choice->folded, choice->folded_count, actor));
}

/* It has failed, or stands still with the others. */
static bool is_what_it_is_about(const struct gs_rows_tree *tree, uint32_t thread)
{
    const struct gs_lane *lane = gs_timeline_lane(tree->timeline, thread);
    if (!lane || !lane->born)
        return false;
    bool waits = !lane->died && lane->spans.count > 0;
    return lane->how == GS_DEATH_ERROR || (tree->stands_still && waits);
}

static bool is_left_out(const struct gs_rows_tree *tree, uint32_t actor)
{
    uint32_t kind = tree->nodes[actor].row->kind;
    bool acts = kind == GS_ACTOR_THREAD || kind == GS_ACTOR_TASK;
    return tree->group && acts && is_helper(tree, actor) &&
           !is_opened(tree, tree->rows->list.items[tree->group - 1].actor) &&
           !is_what_it_is_about(tree, actor);
}

static bool is_pinned(const struct gs_row_choice *choice, enum gs_row_kind kind, uint32_t actor)
{
    for (size_t i = 0; choice && i < choice->pinned_count; i++)
        if (choice->pinned[i].kind == kind && choice->pinned[i].actor == actor)
            return true;
    return false;
}

/* It had ended before the time that is shown, or begins after it. */
static bool is_outside(const struct gs_rows_tree *tree, uint32_t actor)
{
    const struct gs_row_choice *choice = tree->choice;
    const struct gs_lane *lane = gs_timeline_lane(tree->timeline, actor);
    if (!choice || choice->from == choice->until || !lane || !tree->group || is_filtered(tree))
        return false;
    return lane->birth >= choice->until || (lane->died && lane->death <= choice->from);
}

static bool is_absent(const struct gs_rows_tree *tree, uint32_t actor)
{
    return tree->nodes[actor].row->kind >= GS_ACTOR_THREAD && is_outside(tree, actor) &&
           tree->choice->looked_at.actor != actor;
}

/* A GIL is there as long as its process. */
static bool is_gil_absent(const struct gs_rows_tree *tree, uint32_t actor)
{
    const struct gs_rows_node *node = &tree->nodes[actor];
    bool own = node->row->kind == GS_ACTOR_INTERPRETER && node->parent;
    return is_outside(tree, own ? node->parent : actor) && tree->choice->looked_at.actor != actor;
}

static void add_row(struct gs_rows_tree *tree, enum gs_row_kind kind, uint32_t actor,
                    unsigned depth)
{
    if (is_pinned(tree->choice, kind, actor))
        return;
    gs_vec_push(&tree->rows->list,
                ((struct gs_row){.kind = kind, .actor = actor, .depth = (uint16_t)depth}));
}

static bool is_named(const struct gs_rows_tree *tree, uint32_t lock)
{
    return !is_filtered(tree) ||
           strcasestr(gs_tables_object_name(gs_timeline_tables(tree->timeline), lock),
                      tree->choice->filter);
}

/* Below the GIL or the loop of who had them first, in the order in which they were made. */
static void add_locks(struct gs_rows_tree *tree, uint32_t home, unsigned depth)
{
    unsigned shown = 0;
    struct gs_row *group = tree->group ? &tree->rows->list.items[tree->group - 1] : NULL;
    bool all = !group || is_opened(tree, group->actor);
    for (size_t i = 0; i < tree->lock_count; i++) {
        uint32_t lock = tree->locks[i];
        if (gs_lock_home(tree->timeline, lock) != home || !is_named(tree, lock))
            continue;
        if (all || (shown < GS_ROWS_LOCKS && !tree->locks_hidden))
            add_row(tree, GS_ROW_LOCK, lock, depth);
        else
            tree->rows->list.items[tree->group - 1].locks++;
        shown++;
    }
}

static void add_children(struct gs_rows_tree *tree, uint32_t id, unsigned depth);

/* Headings are no lanes, and what is folded in there is hidden as well. */
static uint32_t lanes_from(const struct gs_rows *rows, size_t at)
{
    uint32_t count = 0;
    for (size_t i = at; i < rows->list.count; i++) {
        const struct gs_row *row = &rows->list.items[i];
        bool itself = row->kind != GS_ROW_GROUP && row->kind != GS_ROW_TASKS;
        count += itself + row->hidden + row->helpers + row->locks + row->absent;
    }
    return count;
}

/* What stands below a folded row is built and taken away again: its rows are counted that way. */
static void add_below(struct gs_rows_tree *tree, uint32_t id, unsigned depth)
{
    size_t at = tree->rows->list.count, around = tree->group;
    if (tree->rows->list.items[at - 1].kind == GS_ROW_GROUP)
        tree->group = at;
    add_children(tree, id, depth);
    tree->group = around;
    if (!is_folded(tree, id))
        return;
    struct gs_row *row = &tree->rows->list.items[at - 1];
    row->folded = true;
    row->hidden = lanes_from(tree->rows, at) + row->helpers + row->locks + row->absent;
    row->helpers = row->locks = row->absent = 0;
    tree->rows->list.count = at;
}

static void add_interpreter(struct gs_rows_tree *tree, uint32_t id, unsigned depth)
{
    const struct gs_rows_node *node = &tree->nodes[id];
    bool grouped = node->parent == 0 || interpreters(tree, node->parent) > 1;
    if (grouped) {
        add_row(tree, GS_ROW_GROUP, id, depth);
        add_below(tree, id, depth + 1);
    } else {
        add_children(tree, id, depth);
    }
}

/* Without those that only help. */
static uint32_t count_visible(const struct gs_rows_tree *tree, uint32_t id)
{
    uint32_t count = 0;
    for (uint32_t child = tree->nodes[id].first_child; child; child = tree->nodes[child].next)
        count += is_visible(&tree->nodes[child]) && !is_left_out(tree, child);
    return count;
}

/* Somebody looks at one of its tasks: what was put together to save rows must not hide it. */
static bool is_looked_into(const struct gs_rows_tree *tree, uint32_t loop)
{
    const struct gs_row_choice *choice = tree->choice;
    uint32_t usual = choice && choice->most_tasks ? choice->most_tasks : GS_ROWS_TASKS;
    uint32_t task = choice ? choice->looked_at.actor : 0;
    return tree->most_tasks < usual && task && task <= tree->count &&
           choice->looked_at.kind == GS_ROW_LANE && tree->nodes[task].parent == loop;
}

/* Whether so many tasks of the loop are one lane. */
static bool is_crowd(const struct gs_rows_tree *tree, uint32_t loop, uint32_t tasks)
{
    const struct gs_row_choice *choice = tree->choice;
    if (tasks == 0 || is_filtered(tree))
        return false;
    if (choice && is_among(choice->folded, choice->folded_count, loop))
        return true;
    return tasks > tree->most_tasks && !is_looked_into(tree, loop) &&
           !(choice && is_among(choice->opened, choice->opened_count, loop));
}

/* Its tasks stand beside it, as threads do beside their GIL. */
static void add_loop(struct gs_rows_tree *tree, uint32_t id, unsigned depth)
{
    uint32_t tasks = count_visible(tree, id);
    add_row(tree, GS_ROW_LOOP, id, depth);
    if (!is_crowd(tree, id, tasks)) {
        add_children(tree, id, depth);
        return;
    }
    add_locks(tree, id, depth);
    add_row(tree, GS_ROW_TASKS, id, depth);
    struct gs_row *row = &tree->rows->list.items[tree->rows->list.count - 1];
    row->folded = true;
    row->hidden = tasks;
}

/* The only one that is to be seen below it; 0: there are several, or none. */
static uint32_t only_child(const struct gs_rows_tree *tree, uint32_t id)
{
    uint32_t only = 0;
    for (uint32_t child = tree->nodes[id].first_child; child; child = tree->nodes[child].next) {
        if (!is_visible(&tree->nodes[child]) || is_helper(tree, child))
            continue;
        if (only)
            return 0;
        only = child;
    }
    return only;
}

/* The thread that stands for its whole process, one of those that another one started; 0: none. */
static uint32_t only_thread(const struct gs_rows_tree *tree, uint32_t process)
{
    const struct gs_row_choice *choice = tree->choice;
    bool first = process == tree->nodes[0].first_child;
    if (!tree->together || first || is_folded(tree, process) || is_filtered(tree) ||
        is_among(choice->opened, choice->opened_count, process))
        return 0;
    uint32_t interpreter = only_child(tree, process);
    uint32_t thread = interpreter ? only_child(tree, interpreter) : 0;
    bool is_thread = thread && tree->nodes[thread].row->kind == GS_ACTOR_THREAD;
    return is_thread && !tree->nodes[thread].first_child ? thread : 0;
}

/* Nothing has begun in it, not even what the filter leaves out: it is too young, or ended first. */
static bool is_idle(const struct gs_rows_tree *tree, uint32_t process)
{
    for (uint32_t child = tree->nodes[process].first_child; child; child = tree->nodes[child].next)
        if (tree->nodes[child].shown)
            return false;
    return true;
}

static void add_process(struct gs_rows_tree *tree, uint32_t id, unsigned depth)
{
    size_t at = tree->rows->list.count;
    add_row(tree, GS_ROW_GROUP, id, depth);
    if (!is_idle(tree, id))
        add_below(tree, id, depth + 1);
    else if (tree->rows->list.count > at)
        tree->rows->list.items[at].idle = true;
}

static void add_actor(struct gs_rows_tree *tree, uint32_t id, unsigned depth)
{
    uint32_t kind = tree->nodes[id].row->kind;
    uint32_t thread = kind == GS_ACTOR_PROCESS ? only_thread(tree, id) : 0;
    if (thread) {
        size_t at = tree->rows->list.count;
        add_row(tree, GS_ROW_LANE, thread, depth + 1);
        if (tree->rows->list.count > at)
            tree->rows->list.items[at].process = id;
        return;
    }
    if (kind == GS_ACTOR_INTERPRETER) {
        add_interpreter(tree, id, depth);
        return;
    }
    if (kind == GS_ACTOR_LOOP) {
        add_loop(tree, id, depth);
        return;
    }
    if (kind == GS_ACTOR_PROCESS) {
        add_process(tree, id, depth);
        return;
    }
    add_row(tree, GS_ROW_LANE, id, depth);
    add_below(tree, id, depth + 1);
}

static void add_child(struct gs_rows_tree *tree, uint32_t child, unsigned depth)
{
    if (is_left_out(tree, child))
        tree->rows->list.items[tree->group - 1].helpers++;
    else if (is_absent(tree, child))
        tree->rows->list.items[tree->group - 1].absent++;
    else
        add_actor(tree, child, depth);
}

static bool has_died(const struct gs_rows_tree *tree, uint32_t actor)
{
    const struct gs_lane *lane = gs_timeline_lane(tree->timeline, actor);
    return lane && lane->died;
}

static void add_children(struct gs_rows_tree *tree, uint32_t id, unsigned depth)
{
    const struct gs_actor_row *row = tree->nodes[id].row;
    unsigned passes = tree->choice && tree->choice->living_first ? 2 : 1;
    if (gs_actor_has_gil(row) && is_gil_absent(tree, id))
        tree->rows->list.items[tree->group - 1].absent++;
    else if (gs_actor_has_gil(row))
        add_row(tree, GS_ROW_GIL, id, depth);
    if (id)
        add_locks(tree, id, depth);
    for (unsigned pass = 0; pass < passes; pass++)
        for (uint32_t child = tree->nodes[id].first_child; child; child = tree->nodes[child].next)
            if (is_visible(&tree->nodes[child]) &&
                (passes == 1 || has_died(tree, child) == (pass == 1)))
                add_child(tree, child, depth);
}

/* Those that are there. */
static void add_pinned(struct gs_rows_tree *tree)
{
    const struct gs_row_choice *choice = tree->choice;
    for (size_t i = 0; choice && i < choice->pinned_count; i++) {
        struct gs_row_name name = choice->pinned[i];
        if (name.kind == GS_ROW_LOCK ||
            (name.actor <= tree->count && tree->nodes[name.actor].shown))
            gs_vec_push(&tree->rows->list,
                        ((struct gs_row){
                            .kind = name.kind, .actor = name.actor, .depth = 1, .pinned = true}));
    }
    tree->rows->pinned = tree->rows->list.count;
}

enum gs_state gs_row_state(const char *text)
{
    unsigned state = GS_STATE_NONE + 1;
    while (state < GS_STATES && strcasecmp(text, gs_state_word(state)) != 0)
        state++;
    return state < GS_STATES ? (enum gs_state)state : GS_STATE_NONE;
}

enum gs_row_kind gs_row_of(const struct gs_tables *tables, uint32_t actor)
{
    const struct gs_actor_row *row = tables->actor(tables, actor);
    switch (row ? (enum gs_actor_kind)row->kind : GS_ACTOR_THREAD) {
    case GS_ACTOR_PROCESS:
        return GS_ROW_GROUP;
    case GS_ACTOR_INTERPRETER:
        return GS_ROW_GIL;
    case GS_ACTOR_LOOP:
        return GS_ROW_LOOP;
    case GS_ACTOR_THREAD:
    case GS_ACTOR_TASK:
        break;
    }
    return GS_ROW_LANE;
}

static void take_rows(struct gs_rows_tree *tree)
{
    tree->rows->list.count = 0;
    add_pinned(tree);
    add_children(tree, 0, 0);
}

static bool fits_with_less_tasks(struct gs_rows_tree *tree, size_t room)
{
    uint32_t most = tree->most_tasks;
    take_rows(tree);
    while (tree->rows->list.count > room && tree->most_tasks > 1) {
        tree->most_tasks--;
        take_rows(tree);
    }
    if (tree->rows->list.count <= room)
        return true;
    tree->most_tasks = most;
    return false;
}

/* First processes of one thread become one row each, then the tasks of loops, of those that have
 * most of them first; then locks go. Where not even that is enough, tasks are left alone: who
 * scrolls may as well see them. */
static void put_together(struct gs_rows_tree *tree, size_t room)
{
    tree->together = true;
    if (fits_with_less_tasks(tree, room))
        return;
    tree->locks_hidden = true;
    if (!fits_with_less_tasks(tree, room))
        take_rows(tree);
}

static void take_locks(struct gs_rows_tree *tree)
{
    if (tree->choice && tree->choice->locks)
        tree->locks = gs_program_locks(tree->timeline, &tree->lock_count);
}

void gs_rows_build(struct gs_rows *rows, const struct gs_timeline *timeline,
                   const struct gs_row_choice *choice)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    struct gs_rows_tree tree = {.timeline = timeline,
                                .choice = choice,
                                .count = tables->actors(tables),
                                .most_tasks = GS_ROWS_TASKS,
                                .rows = rows};
    struct gs_points standstills = gs_timeline_points(timeline, GS_EVENT_DEADLOCK);
    tree.stands_still = standstills.list.count > 0;
    tree.state = choice && choice->filter ? gs_row_state(choice->filter) : GS_STATE_NONE;
    gs_vec_free(&standstills.list);
    if (choice && choice->most_tasks)
        tree.most_tasks = choice->most_tasks;
    take_locks(&tree);
    gs_rows_tree_grow(&tree);
    take_rows(&tree);
    rows->apart = rows->list.count;
    if (choice && choice->room && rows->list.count > choice->room)
        put_together(&tree, choice->room);
    free(tree.nodes);
    free(tree.locks);
}

void gs_rows_free(struct gs_rows *rows)
{
    gs_vec_free(&rows->list);
}

const char *gs_row_title(char *buffer, size_t size, const struct gs_timeline *timeline,
                         const struct gs_row *row)
{
    if (row->kind == GS_ROW_GIL)
        snprintf(buffer, size, "GIL"); /* of several interpreters: each has its group */
    else if (row->kind == GS_ROW_LOCK)
        gs_name_object(buffer, size, timeline, row->actor);
    else if (row->process)
        gs_name_inside(buffer, size, timeline, row->process);
    else if (row->kind == GS_ROW_TASKS)
        snprintf(buffer, size, "%u task%s", row->hidden, row->hidden == 1 ? "" : "s");
    else
        gs_name_inside(buffer, size, timeline, row->actor);
    return buffer;
}
