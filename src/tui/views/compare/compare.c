/* The comparison: what the keys do where several runs stand below each other. */
#include "tui/views/compare/draw.h"

#include "tui/look/cursor.h"
#include "tui/look/folds.h"
#include "tui/look/steps.h"

#include <stdio.h>

/* The selected run as keys change it; NULL, and told so, where it has no lanes yet. */
static struct gs_look *selected(struct gs_ui *ui)
{
    struct gs_comparison *c = &ui->comparison;
    if (gs_comparison_shows(c, c->selected))
        return gs_comparison_look(c, c->selected);
    gs_notice_say(&ui->notice, "This run has no lanes yet.");
    return NULL;
}

static long rows_of(const struct gs_comparison *c, size_t run)
{
    return gs_comparison_shows(c, run) ? (long)c->runs.items[run].look->rows.list.count : 0;
}

static void select_row(struct gs_comparison *c, size_t run, long row)
{
    c->selected = run;
    if (rows_of(c, run) == 0)
        return;
    c->runs.items[run].look->selected_by_user = true;
    gs_cursor_select(c->runs.items[run].look, row);
}

/* Behind the last lane of a run comes the first one of the next. */
static void up(struct gs_ui *ui, void *state)
{
    struct gs_comparison *c = &ui->comparison;
    long row = gs_cursor_row(c->runs.items[c->selected].look);
    (void)state;
    if (row > 0)
        select_row(c, c->selected, row - 1);
    else if (c->selected > 0)
        select_row(c, c->selected - 1, rows_of(c, c->selected - 1) - 1);
}

static void down(struct gs_ui *ui, void *state)
{
    struct gs_comparison *c = &ui->comparison;
    long row = gs_cursor_row(c->runs.items[c->selected].look);
    (void)state;
    if (row + 1 < rows_of(c, c->selected))
        select_row(c, c->selected, row + 1);
    else if (c->selected + 1 < c->runs.count)
        select_row(c, c->selected + 1, 0);
}

/* Each run keeps the lane that was selected in it. */
static void next_run(struct gs_ui *ui, void *state)
{
    struct gs_comparison *c = &ui->comparison;
    (void)state;
    c->selected = (c->selected + 1) % c->runs.count;
}

static void page_down(struct gs_ui *ui, void *state)
{
    if (ui->comparison.selected + 1 < ui->comparison.runs.count)
        next_run(ui, state);
}

static void page_up(struct gs_ui *ui, void *state)
{
    (void)state;
    ui->comparison.selected -= ui->comparison.selected > 0;
}

static void race(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_comparison_race(&ui->comparison);
}

static void slower(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_comparison_change_speed(&ui->comparison, -1);
}

static void faster(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_comparison_change_speed(&ui->comparison, 1);
}

static uint64_t column_ns(const struct gs_ui *ui, const struct gs_compare_state *s)
{
    uint64_t ns = ui->comparison.window.span / (uint64_t)(s->columns > 0 ? s->columns : 1);
    return ns ? ns : 1;
}

static bool folds(struct gs_ui *ui, bool fold)
{
    struct gs_comparison *c = &ui->comparison;
    return gs_comparison_shows(c, c->selected) &&
           gs_fold_by_arrow(gs_comparison_look(c, c->selected), fold);
}

static void left(struct gs_ui *ui, void *state)
{
    uint64_t step = column_ns(ui, state), cursor = ui->comparison.cursor;
    if (!folds(ui, true))
        gs_comparison_move(&ui->comparison, cursor > step ? cursor - step : 0);
}

static void right(struct gs_ui *ui, void *state)
{
    if (!folds(ui, false))
        gs_comparison_move(&ui->comparison, ui->comparison.cursor + column_ns(ui, state));
}

static void start(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_comparison_move(&ui->comparison, 0);
}

static void end(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_comparison_move(&ui->comparison, UINT64_MAX);
}

static void zoom(struct gs_ui *ui, int steps)
{
    gs_window_zoom(&ui->comparison.window, steps, ui->comparison.cursor);
}

static void zoom_in(struct gs_ui *ui, void *state)
{
    (void)state;
    zoom(ui, 1);
}

static void zoom_out(struct gs_ui *ui, void *state)
{
    (void)state;
    zoom(ui, -1);
}

static void fit(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_comparison_fit(&ui->comparison);
}

static void fold(struct gs_ui *ui, void *state)
{
    struct gs_look *look = selected(ui);
    (void)state;
    if (look)
        gs_fold_toggle(look);
}

#define GS_STEP(name, action, back, find, what)                                                    \
    static void name(struct gs_ui *ui, void *state)                                                \
    {                                                                                              \
        struct gs_look *look = selected(ui);                                                       \
        (void)state;                                                                               \
        if (!look)                                                                                 \
            return;                                                                                \
        gs_step_take(look, action);                                                                \
        if (look->stepping != GS_ACTION_NONE)                                                      \
            gs_notice_say(&ui->notice, "This run has not come further yet.");                      \
        gs_comparison_take(&ui->comparison, look);                                                 \
    }
#include "tui/look/steps.def"
#undef GS_STEP

/* On a screen that is too low for both it takes the lanes' place, and gives it back. */
static void toggle_differences(struct gs_ui *ui, void *state)
{
    struct gs_compare_state *s = state;
    (void)ui;
    if (s->differences_shown && s->lanes_shown)
        s->place = GS_DIFFERENCES_CLOSED;
    else if (s->differences_shown)
        s->place = GS_DIFFERENCES_BELOW;
    else
        s->place = GS_DIFFERENCES_ALONE;
}

static void add_run(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_COMPARE, "");
}

static void filter(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_FILTER, ui->comparison.runs.items[0].look->filter);
}

static void answered(struct gs_ui *ui, void *state, enum gs_prompt_purpose purpose,
                     enum gs_prompt_answer answer)
{
    (void)state;
    if (purpose == GS_PROMPT_FILTER && answer != GS_PROMPT_GOES_ON)
        gs_comparison_filter(&ui->comparison, answer == GS_PROMPT_LEFT ? "" : ui->prompt.text);
    if (purpose == GS_PROMPT_COMPARE && answer == GS_PROMPT_ENTERED &&
        !gs_ui_compare_typed(ui, ui->prompt.text))
        gs_prompt_again(&ui->prompt, purpose);
}

static bool is_filtered(const struct gs_comparison *c)
{
    return *c->runs.items[0].look->filter;
}

/* One thing at a time, the last opened first. */
static void back(struct gs_ui *ui, void *state)
{
    struct gs_compare_state *s = state;
    if (gs_comparison_end_race(&ui->comparison))
        return;
    if (is_filtered(&ui->comparison))
        gs_comparison_filter(&ui->comparison, "");
    else if (!s->lanes_shown)
        s->place = GS_DIFFERENCES_BELOW;
    else if (ui->look.run.feed)
        gs_ui_leave_comparison(ui);
    else
        gs_notice_say(&ui->notice, "q quits.");
}

static void quit(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_ui_leave_comparison(ui);
}

static void forget(void *state)
{
    gs_differences_forget(&((struct gs_compare_state *)state)->differences);
}

/* Others are compared than before. */
static void shown(struct gs_ui *ui, void *state)
{
    struct gs_compare_state *s = state;
    (void)ui;
    gs_differences_forget(&s->differences);
}

static void press(struct gs_ui *ui, size_t run, const struct gs_lanes_view *view,
                  const struct gs_pointer *p)
{
    struct gs_comparison *c = &ui->comparison;
    int column = p->x - view->x - view->title_width;
    long row = gs_lanes_row_at(view, p->y);
    c->selected = run;
    if (row >= 0)
        select_row(c, run, row);
    if (column >= 0)
        gs_comparison_move(c, gs_lanes_time(view, column));
}

/* A picture of several runs has no format that others read. */
static void export_none(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_notice_say(&ui->notice, "x exports one run, and these are several: gilscope compare --print "
                               "writes them as lanes or json.");
}

/* A click moves the cursor and selects, the wheel zooms around the pointer. */
static void pointed(struct gs_ui *ui, void *state, const struct gs_pointer *p)
{
    const struct gs_compare_state *s = state;
    for (size_t i = s->first; i < s->end; i++) {
        const struct gs_lanes_view *view = &s->drawn[i];
        int column = p->x - view->x - view->title_width;
        if (p->y < view->y || p->y >= view->y + view->height)
            continue;
        if (p->act == GS_POINTER_PRESS)
            press(ui, i, view, p);
        if ((p->act == GS_POINTER_WHEEL_UP || p->act == GS_POINTER_WHEEL_DOWN) && column >= 0)
            gs_window_zoom(&ui->comparison.window, p->act == GS_POINTER_WHEEL_UP ? 1 : -1,
                           gs_lanes_time(view, column));
    }
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_RACE] = race,
    [GS_ACTION_SLOWER] = slower,
    [GS_ACTION_FASTER] = faster,
    [GS_ACTION_LEFT] = left,
    [GS_ACTION_RIGHT] = right,
    [GS_ACTION_UP] = up,
    [GS_ACTION_DOWN] = down,
    [GS_ACTION_PAGE_UP] = page_up,
    [GS_ACTION_PAGE_DOWN] = page_down,
    [GS_ACTION_NEXT_RUN] = next_run,
    [GS_ACTION_FIRST] = start,
    [GS_ACTION_LAST] = end,
    [GS_ACTION_ZOOM_IN] = zoom_in,
    [GS_ACTION_ZOOM_OUT] = zoom_out,
    [GS_ACTION_FIT] = fit,
    [GS_ACTION_FOLD] = fold,
    [GS_ACTION_ADD_RUN] = add_run,
    [GS_ACTION_FILTER] = filter,
    [GS_ACTION_EXPORT] = export_none,
    [GS_ACTION_DIFFERENCES] = toggle_differences,
    [GS_ACTION_MOUSE] = gs_ui_toggle_mouse,
    [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_BACK] = back,
    [GS_ACTION_QUIT] = quit,
#define GS_STEP(name, action, back, find, what) [action] = name,
#include "tui/look/steps.def"
#undef GS_STEP
};

const struct gs_view_ops gs_compare_view = {.size = sizeof(struct gs_compare_state),
                                            .draw = gs_compare_draw,
                                            .pointed = pointed,
                                            .shown = shown,
                                            .answered = answered,
                                            .forget = forget,
                                            .acts = acts,
                                            .elsewhere = "Not while runs are compared."};
