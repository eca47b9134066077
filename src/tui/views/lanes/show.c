/* The keys that decide what is shown: of the lanes, beside them and in their place. */
#include "tui/views/lanes/acts.h"

#include "tui/look/cursor.h"
#include "tui/look/folds.h"
#include "tui/look/range.h"
#include "tui/look/steps.h"

#include <stdio.h>

void gs_lanes_act_fold(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_fold_toggle(&ui->look);
}

void gs_lanes_act_pin(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_fold_pin(&ui->look);
}

void gs_lanes_act_absent(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_fold_absent(&ui->look);
}

/* The other picture of the same run, at the cursor. */
void gs_lanes_act_boxes(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    (void)ui;
    l->boxes = !l->boxes;
}

void gs_lanes_act_taller(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    l->tall = (l->tall + 1) % (GS_LANES_TALLEST + 1);
    if (l->tall)
        gs_notice_say(&ui->notice, "A lane takes %d line%s.", l->tall, l->tall == 1 ? "" : "s");
    else
        gs_notice_say(&ui->notice, "A lane takes as many lines as there is room for.");
}

void gs_lanes_act_next_pane(struct gs_ui *ui, void *state)
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

void gs_lanes_act_range(struct gs_ui *ui, void *state)
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

void gs_lanes_set_filter(struct gs_look *look, const char *text)
{
    snprintf(look->filter, sizeof look->filter, "%s", text);
    gs_cursor_build_rows(look);
}

/* One thing at a time, the last opened first. */
void gs_lanes_act_back(struct gs_ui *ui, void *state)
{
    struct gs_lanes_state *l = state;
    if (gs_step_stop(&ui->look) || forget_range(ui, l))
        return;
    if (*ui->look.filter)
        gs_lanes_set_filter(&ui->look, "");
    else if (gs_panes_back(&l->panes))
        return;
    else if (ui->conf->choose)
        gs_ui_leave(ui);
    else
        gs_notice_say(&ui->notice, "q quits.");
}

#define GS_PANE(name, ops, action)                                                                 \
    void gs_lanes_act_toggle_##name(struct gs_ui *ui, void *state)                                 \
    {                                                                                              \
        gs_panes_toggle(&((struct gs_lanes_state *)state)->panes, GS_PANE_##name, &ui->canvas);    \
    }
#include "tui/panes/panes.def"
#undef GS_PANE
