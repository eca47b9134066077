/* The lanes view: which key does what, and what begins and ends with a run. */
#include "tui/views/lanes/acts.h"
#include "tui/views/lanes/draw.h"
#include "tui/views/lanes/mouse.h"

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
    [GS_ACTION_PAUSE] = gs_lanes_act_toggle_pause,
    [GS_ACTION_PAUSE_AT_MARKS] = gs_lanes_act_pause_at_marks,
    [GS_ACTION_SLOWER] = gs_lanes_act_slower,
    [GS_ACTION_FASTER] = gs_lanes_act_faster,
    [GS_ACTION_RERUN] = gs_lanes_act_rerun,
    [GS_ACTION_RULES] = gs_lanes_act_rules,
    [GS_ACTION_LEFT] = gs_lanes_act_left,
    [GS_ACTION_RIGHT] = gs_lanes_act_right,
    [GS_ACTION_UP] = gs_lanes_act_up,
    [GS_ACTION_DOWN] = gs_lanes_act_down,
    [GS_ACTION_PAGE_UP] = gs_lanes_act_page_up,
    [GS_ACTION_PAGE_DOWN] = gs_lanes_act_page_down,
    [GS_ACTION_ENTER] = gs_lanes_act_enter,
    [GS_ACTION_RETURN] = gs_lanes_act_come_back,
    [GS_ACTION_PLAYHEAD] = gs_lanes_act_to_playhead,
    [GS_ACTION_START] = gs_lanes_act_start,
    [GS_ACTION_LIVE] = gs_lanes_act_live,
    [GS_ACTION_ZOOM_IN] = gs_lanes_act_zoom_in,
    [GS_ACTION_ZOOM_OUT] = gs_lanes_act_zoom_out,
    [GS_ACTION_FIT] = gs_lanes_act_fit,
    [GS_ACTION_RANGE] = gs_lanes_act_range,
    [GS_ACTION_FOLD] = gs_lanes_act_fold,
    [GS_ACTION_ABSENT] = gs_lanes_act_absent,
    [GS_ACTION_PIN] = gs_lanes_act_pin,
    [GS_ACTION_BOXES] = gs_lanes_act_boxes,
    [GS_ACTION_TALL] = gs_lanes_act_taller,
    [GS_ACTION_FILTER] = gs_lanes_act_filter,
    [GS_ACTION_RECORD] = gs_lanes_act_record,
    [GS_ACTION_EXPORT] = gs_lanes_act_export,
    [GS_ACTION_COMPARE] = gs_lanes_act_compare,
    [GS_ACTION_SEARCH] = gs_lanes_act_search,
    [GS_ACTION_NEXT_HIT] = gs_lanes_act_next_hit,
    [GS_ACTION_PREVIOUS_HIT] = gs_lanes_act_previous_hit,
    [GS_ACTION_NEXT_PANE] = gs_lanes_act_next_pane,
    [GS_ACTION_MOUSE] = gs_ui_toggle_mouse,
    [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_BACK] = gs_lanes_act_back,
    [GS_ACTION_QUIT] = gs_ui_quit,
#define GS_PANE(name, ops, action) [action] = gs_lanes_act_toggle_##name,
#include "tui/panes/panes.def"
#undef GS_PANE
#define GS_STEP(name, action, back, find, what) [action] = gs_lanes_act_##name,
#include "tui/look/steps.def"
#undef GS_STEP
};

const struct gs_view_ops gs_lanes_view = {.size = sizeof(struct gs_lanes_state),
                                          .draw = gs_lanes_view_draw,
                                          .begin = begin,
                                          .resized = resized,
                                          .answered = gs_lanes_answered,
                                          .pointed = gs_lanes_pointed,
                                          .forget = forget,
                                          .acts = acts};
