/* The lanes as they are presented: large, with a caption, and two keys, which a presenter's remote
 * control has as well. */
#include "tui/views/lanes/draw.h"

#include "tui/look/cursor.h"
#include "tui/look/play.h"

static void draw(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_lanes_view_draw(ui, ui->states[GS_VIEW_LANES]);
}

/* Who is in a hurry does not wait for the picture. */
static void forward(struct gs_ui *ui, void *state)
{
    struct gs_run *run = &ui->look.run;
    (void)state;
    if (gs_run_over(run))
        run->playback.paused = false; /* how it ended may be told */
    else if (run->playback.paused)
        gs_play_toggle(&ui->look);
    else
        gs_run_hurry(run);
}

static void backward(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_run_back(&ui->look.run);
    gs_cursor_follow(&ui->look);
}

static void leave(struct gs_ui *ui, void *state)
{
    (void)state;
    ui->presents = false;
    gs_ui_show(ui, GS_VIEW_LANES);
}

static void pointed(struct gs_ui *ui, void *state, const struct gs_pointer *pointer)
{
    if (pointer->act == GS_POINTER_PRESS)
        forward(ui, state);
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_FORWARD] = forward, [GS_ACTION_BACKWARD] = backward, [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_BACK] = leave,      [GS_ACTION_QUIT] = gs_ui_quit,
};

const struct gs_view_ops gs_present_view = {
    .size = 1,
    .draw = draw,
    .pointed = pointed,
    .acts = acts,
    .elsewhere = "Esc leaves the presentation, then this key works; ? has those that work here."};
