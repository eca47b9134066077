#include "tui/look/cursor.h"

#include "timeline/owners.h"

#include <stdlib.h>

static bool row_is(const struct gs_row *row, struct gs_row_name name)
{
    return row->kind == name.kind && row->actor == name.actor;
}

long gs_cursor_row(const struct gs_look *look)
{
    for (size_t i = 0; i < look->rows.list.count; i++)
        if (row_is(&look->rows.list.items[i], look->selected))
            return (long)i;
    return -1;
}

const struct gs_row *gs_cursor_selected(const struct gs_look *look)
{
    long index = gs_cursor_row(look);
    return index < 0 ? NULL : &look->rows.list.items[index];
}

void gs_cursor_select(struct gs_look *look, long index)
{
    long count = (long)look->rows.list.count;
    if (count == 0)
        return;
    const struct gs_row *row = &look->rows.list.items[index < 0        ? 0
                                                      : index >= count ? count - 1
                                                                       : index];
    look->selected = (struct gs_row_name){row->kind, row->actor};
}

/* Until the user chooses, an event loop is what to look at, else the GIL; a run without one has its
 * first lane. */
static void select_what_matters(struct gs_look *look)
{
    static const enum gs_row_kind kinds[] = {GS_ROW_LOOP, GS_ROW_GIL, GS_ROW_LANE};
    const struct gs_rows *rows = &look->rows;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < rows->list.count; i++)
            if (rows->list.items[i].kind == kinds[k]) {
                gs_cursor_select(look, (long)i);
                return;
            }
    gs_cursor_select(look, 0);
}

/* As many as fit below a process, its GIL, a thread and the loop. */
static uint32_t most_tasks(const struct gs_look *look)
{
    enum { ABOVE = 4, LEAST = 4 };
    return (uint32_t)(look->room > ABOVE + LEAST ? look->room - ABOVE : LEAST);
}

/* The time that lanes have to be there in; equal: any. A window that has all there is, and room for
 * what is to come, has all lanes. */
static void shown_time(const struct gs_look *look, uint64_t *from, uint64_t *until)
{
    const struct gs_window *w = &look->window;
    bool whole = w->from == 0 && w->span >= gs_run_live(&look->run);
    bool all = whole || look->absent_shown || look->all_rows;
    *from = all ? 0 : w->from;
    *until = all ? 0 : w->from + w->span;
}

static size_t locks_of(const struct gs_look *look)
{
    size_t count;
    gs_timeline_locks(look->run.timeline, &count);
    return count;
}

bool gs_cursor_rows_are_old(const struct gs_look *look)
{
    bool by_state = gs_row_state(look->filter) != GS_STATE_NONE;
    uint64_t from, until;
    shown_time(look, &from, &until);
    return look->built_from != from || look->built_until != until ||
           look->births != look->run.births ||
           look->homes != gs_timeline_homes(look->run.timeline) || look->room != look->built_for ||
           look->fit != look->built_to_fit || look->locks != locks_of(look) ||
           (by_state && look->cursor != look->built_at);
}

void gs_cursor_build_rows(struct gs_look *look)
{
    struct gs_row_choice choice = {.folded = look->folded.items,
                                   .folded_count = look->folded.count,
                                   .opened = look->opened.items,
                                   .opened_count = look->opened.count,
                                   .most_tasks = most_tasks(look),
                                   .room = look->all_rows ? 0 : look->fit,
                                   .locks = !look->all_rows,
                                   .pinned = look->pinned.items,
                                   .pinned_count = look->all_rows ? 0 : look->pinned.count,
                                   .time = look->cursor,
                                   .filter = look->filter};
    long before = gs_cursor_row(look);
    if (look->selected_by_user)
        choice.looked_at = look->selected;
    shown_time(look, &choice.from, &choice.until);
    gs_rows_build(&look->rows, look->run.timeline, &choice);
    choice.living_first = look->room > 0 && look->rows.list.count > (size_t)look->room;
    if (choice.living_first)
        gs_rows_build(&look->rows, look->run.timeline, &choice);
    look->built_from = choice.from;
    look->built_until = choice.until;
    look->births = look->run.births;
    look->homes = gs_timeline_homes(look->run.timeline);
    look->built_at = look->cursor;
    look->built_for = look->room;
    look->built_to_fit = look->fit;
    look->locks = locks_of(look);
    look->built++;
    if (!look->selected_by_user)
        select_what_matters(look);
    else if (gs_cursor_row(look) < 0)
        gs_cursor_select(look, before);
}

void gs_cursor_search_no_more(struct gs_look *look)
{
    look->stepping = GS_ACTION_NONE;
    look->run.ahead = 0;
}

void gs_cursor_set(struct gs_look *look, uint64_t time)
{
    struct gs_run *run = &look->run;
    uint64_t live = gs_run_live(run);
    gs_cursor_search_no_more(look);
    look->follows = false;
    look->cursor = time < live ? time : live;
    if (look->cursor > run->playback.now)
        gs_run_seek(run, look->cursor);
    run->at_live = false;
    gs_window_reveal(&look->window, look->cursor);
}

void gs_cursor_follow(struct gs_look *look)
{
    gs_cursor_search_no_more(look);
    look->follows = true;
    look->cursor = look->run.playback.now;
    gs_window_reveal(&look->window, look->cursor);
}

static long find_row(const struct gs_look *look, struct gs_row_name name)
{
    for (size_t i = 0; i < look->rows.list.count; i++)
        if (row_is(&look->rows.list.items[i], name))
            return (long)i;
    return -1;
}

/* The groups that it stands in show their helpers. */
static void open_way(struct gs_look *look, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    const struct gs_actor_row *row;
    for (uint32_t id = actor; id && (row = tables->actor(tables, id)); id = row->parent)
        if (row->kind != GS_ACTOR_THREAD)
            gs_vec_push(&look->opened, id);
}

void gs_cursor_go(struct gs_look *look, struct gs_row_name row, uint64_t time)
{
    if (find_row(look, row) < 0) {
        look->selected = row; /* it is looked at: it is there, wherever the window is */
        look->selected_by_user = true;
        gs_cursor_build_rows(look);
    }
    if (find_row(look, row) < 0 && row.kind != GS_ROW_LOCK) {
        gs_vec_free(&look->folded);
        look->filter[0] = '\0';
        open_way(look, row.actor);
        gs_cursor_build_rows(look);
    }
    long index = find_row(look, row);
    if (index >= 0) {
        look->selected_by_user = true;
        gs_cursor_select(look, index);
    }
    gs_cursor_set(look, time);
}

/* The first of a process, or the interpreter itself; 0: it has none. */
static uint32_t own_gil(const struct gs_tables *tables, uint32_t group)
{
    for (uint32_t id = group; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (row && (id == group || row->parent == group) && gs_actor_has_gil(row))
            return id;
    }
    return 0;
}

/* A group stands for what is in it: the first GIL shown there, or hidden in it. */
static uint32_t gil_of_group(const struct gs_look *look, size_t group)
{
    const struct gs_row *rows = look->rows.list.items;
    if (rows[group].folded)
        return own_gil(gs_timeline_tables(look->run.timeline), rows[group].actor);
    for (size_t i = group + 1; i < look->rows.list.count; i++) {
        if (rows[i].depth <= rows[group].depth)
            break;
        if (rows[i].kind == GS_ROW_GIL)
            return rows[i].actor;
    }
    return 0;
}

uint32_t gs_cursor_loop(const struct gs_look *look)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    const struct gs_row *row = gs_cursor_selected(look);
    const struct gs_actor_row *actor =
        row && row->kind != GS_ROW_LOCK ? tables->actor(tables, row->actor) : NULL;
    if (!actor)
        return 0;
    return actor->kind == GS_ACTOR_LOOP   ? row->actor
           : actor->kind == GS_ACTOR_TASK ? actor->parent
                                          : 0;
}

uint32_t gs_cursor_interpreter(const struct gs_look *look)
{
    const struct gs_row *row = gs_cursor_selected(look);
    if (!row)
        return 0;
    if (row->kind == GS_ROW_GIL)
        return row->actor;
    if (row->kind == GS_ROW_LOCK)
        return 0;
    if (row->kind == GS_ROW_GROUP)
        return gil_of_group(look, (size_t)gs_cursor_row(look));
    const struct gs_lane *lane = gs_timeline_lane(look->run.timeline, row->actor);
    return lane ? gs_lane_interpreter_at(lane, look->cursor) : 0;
}
