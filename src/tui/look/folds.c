#include "tui/look/folds.h"

#include "tui/look/cursor.h"

#include <stdlib.h>

/* How much of a group is shown: nothing but its own row, all but its helpers and most locks,
 * everything. One that is all helpers has no middle. */
enum shown { FOLDED, USUAL, ALL };

static enum shown shown_of(const struct gs_row *group)
{
    return group->folded ? FOLDED : group->helpers || group->locks ? USUAL : ALL;
}

static void take_out(uint32_t *items, size_t *count, uint32_t actor)
{
    size_t left = 0;
    for (size_t i = 0; i < *count; i++)
        if (items[i] != actor)
            items[left++] = items[i];
    *count = left;
}

static void show(struct gs_look *look, uint32_t actor, enum shown shown)
{
    take_out(look->folded.items, &look->folded.count, actor);
    take_out(look->opened.items, &look->opened.count, actor);
    if (shown == FOLDED)
        gs_vec_push(&look->folded, actor);
    if (shown == ALL)
        gs_vec_push(&look->opened, actor);
    look->selected_by_user = true;
    look->selected = (struct gs_row_name){GS_ROW_GROUP, actor};
    gs_cursor_build_rows(look);
}

static bool is_helper(const struct gs_look *look, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    return tables->actor(tables, actor)->flags & GS_ACTOR_HELPER;
}

static bool is_opened(const struct gs_look *look, uint32_t actor)
{
    for (size_t i = 0; i < look->opened.count; i++)
        if (look->opened.items[i] == actor)
            return true;
    return false;
}

static enum shown more(const struct gs_look *look, const struct gs_row *group)
{
    return group->folded && !is_helper(look, group->actor) ? USUAL : ALL;
}

static enum shown less(const struct gs_look *look, const struct gs_row *group)
{
    bool helpers = is_opened(look, group->actor) && !is_helper(look, group->actor);
    return helpers && shown_of(group) == ALL ? USUAL : FOLDED;
}

/* The group that a row stands in: the next one above with less depth. */
static const struct gs_row *group_of(const struct gs_look *look)
{
    long at = gs_cursor_row(look);
    const struct gs_row *rows = look->rows.list.items;
    if (at < 0 || rows[at].kind == GS_ROW_GROUP)
        return at < 0 ? NULL : &rows[at];
    for (long i = at; i >= 0; i--)
        if (rows[i].kind == GS_ROW_GROUP && rows[i].depth < rows[at].depth)
            return &rows[i];
    return NULL;
}

static bool has_row(const struct gs_look *look, struct gs_row_name name)
{
    for (size_t i = 0; i < look->rows.list.count; i++)
        if (look->rows.list.items[i].kind == name.kind &&
            look->rows.list.items[i].actor == name.actor)
            return true;
    return false;
}

/* The tasks of a loop: in one lane, or each in its own. */
static void toggle_tasks(struct gs_look *look, uint32_t loop)
{
    struct gs_row_name together = {GS_ROW_TASKS, loop}, itself = {GS_ROW_LOOP, loop};
    bool folds = !has_row(look, together);
    take_out(look->folded.items, &look->folded.count, loop);
    take_out(look->opened.items, &look->opened.count, loop);
    if (folds)
        gs_vec_push(&look->folded, loop);
    else
        gs_vec_push(&look->opened, loop);
    look->selected_by_user = true;
    look->selected = itself;
    gs_cursor_build_rows(look);
    if (has_row(look, together))
        look->selected = together;
}

void gs_fold_toggle(struct gs_look *look)
{
    uint32_t loop = gs_cursor_loop(look);
    if (loop && *look->filter) {
        gs_notice_say(look->notice, "With a filter every task that it leaves has a lane.");
        return;
    }
    if (loop) {
        toggle_tasks(look, loop);
        return;
    }
    const struct gs_row *row = gs_cursor_selected(look), *group = group_of(look);
    if (row && row->process) {
        show(look, row->process, ALL);
        return;
    }
    if (!group) {
        gs_notice_say(look->notice, "This lane stands in no group.");
        return;
    }
    bool open = shown_of(group) != ALL;
    show(look, group->actor, open ? more(look, group) : FOLDED);
}

bool gs_fold_by_arrow(struct gs_look *look, bool folded)
{
    const struct gs_row *row = gs_cursor_selected(look);
    enum shown end = folded ? FOLDED : ALL;
    if (!row || row->kind != GS_ROW_GROUP || shown_of(row) == end)
        return false;
    show(look, row->actor, folded ? less(look, row) : more(look, row));
    return true;
}

void gs_fold_pin(struct gs_look *look)
{
    const struct gs_row *row = gs_cursor_selected(look);
    if (!row || row->kind == GS_ROW_GROUP || row->kind == GS_ROW_TASKS) {
        gs_notice_say(look->notice, "A lane can be pinned, not a group of them.");
        return;
    }
    struct gs_row_name name = {row->kind, row->actor};
    size_t i = 0;
    while (i < look->pinned.count &&
           (look->pinned.items[i].kind != name.kind || look->pinned.items[i].actor != name.actor))
        i++;
    if (i < look->pinned.count)
        gs_vec_remove(&look->pinned, i);
    else
        gs_vec_push(&look->pinned, name);
    look->selected_by_user = true;
    gs_cursor_build_rows(look);
}

void gs_fold_absent(struct gs_look *look)
{
    look->absent_shown = !look->absent_shown;
    gs_notice_say(look->notice, look->absent_shown
                                    ? "Lanes that were not there in this window are shown, too."
                                    : "Lanes that were not there in this window are left out.");
    gs_cursor_build_rows(look);
}
