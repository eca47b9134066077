/* The pane of what the program printed. */
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The fight of two threads for a GIL; one prints every ms, the other an error. */
static struct fake_trace *printing(void)
{
    struct fake_fight x = fake_gil_fight();
    for (int ms = 1; ms < 50; ms++) {
        char text[32];
        snprintf(text, sizeof text, "line %d", ms);
        fake_text(x.trace, x.t1, FAKE_MS(ms), GS_EVENT_OUTPUT, text, 1);
    }
    fake_text(x.trace, x.t2, FAKE_MS(50), GS_EVENT_ERROR, "ValueError: \033[2J", 1);
    return x.trace;
}

static struct fake_trace *complaining(void)
{
    struct fake_fight x = fake_gil_fight();
    fake_event(x.trace,
               (struct gs_event){.time = FAKE_MS(5),
                                 .actor = x.t1,
                                 .kind = GS_EVENT_OUTPUT,
                                 .flags = GS_OUTPUT_ON_STDERR,
                                 .a = gs_segment_add_string(x.trace->segment, "careful", 7)});
    return x.trace;
}

static struct fake_trace *silent(void)
{
    return fake_gil_fight().trace;
}

static struct gs_ui *open_ended(struct ui_case *c, struct fake_trace *(*make)(void))
{
    *c = (struct ui_case){.stage = {.make = make}, .speed = 10};
    struct gs_ui *ui = ui_case_open(c, 80, 30);
    ui_case_play(ui);
    gs_ui_draw(ui);
    ui_case_press(ui, "u");
    return ui;
}

static void the_last_lines_are_those_at_the_cursor(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, printing);
    ui_case_expect(ui, "output of the program");
    ui_case_expect(ui, "0.050000  Thread 2       ValueError: ^[[2J");
    ui_case_expect(ui, "line 49");
    ui_case_press(ui, "g>>>>"); /* 15.3 ms */
    ui_case_expect(ui, "0.015000");
    ui_case_expect(ui, "line 15");
    assert_false(ui_case_shows(ui, "line 16"));
    ui_case_press(ui, "g");
    ui_case_expect(ui, "0.001000  Thread 1       line 1");
    ui_case_close(&c);
}

static void it_is_scrolled_and_keeps_its_bounds(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, printing);
    ui_case_press(ui, "g>>>>");
    ui_case_press(ui, "\t");
    ui_case_expect(ui, "▸ output of the program");
    ui_case_press(ui, "j");
    ui_case_expect(ui, "line 16");
    for (int i = 0; i < 60; i++)
        ui_case_press(ui, "j");
    ui_case_expect(ui, "Thread 2       ValueError");
    ui_case_press(ui, "k");
    assert_false(ui_case_shows(ui, "Thread 2       ValueError"));
    for (int i = 0; i < 60; i++)
        ui_case_press(ui, "k");
    ui_case_expect(ui, "0.001000  Thread 1       line 1");
    ui_case_close(&c);
}

/* What is still to come is not told. */
static void only_what_was_played_is_there(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = printing}, .speed = 0.01};
    struct gs_ui *ui = ui_case_open(&c, 80, 30);
    ui_case_press(ui, "u");
    for (int i = 0; i < 2000 && ui->look.run.playback.now < FAKE_MS(3); i++)
        ui_case_frames(ui, 1, FAKE_MS(10));
    assert_in_range(ui->look.run.playback.now, FAKE_MS(3), FAKE_MS(4));
    ui_case_press(ui, " \t");
    for (int i = 0; i < 60; i++)
        ui_case_press(ui, "j");
    ui_case_expect(ui, "line 1");
    assert_false(ui_case_shows(ui, "line 5"));
    ui_case_close(&c);
}

static void nothing_printed_is_said(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, silent);
    ui_case_expect(ui, "The program printed nothing.");
    ui_case_press(ui, "P");
    ui_case_expect(ui, "The run had no phases.");
    ui_case_press(ui, "ug ");
    ui_case_expect(ui, "The program has printed nothing yet.");
    ui_case_press(ui, "P");
    ui_case_expect(ui, "No phase has begun.");
    ui_case_close(&c);
}

static void what_went_to_standard_error_is_marked(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, complaining);
    ui_case_expect(ui, "0.005000  Thread 1       stderr: careful");
    ui_case_expect(ui, "prints on stderr: careful");
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_lines_are_those_at_the_cursor),
        cmocka_unit_test(it_is_scrolled_and_keeps_its_bounds),
        cmocka_unit_test(only_what_was_played_is_there),
        cmocka_unit_test(nothing_printed_is_said),
        cmocka_unit_test(what_went_to_standard_error_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
