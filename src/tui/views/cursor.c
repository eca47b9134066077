/* The cursor: which row, which instant. */
#include "tui/ui.h"

#include <stdlib.h>

static bool row_is(const struct gs_row *row, struct gs_row_name name)
{
    return row->kind == name.kind && row->actor == name.actor;
}

long gs_cursor_row(const struct gs_ui *ui)
{
    for (size_t i = 0; i < ui->lanes.rows.list.count; i++)
        if (row_is(&ui->lanes.rows.list.items[i], ui->lanes.selected))
            return (long)i;
    return -1;
}

const struct gs_row *gs_cursor_selected(const struct gs_ui *ui)
{
    long index = gs_cursor_row(ui);
    return index < 0 ? NULL : &ui->lanes.rows.list.items[index];
}

void gs_cursor_select(struct gs_ui *ui, long index)
{
    long count = (long)ui->lanes.rows.list.count;
    if (count == 0)
        return;
    const struct gs_row *row = &ui->lanes.rows.list.items[index < 0        ? 0
                                                          : index >= count ? count - 1
                                                                           : index];
    ui->lanes.selected = (struct gs_row_name){row->kind, row->actor};
}

/* Until the user chooses, the GIL is what to look at; a run without one has its first lane. */
static void select_what_matters(struct gs_ui *ui)
{
    const struct gs_rows *rows = &ui->lanes.rows;
    for (int kind = GS_ROW_GIL; kind <= GS_ROW_LANE; kind++)
        for (size_t i = 0; i < rows->list.count; i++)
            if ((int)rows->list.items[i].kind == kind) {
                gs_cursor_select(ui, (long)i);
                return;
            }
    gs_cursor_select(ui, 0);
}

void gs_cursor_build_rows(struct gs_ui *ui)
{
    struct gs_lanes_state *l = &ui->lanes;
    struct gs_row_choice choice = {
        .folded = l->folded.items, .folded_count = l->folded.count, .filter = ui->filter};
    long before = gs_cursor_row(ui);
    gs_rows_build(&l->rows, ui->run.timeline, &choice);
    l->births = ui->run.births;
    l->titles_for = 0;
    if (!l->selected_by_user)
        select_what_matters(ui);
    else if (gs_cursor_row(ui) < 0)
        gs_cursor_select(ui, before);
}

void gs_cursor_set(struct gs_ui *ui, uint64_t time)
{
    struct gs_run *run = &ui->run;
    uint64_t live = gs_run_live(run);
    ui->lanes.follows = false;
    ui->lanes.cursor = time < live ? time : live;
    if (ui->lanes.cursor > run->playback.now)
        gs_run_seek(run, ui->lanes.cursor);
    run->at_live = false;
    gs_window_reveal(&ui->lanes.window, ui->lanes.cursor);
}

void gs_cursor_follow(struct gs_ui *ui)
{
    ui->lanes.follows = true;
    ui->lanes.cursor = ui->run.playback.now;
    gs_window_reveal(&ui->lanes.window, ui->lanes.cursor);
}

static long find_row(const struct gs_ui *ui, struct gs_row_name name)
{
    for (size_t i = 0; i < ui->lanes.rows.list.count; i++)
        if (row_is(&ui->lanes.rows.list.items[i], name))
            return (long)i;
    return -1;
}

void gs_cursor_go(struct gs_ui *ui, struct gs_row_name row, uint64_t time)
{
    if (find_row(ui, row) < 0) {
        gs_vec_free(&ui->lanes.folded);
        ui->filter[0] = '\0';
        gs_cursor_build_rows(ui);
    }
    long index = find_row(ui, row);
    if (index >= 0) {
        ui->lanes.selected_by_user = true;
        gs_cursor_select(ui, index);
    }
    gs_cursor_set(ui, time);
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
static uint32_t gil_of_group(const struct gs_ui *ui, size_t group)
{
    const struct gs_row *rows = ui->lanes.rows.list.items;
    if (rows[group].folded)
        return own_gil(gs_timeline_tables(ui->run.timeline), rows[group].actor);
    for (size_t i = group + 1; i < ui->lanes.rows.list.count; i++) {
        if (rows[i].depth <= rows[group].depth)
            break;
        if (rows[i].kind == GS_ROW_GIL)
            return rows[i].actor;
    }
    return 0;
}

uint32_t gs_cursor_interpreter(const struct gs_ui *ui)
{
    const struct gs_row *row = gs_cursor_selected(ui);
    if (!row)
        return 0;
    if (row->kind == GS_ROW_GIL)
        return row->actor;
    if (row->kind == GS_ROW_GROUP)
        return gil_of_group(ui, (size_t)gs_cursor_row(ui));
    const struct gs_lane *lane = gs_timeline_lane(ui->run.timeline, row->actor);
    return lane ? gs_lane_interpreter_at(lane, ui->lanes.cursor) : 0;
}
