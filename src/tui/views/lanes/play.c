/* The keys that play the run, and those that run it again. */
#include "tui/views/lanes/acts.h"

#include "tui/look/play.h"

void gs_lanes_act_toggle_pause(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_play_toggle(&ui->look);
}

void gs_lanes_act_pause_at_marks(struct gs_ui *ui, void *state)
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

static void change_speed(struct gs_ui *ui, int steps)
{
    struct gs_run *run = &ui->look.run;
    gs_run_change_speed(run, steps);
    gs_notice_say(&ui->notice, "Plays at %g× the clock's speed.", run->playback.speed);
}

void gs_lanes_act_slower(struct gs_ui *ui, void *state)
{
    (void)state;
    change_speed(ui, -1);
}

void gs_lanes_act_faster(struct gs_ui *ui, void *state)
{
    (void)state;
    change_speed(ui, 1);
}

void gs_lanes_act_rerun(struct gs_ui *ui, void *state)
{
    struct gs_order order = ui->order;
    (void)state;
    gs_ui_start(ui, &order, ui->look.run.pace);
}

void gs_lanes_act_rules(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_ui_show(ui, GS_VIEW_RULES);
}
