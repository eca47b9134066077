/* The lanes view: what the keys do in the lanes and their panes. */
#include "tui/views/lanes_draw.h"
#include "tui/views/lanes_mouse.h"

#include "timeline/explain/explain.h"
#include "timeline/messages.h"
#include "tui/export.h"
#include "tui/look/cursor.h"
#include "tui/look/folds.h"
#include "tui/look/play.h"
#include "tui/look/range.h"
#include "tui/look/search.h"
#include "tui/look/steps.h"
#include "tui/look/trail.h"
#include "tui/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void up(struct gs_ui *ui, void *state)
{
    move_row(ui, state, -1);
}

static void down(struct gs_ui *ui, void *state)
{
    move_row(ui, state, 1);
}

static int page(const struct gs_lanes_state *l)
{
    return l->visible_rows > 1 ? l->visible_rows : 1;
}

static void page_up(struct gs_ui *ui, void *state)
{
    move_row(ui, state, -page(state));
}

static void page_down(struct gs_ui *ui, void *state)
{
    move_row(ui, state, page(state));
}

static uint64_t column_ns(const struct gs_ui *ui, const struct gs_lanes_state *l)
{
    uint64_t columns = l->columns > 0 ? (uint64_t)l->columns : 1;
    uint64_t ns = ui->look.window.span / columns;
    return ns ? ns : 1;
}

static void left(struct gs_ui *ui, void *state)
{
    if (gs_fold_by_arrow(&ui->look, true))
        return;
    uint64_t step = column_ns(ui, state), cursor = ui->look.cursor;
    gs_cursor_set(&ui->look, cursor > step ? cursor - step : 0);
}

static void right(struct gs_ui *ui, void *state)
{
    if (!gs_fold_by_arrow(&ui->look, false))
        gs_cursor_set(&ui->look, ui->look.cursor + column_ns(ui, state));
}

/* The message that the lane sent or received in the cursor's column: to its other end. */
static bool follow_message(struct gs_look *look, uint32_t actor, uint64_t column)
{
    const struct gs_timeline *timeline = look->run.timeline;
    struct gs_event e;
    if (!gs_timeline_find_message(timeline, actor, look->cursor, look->cursor + column, &e))
        return false;
    const struct gs_message *message =
        gs_timeline_message(timeline, gs_event_through(&e), gs_event_number(&e));
    bool sent = e.flags & 1;
    uint32_t other = message ? (sent ? message->to : message->from) : 0;
    uint64_t time = sent ? message->received : message->sent;
    if (other)
        gs_trail_go(look, (struct gs_row_name){GS_ROW_LANE, other}, time);
    return other != 0;
}

static enum gs_row_kind row_of(const struct gs_look *look, uint32_t actor)
{
    return gs_row_of(gs_timeline_tables(look->run.timeline), actor);
}

/* To who has the lock, where he took it. */
static bool follow_lock(struct gs_look *look, uint32_t lock)
{
    const struct gs_timeline *timeline = look->run.timeline;
    struct gs_claim claim;
    if (!gs_timeline_claims(timeline, lock, look->cursor, &claim, 1))
        return false;
    gs_trail_go(look, (struct gs_row_name){row_of(look, claim.owner), claim.owner}, claim.start);
    return true;
}

static void enter(struct gs_ui *ui, void *state)
{
    struct gs_look *look = &ui->look;
    const struct gs_row *row = gs_cursor_selected(look);
    uint32_t actor;
    uint64_t time;
    if (!row)
        return;
    if (row->kind == GS_ROW_GROUP || row->kind == GS_ROW_TASKS)
        gs_fold_toggle(look);
    else if (row->kind == GS_ROW_LANE && follow_message(look, row->actor, column_ns(ui, state)))
        return;
    else if (row->kind == GS_ROW_LOCK) {
        if (!follow_lock(look, row->actor))
            gs_notice_say(&ui->notice, "Nobody holds it here.");
    } else if (gs_explain_cause(look->run.timeline, row->actor, look->cursor, &actor, &time))
        gs_trail_go(look, (struct gs_row_name){row_of(look, actor), actor}, time);
    else
        gs_notice_say(&ui->notice, "Nobody else caused this.");
}

static void come_back(struct gs_ui *ui, void *state)
{
    (void)state;
    if (!gs_trail_back(&ui->look))
        gs_notice_say(&ui->notice, "Enter has led nowhere yet.");
}

static void fold(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_fold_toggle(&ui->look);
}

static void pin(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_fold_pin(&ui->look);
}

static void absent(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_fold_absent(&ui->look);
}

static void rules(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_ui_show(ui, GS_VIEW_RULES);
}

static void toggle_pause(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_play_toggle(&ui->look);
}

static void pause_at_marks(struct gs_ui *ui, void *state)
{
    const char *says = "Pauses at each mark that is to come.";
    (void)state;
    ui->look.run.pauses_at_marks = ui->pauses_at_marks = !ui->pauses_at_marks;
    if (!ui->pauses_at_marks)
        says = "Marks pause no more.";
    else if (gs_run_at_end(&ui->look.run))
        says = "The run is over: it pauses at each mark when it is played again.";
    gs_notice_say(&ui->notice, "%s", says);
}

static void to_playhead(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_cursor_follow(&ui->look);
}

static void change_speed(struct gs_ui *ui, int steps)
{
    struct gs_run *run = &ui->look.run;
    gs_run_change_speed(run, steps);
    gs_notice_say(&ui->notice, "Plays at %g× the clock's speed.", run->playback.speed);
}

static void slower(struct gs_ui *ui, void *state)
{
    (void)state;
    change_speed(ui, -1);
}

static void faster(struct gs_ui *ui, void *state)
{
    (void)state;
    change_speed(ui, 1);
}

static void rerun(struct gs_ui *ui, void *state)
{
    struct gs_order order = ui->order;
    (void)state;
    gs_ui_start(ui, &order, ui->look.run.pace);
}

static void start(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    if (in_pane(l))
        l->panes.scroll[l->panes.focus] = 0;
    else
        gs_cursor_set(&ui->look, 0);
}

static void live(struct gs_ui *ui, void *state)
{
    if (in_pane(state))
        scroll_pane(state, 1 << 20);
    else
        gs_play_live(&ui->look);
}

static void zoom_in(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_window_zoom(&ui->look.window, 1, ui->look.cursor);
}

static void zoom_out(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_window_zoom(&ui->look.window, -1, ui->look.cursor);
}

static void fit(struct gs_ui *ui, void *state)
{
    (void)state;
    ui->look.window.fitted = true;
    gs_window_fit(&ui->look.window, ui->look.run.playback.now);
}

static void compare(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_COMPARE, "");
}

static void record(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_record_ask(ui);
}

static void export(struct gs_ui *ui, void *state)
{
    gs_export_ask(ui, ((struct gs_lanes_state *)state)->boxes);
}

static void filter(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_FILTER, ui->look.filter);
}

static void search(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_SEARCH, "");
}

static void next_hit(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_search_go(&ui->look, 1);
}

static void previous_hit(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_search_go(&ui->look, -1);
}

/* The other picture of the same run, at the cursor. */
static void boxes(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    (void)ui;
    l->boxes = !l->boxes;
}

static void taller(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    l->tall = (l->tall + 1) % (GS_LANES_TALLEST + 1);
    if (l->tall)
        gs_notice_say(&ui->notice, "A lane takes %d line%s.", l->tall, l->tall == 1 ? "" : "s");
    else
        gs_notice_say(&ui->notice, "A lane takes as many lines as there is room for.");
}

static void next_pane(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    if (!gs_panes_next(&l->panes, &ui->canvas))
        gs_notice_say(&ui->notice, "No pane is open: s, t, u or e opens one.");
}

void gs_lanes_show_range(struct gs_ui *ui, struct gs_lanes_state *l)
{
    if (ui->look.range.state != GS_RANGE_CHOSEN || l->panes.extra == GS_PANE_STATS)
        return;
    gs_panes_toggle(&l->panes, GS_PANE_STATS, &ui->canvas);
    l->range_opened = true;
}

static void range(struct gs_ui *ui, void *state)
{
    gs_range_mark(&ui->look);
    gs_lanes_show_range(ui, state);
}

/* Its pane goes with it, if it came with it. */
static bool forget_range(struct gs_ui *ui, struct gs_lanes_state *l)
{
    if (!gs_range_forget(&ui->look))
        return false;
    if (l->range_opened && l->panes.extra == GS_PANE_STATS)
        gs_panes_toggle(&l->panes, GS_PANE_STATS, &ui->canvas);
    l->range_opened = false;
    return true;
}

static void set_filter(struct gs_look *look, const char *text)
{
    snprintf(look->filter, sizeof look->filter, "%s", text);
    gs_cursor_build_rows(look);
}

/* One thing at a time, the last opened first. */
static void back(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    if (gs_step_stop(&ui->look) || forget_range(ui, l))
        return;
    if (*ui->look.filter)
        set_filter(&ui->look, "");
    else if (gs_panes_back(&l->panes))
        return;
    else if (ui->conf->choose)
        gs_ui_leave(ui);
    else
        gs_notice_say(&ui->notice, "q quits.");
}

static void answered(struct gs_ui *ui, void *state, enum gs_prompt_purpose purpose,
                     enum gs_prompt_answer answer)
{
    (void)state;
    if (purpose == GS_PROMPT_FORMAT || purpose == GS_PROMPT_EXPORT)
        gs_export_answer(ui, purpose, answer);
    if (purpose == GS_PROMPT_FILTER && answer != GS_PROMPT_GOES_ON)
        set_filter(&ui->look, answer == GS_PROMPT_LEFT ? "" : ui->prompt.text);
    if (purpose == GS_PROMPT_SEARCH && answer == GS_PROMPT_ENTERED)
        gs_search_start(&ui->look, ui->prompt.text);
    if (purpose == GS_PROMPT_COMPARE && answer == GS_PROMPT_ENTERED &&
        !gs_ui_compare_typed(ui, ui->prompt.text))
        gs_prompt_again(&ui->prompt, purpose);
    if (purpose == GS_PROMPT_RECORD && answer == GS_PROMPT_ENTERED &&
        !gs_record_into(ui, ui->prompt.text))
        gs_prompt_again(&ui->prompt, purpose);
}

#define STEP(name, action)                                                                         \
    static void name(struct gs_ui *ui, void *state)                                                \
    {                                                                                              \
        (void)state;                                                                               \
        gs_step_take(&ui->look, action);                                                           \
    }
STEP(next_event, GS_ACTION_NEXT_EVENT)
STEP(previous_event, GS_ACTION_PREVIOUS_EVENT)
STEP(next_handoff, GS_ACTION_NEXT_HANDOFF)
STEP(previous_handoff, GS_ACTION_PREVIOUS_HANDOFF)
STEP(next_mark, GS_ACTION_NEXT_MARK)
STEP(previous_mark, GS_ACTION_PREVIOUS_MARK)

#define GS_PANE(name, ops, action)                                                                 \
    static void toggle_##name(struct gs_ui *ui, void *state)                                       \
    {                                                                                              \
        gs_panes_toggle(&((struct gs_lanes_state *)state)->panes, GS_PANE_##name, &ui->canvas);    \
    }
#include "tui/panes/panes.def"
#undef GS_PANE

/* The same panes stay open, and the same picture. */
static void begin(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    gs_overview_free(&l->whole);
    gs_kept_free(&l->kept);
    *l = (struct gs_lanes_state){.panes = l->panes, .boxes = l->boxes, .tall = l->tall};
    gs_panes_begin(&l->panes, &ui->look);
}

static void resized(struct gs_ui *ui, void *state)
{
    (void)ui;
    gs_panes_resized(&((struct gs_lanes_state *)state)->panes);
}

static void forget(void *state)
{
    struct gs_lanes_state *l = state;
    gs_overview_free(&l->whole);
    gs_kept_free(&l->kept);
    gs_panes_free(&l->panes);
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_PAUSE] = toggle_pause,
    [GS_ACTION_PAUSE_AT_MARKS] = pause_at_marks,
    [GS_ACTION_SLOWER] = slower,
    [GS_ACTION_FASTER] = faster,
    [GS_ACTION_RERUN] = rerun,
    [GS_ACTION_RULES] = rules,
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
    [GS_ACTION_RETURN] = come_back,
    [GS_ACTION_PLAYHEAD] = to_playhead,
    [GS_ACTION_START] = start,
    [GS_ACTION_LIVE] = live,
    [GS_ACTION_ZOOM_IN] = zoom_in,
    [GS_ACTION_ZOOM_OUT] = zoom_out,
    [GS_ACTION_FIT] = fit,
    [GS_ACTION_RANGE] = range,
    [GS_ACTION_FOLD] = fold,
    [GS_ACTION_ABSENT] = absent,
    [GS_ACTION_PIN] = pin,
    [GS_ACTION_BOXES] = boxes,
    [GS_ACTION_TALL] = taller,
    [GS_ACTION_FILTER] = filter,
    [GS_ACTION_RECORD] = record,
    [GS_ACTION_EXPORT] = export,
    [GS_ACTION_COMPARE] = compare,
    [GS_ACTION_SEARCH] = search,
    [GS_ACTION_NEXT_HIT] = next_hit,
    [GS_ACTION_PREVIOUS_HIT] = previous_hit,
    [GS_ACTION_NEXT_PANE] = next_pane,
    [GS_ACTION_MOUSE] = gs_ui_toggle_mouse,
    [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_BACK] = back,
    [GS_ACTION_QUIT] = gs_ui_quit,
#define GS_PANE(name, ops, action) [action] = toggle_##name,
#include "tui/panes/panes.def"
#undef GS_PANE
};

const struct gs_view_ops gs_lanes_view = {.size = sizeof(struct gs_lanes_state),
                                          .draw = gs_lanes_view_draw,
                                          .begin = begin,
                                          .resized = resized,
                                          .answered = answered,
                                          .pointed = gs_lanes_pointed,
                                          .forget = forget,
                                          .acts = acts};
