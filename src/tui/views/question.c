/* A question of the program's: the lanes as they stand at it, and in place of the words below them
 * its answers. */
#include "tui/views/lanes/draw.h"

#include "tui/look/asking.h"
#include "tui/look/cursor.h"

static void draw(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_lanes_view_draw(ui, ui->states[GS_VIEW_LANES]);
}

static void leave(struct gs_ui *ui)
{
    gs_ui_show(ui, ui->presents ? GS_VIEW_PRESENT : GS_VIEW_LANES);
}

static void take(struct gs_ui *ui, unsigned answer)
{
    struct gs_question question;
    if (gs_asking_answer(&ui->look, answer))
        leave(ui);
    else if (gs_asking(&ui->look, &question))
        gs_notice_say(&ui->notice, "There are %u answers, 1 to %u.", question.count,
                      question.count);
}

static void by_number(struct gs_ui *ui, void *state)
{
    (void)state;
    take(ui, ui->key - '1');
}

static void take_selected(struct gs_ui *ui, void *state)
{
    (void)state;
    take(ui, ui->look.answer);
}

static void up(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_asking_select(&ui->look, -1);
}

static void down(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_asking_select(&ui->look, 1);
}

static void skip(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_asking_skip(&ui->look);
    leave(ui);
}

static void backward(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_run_back(&ui->look.run);
    gs_cursor_follow(&ui->look);
    leave(ui);
}

static void pointed(struct gs_ui *ui, void *state, const struct gs_pointer *pointer)
{
    const struct gs_lanes_state *l = ui->states[GS_VIEW_LANES];
    (void)state;
    if (pointer->act == GS_POINTER_PRESS && l->answers_y >= 0 && pointer->y >= l->answers_y)
        take(ui, (unsigned)(pointer->y - l->answers_y));
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_NUMBER] = by_number,
    [GS_ACTION_ANSWER] = take_selected,
    [GS_ACTION_UP] = up,
    [GS_ACTION_DOWN] = down,
    [GS_ACTION_FORWARD] = skip,
    [GS_ACTION_BACKWARD] = backward,
    [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_QUIT] = gs_ui_quit,
};

const struct gs_view_ops gs_question_view = {
    .size = 1,
    .draw = draw,
    .pointed = pointed,
    .dead =
        "That key does nothing here. A number or Enter answers, Up and Down choose, Space goes on "
        "without an answer.",
    .acts = acts};
