/* What the keys do in the lanes, a file for each thing that they are about; which key it is stands
 * in lanes.c. Private to this folder. */
#ifndef GS_TUI_VIEWS_LANES_ACTS_H
#define GS_TUI_VIEWS_LANES_ACTS_H

#include "tui/views/lanes/state.h"

/* go.c */
gs_view_act gs_lanes_act_up, gs_lanes_act_down, gs_lanes_act_page_up, gs_lanes_act_page_down,
    gs_lanes_act_left, gs_lanes_act_right, gs_lanes_act_to_playhead, gs_lanes_act_start,
    gs_lanes_act_live, gs_lanes_act_zoom_in, gs_lanes_act_zoom_out, gs_lanes_act_fit;
#define GS_STEP(name, action, back, find, what) gs_view_act gs_lanes_act_##name;
#include "tui/look/steps.def"
#undef GS_STEP
/* The time that a column stands for. */
uint64_t gs_lanes_column_ns(const struct gs_ui *ui, const struct gs_lanes_state *lanes);

/* cause.c */
gs_view_act gs_lanes_act_enter, gs_lanes_act_come_back;

/* play.c */
gs_view_act gs_lanes_act_toggle_pause, gs_lanes_act_pause_at_marks, gs_lanes_act_slower,
    gs_lanes_act_faster, gs_lanes_act_rerun, gs_lanes_act_rules;

/* show.c */
gs_view_act gs_lanes_act_fold, gs_lanes_act_pin, gs_lanes_act_absent, gs_lanes_act_boxes,
    gs_lanes_act_taller, gs_lanes_act_next_pane, gs_lanes_act_range, gs_lanes_act_back;
#define GS_PANE(name, ops, action) gs_view_act gs_lanes_act_toggle_##name;
#include "tui/panes/panes.def"
#undef GS_PANE
/* Opens the statistics for a range that was chosen. */
void gs_lanes_show_range(struct gs_ui *ui, struct gs_lanes_state *lanes);
/* "": all lanes are shown. */
void gs_lanes_set_filter(struct gs_look *look, const char *text);

/* ask.c */
gs_view_act gs_lanes_act_compare, gs_lanes_act_record, gs_lanes_act_export, gs_lanes_act_filter,
    gs_lanes_act_search, gs_lanes_act_next_hit, gs_lanes_act_previous_hit;
void gs_lanes_answered(struct gs_ui *ui, void *state, enum gs_prompt_purpose purpose,
                       enum gs_prompt_answer answer);

#endif
