/* The keys that move the cursor, the window and what a pane shows. */
#include "tui/views/lanes/acts.h"

#include "tui/look/cursor.h"
#include "tui/look/folds.h"
#include "tui/look/play.h"
#include "tui/look/steps.h"

static bool in_pane(const struct gs_lanes_state *l)
{
    return l->panes.focus != GS_PANE_LANES;
}

static void scroll_pane(struct gs_lanes_state *l, int lines)
{
    l->panes.scroll[l->panes.focus] += lines;
}

static void move_row(struct gs_ui *ui, struct gs_lanes_state *l, long rows)
{
    if (in_pane(l)) {
        scroll_pane(l, (int)rows);
        return;
    }
    ui->look.selected_by_user = true;
    gs_cursor_select(&ui->look, gs_cursor_row(&ui->look) + rows);
}

void gs_lanes_act_up(struct gs_ui *ui, void *state)
{
    move_row(ui, state, -1);
}

void gs_lanes_act_down(struct gs_ui *ui, void *state)
{
    move_row(ui, state, 1);
}

static int page(const struct gs_lanes_state *l)
{
    return l->visible_rows > 1 ? l->visible_rows : 1;
}

void gs_lanes_act_page_up(struct gs_ui *ui, void *state)
{
    move_row(ui, state, -page(state));
}

void gs_lanes_act_page_down(struct gs_ui *ui, void *state)
{
    move_row(ui, state, page(state));
}

uint64_t gs_lanes_column_ns(const struct gs_ui *ui, const struct gs_lanes_state *l)
{
    uint64_t columns = l->columns > 0 ? (uint64_t)l->columns : 1;
    uint64_t ns = ui->look.window.span / columns;
    return ns ? ns : 1;
}

void gs_lanes_act_left(struct gs_ui *ui, void *state)
{
    if (gs_fold_by_arrow(&ui->look, true))
        return;
    uint64_t step = gs_lanes_column_ns(ui, state), cursor = ui->look.cursor;
    gs_cursor_set(&ui->look, cursor > step ? cursor - step : 0);
}

void gs_lanes_act_right(struct gs_ui *ui, void *state)
{
    if (!gs_fold_by_arrow(&ui->look, false))
        gs_cursor_set(&ui->look, ui->look.cursor + gs_lanes_column_ns(ui, state));
}

void gs_lanes_act_to_playhead(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_cursor_follow(&ui->look);
}

void gs_lanes_act_start(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    if (in_pane(l))
        l->panes.scroll[l->panes.focus] = 0;
    else
        gs_cursor_set(&ui->look, 0);
}

void gs_lanes_act_live(struct gs_ui *ui, void *state)
{
    if (in_pane(state))
        scroll_pane(state, 1 << 20);
    else
        gs_play_live(&ui->look);
}

void gs_lanes_act_zoom_in(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_window_zoom(&ui->look.window, 1, ui->look.cursor);
}

void gs_lanes_act_zoom_out(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_window_zoom(&ui->look.window, -1, ui->look.cursor);
}

void gs_lanes_act_fit(struct gs_ui *ui, void *state)
{
    (void)state;
    ui->look.window.fitted = true;
    gs_window_fit(&ui->look.window, ui->look.run.playback.now);
}

#define GS_STEP(name, action, back, find, what)                                                    \
    void gs_lanes_act_##name(struct gs_ui *ui, void *state)                                        \
    {                                                                                              \
        (void)state;                                                                               \
        gs_step_take(&ui->look, action);                                                           \
    }
#include "tui/look/steps.def"
#undef GS_STEP
