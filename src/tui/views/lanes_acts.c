/* What the keys do in the lanes and their panes. */
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

static bool in_pane(const struct gs_ui *ui)
{
    return ui->focus != GS_PANE_LANES;
}

static void scroll_pane(struct gs_ui *ui, int lines)
{
    int *at = &ui->pane_line[ui->focus];
    *at += lines;
}

static void move_row(struct gs_ui *ui, long rows)
{
    if (in_pane(ui)) {
        scroll_pane(ui, (int)rows);
        return;
    }
    ui->lanes.selected_by_user = true;
    gs_cursor_select(ui, gs_cursor_row(ui) + rows);
}

static void up(struct gs_ui *ui)
{
    move_row(ui, -1);
}

static void down(struct gs_ui *ui)
{
    move_row(ui, 1);
}

static void page_up(struct gs_ui *ui)
{
    move_row(ui, -(ui->lanes.visible_rows > 1 ? ui->lanes.visible_rows : 1));
}

static void page_down(struct gs_ui *ui)
{
    move_row(ui, ui->lanes.visible_rows > 1 ? ui->lanes.visible_rows : 1);
}

static uint64_t column_ns(const struct gs_ui *ui)
{
    uint64_t columns = ui->lanes.columns > 0 ? (uint64_t)ui->lanes.columns : 1;
    uint64_t ns = ui->lanes.window.span / columns;
    return ns ? ns : 1;
}

static void left(struct gs_ui *ui)
{
    if (gs_fold_by_arrow(ui, true))
        return;
    uint64_t step = column_ns(ui), cursor = ui->lanes.cursor;
    gs_cursor_set(ui, cursor > step ? cursor - step : 0);
}

static void right(struct gs_ui *ui)
{
    if (!gs_fold_by_arrow(ui, false))
        gs_cursor_set(ui, ui->lanes.cursor + column_ns(ui));
}

static void enter(struct gs_ui *ui)
{
    const struct gs_row *row = gs_cursor_selected(ui);
    uint32_t actor;
    uint64_t time;
    if (!row)
        return;
    if (row->kind == GS_ROW_GROUP)
        gs_fold_toggle(ui);
    else if (gs_explain_cause(ui->run.timeline, row->actor, ui->lanes.cursor, &actor, &time))
        gs_cursor_go(ui, (struct gs_row_name){GS_ROW_LANE, actor}, time);
    else
        gs_ui_notice(ui, "Nobody else caused this.");
}

/* At the end there is nothing to pause: there Space plays again, from the cursor or the start. */
static void toggle_pause(struct gs_ui *ui)
{
    struct gs_run *run = &ui->run;
    if (!gs_run_over(run)) {
        run->playback.paused = !run->playback.paused;
        ui->lanes.stepping = GS_ACTION_NONE;
        run->ahead = 0;
        return;
    }
    uint64_t from = ui->lanes.cursor < gs_run_live(run) ? ui->lanes.cursor : 0;
    gs_run_seek(run, from);
    run->playback.paused = false;
    gs_cursor_follow(ui);
}

static void change_speed(struct gs_ui *ui, int steps)
{
    gs_playback_change_speed(&ui->run.playback, steps);
    ui->run.at_live = false;
    gs_ui_notice(ui, "Plays at %g× the clock's speed.", ui->run.playback.speed);
}

static void slower(struct gs_ui *ui)
{
    change_speed(ui, -1);
}

static void faster(struct gs_ui *ui)
{
    change_speed(ui, 1);
}

static void rerun(struct gs_ui *ui)
{
    struct gs_order order = ui->order;
    gs_ui_start(ui, &order, ui->run.playback.speed);
}

static void start(struct gs_ui *ui)
{
    if (in_pane(ui))
        ui->pane_line[ui->focus] = 0;
    else
        gs_cursor_set(ui, 0);
}

static void live(struct gs_ui *ui)
{
    if (in_pane(ui)) {
        scroll_pane(ui, 1 << 20);
        return;
    }
    gs_run_to_live(&ui->run);
    gs_cursor_follow(ui);
}

static void zoom_in(struct gs_ui *ui)
{
    gs_window_zoom(&ui->lanes.window, 1, ui->lanes.cursor);
}

static void zoom_out(struct gs_ui *ui)
{
    gs_window_zoom(&ui->lanes.window, -1, ui->lanes.cursor);
}

static void fit(struct gs_ui *ui)
{
    ui->lanes.window.fitted = true;
    gs_window_fit(&ui->lanes.window, ui->run.playback.now);
}

static void filter(struct gs_ui *ui)
{
    gs_prompt_open(&ui->prompt, GS_PROMPT_FILTER, ui->filter);
}

static void search(struct gs_ui *ui)
{
    gs_prompt_open(&ui->prompt, GS_PROMPT_SEARCH, "");
}

static void next_hit(struct gs_ui *ui)
{
    gs_search_go(ui, 1);
}

static void previous_hit(struct gs_ui *ui)
{
    gs_search_go(ui, -1);
}

static void to_chooser(struct gs_ui *ui)
{
    ui->status = gs_run_status(&ui->run);
    gs_run_stop(&ui->run);
    ui->place = GS_PLACE_CHOOSER;
}

/* One thing at a time, the last opened first. */
static void back(struct gs_ui *ui)
{
    if (*ui->filter) {
        ui->filter[0] = '\0';
        gs_cursor_build_rows(ui);
    } else if (in_pane(ui)) {
        ui->focus = GS_PANE_LANES;
    } else if (ui->extra != GS_PANE_LANES) {
        ui->extra = GS_PANE_LANES;
    } else if (ui->source_wish > 0) {
        ui->source_wish = -1;
    } else if (ui->conf->choose) {
        to_chooser(ui);
    } else {
        gs_ui_notice(ui, "q quits.");
    }
}

#define STEP(name, action)                                                                         \
    static void name(struct gs_ui *ui)                                                             \
    {                                                                                              \
        gs_step_take(ui, action);                                                                  \
    }
STEP(next_event, GS_ACTION_NEXT_EVENT)
STEP(previous_event, GS_ACTION_PREVIOUS_EVENT)
STEP(next_handoff, GS_ACTION_NEXT_HANDOFF)
STEP(previous_handoff, GS_ACTION_PREVIOUS_HANDOFF)
STEP(next_mark, GS_ACTION_NEXT_MARK)
STEP(previous_mark, GS_ACTION_PREVIOUS_MARK)

gs_ui_act *const gs_lanes_acts[GS_ACTIONS] = {
    [GS_ACTION_PAUSE] = toggle_pause,
    [GS_ACTION_SLOWER] = slower,
    [GS_ACTION_FASTER] = faster,
    [GS_ACTION_RERUN] = rerun,
    [GS_ACTION_LEFT] = left,
    [GS_ACTION_RIGHT] = right,
    [GS_ACTION_UP] = up,
    [GS_ACTION_DOWN] = down,
    [GS_ACTION_PAGE_UP] = page_up,
    [GS_ACTION_PAGE_DOWN] = page_down,
    [GS_ACTION_NEXT_EVENT] = next_event,
    [GS_ACTION_PREVIOUS_EVENT] = previous_event,
    [GS_ACTION_NEXT_HANDOFF] = next_handoff,
    [GS_ACTION_PREVIOUS_HANDOFF] = previous_handoff,
    [GS_ACTION_NEXT_MARK] = next_mark,
    [GS_ACTION_PREVIOUS_MARK] = previous_mark,
    [GS_ACTION_ENTER] = enter,
    [GS_ACTION_START] = start,
    [GS_ACTION_LIVE] = live,
    [GS_ACTION_ZOOM_IN] = zoom_in,
    [GS_ACTION_ZOOM_OUT] = zoom_out,
    [GS_ACTION_FIT] = fit,
    [GS_ACTION_FOLD] = gs_fold_toggle,
    [GS_ACTION_FILTER] = filter,
    [GS_ACTION_SEARCH] = search,
    [GS_ACTION_NEXT_HIT] = next_hit,
    [GS_ACTION_PREVIOUS_HIT] = previous_hit,
    [GS_ACTION_SOURCE] = gs_panes_source,
    [GS_ACTION_STATS] = gs_panes_stats,
    [GS_ACTION_EVENTS] = gs_panes_events,
    [GS_ACTION_NEXT_PANE] = gs_panes_next,
    [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_BACK] = back,
    [GS_ACTION_QUIT] = gs_ui_quit,
};
