#include "support/ui_case.h"

#include "tui/term/input.h"
#include "tui/views/views.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct gs_ui *ui_case_open(struct ui_case *c, int width, int height)
{
    c->order = (struct gs_order){.name = "gil/fight"};
    if (c->scene)
        snprintf(c->order.scene, sizeof c->order.scene, "%s", c->scene);
    if (c->recording) {
        c->order.guest = GS_GUEST_RECORDING;
        snprintf(c->order.scene, sizeof c->order.scene, "%s", c->recording);
    }
    c->conf = (struct gs_tui_conf){.host = fake_stage_host(&c->stage),
                                   .order = &c->order,
                                   .choose = c->choose,
                                   .presents = c->presents};
    gs_ui_init(&c->ui, &c->conf, gs_views, width, height);
    if (!c->choose)
        gs_ui_start(&c->ui, &c->order,
                    (struct gs_pace){.asked = c->fits        ? 0
                                              : c->speed > 0 ? c->speed
                                                             : 10,
                                     .scenes = c->scene_speed});
    return &c->ui;
}

void ui_case_close(struct ui_case *c)
{
    gs_ui_destroy(&c->ui);
}

void ui_case_play(struct gs_ui *ui)
{
    for (int i = 0; i < 5000 && !gs_run_over(&ui->look.run); i++) {
        while (gs_ui_drain(ui, 1000000))
            ;
        gs_ui_advance(ui, 1000000000);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_true(gs_run_over(&ui->look.run));
}

void ui_case_frames(struct gs_ui *ui, int count, uint64_t ns)
{
    for (int i = 0; i < count; i++) {
        while (gs_ui_drain(ui, 1000000))
            ;
        gs_ui_advance(ui, ns);
        gs_ui_draw(ui);
        nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
        fake_stage_await(ui->conf->host->context);
    }
}

static void on_said(void *context, const struct gs_said *said)
{
    gs_ui_take(context, said);
}

void ui_case_press(struct gs_ui *ui, const char *bytes)
{
    struct gs_input input = {0};
    gs_input_feed(&input, bytes, strlen(bytes), on_said, ui);
    gs_input_flush(&input, on_said, ui);
}

bool ui_case_shows(struct gs_ui *ui, const char *text)
{
    char row[4096];
    gs_ui_draw(ui);
    for (int y = 0; y < ui->canvas.height; y++)
        if (strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), text))
            return true;
    return false;
}

void ui_case_print(const struct gs_ui *ui)
{
    char row[4096];
    for (int y = 0; y < ui->canvas.height; y++)
        fprintf(stderr, "|%s\n", gs_canvas_row(&ui->canvas, y, row, sizeof row));
}

void ui_case_expect(struct gs_ui *ui, const char *text)
{
    if (ui_case_shows(ui, text))
        return;
    ui_case_print(ui);
    fail_msg("the screen lacks '%s'", text);
}
