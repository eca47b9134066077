/* What the program asks and says of itself: marks that pause the picture, words that stay. */
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The fight of two threads for a GIL: notes, marks and output, some at once. */
static struct fake_trace *talking(void)
{
    struct fake_fight x = fake_gil_fight();
    fake_text(x.trace, x.main, FAKE_MS(2), GS_EVENT_NOTE, "watch the GIL", 1);
    fake_text(x.trace, x.main, FAKE_MS(3), GS_EVENT_OUTPUT, "begun", 1);
    fake_text(x.trace, x.main, FAKE_MS(20), GS_EVENT_MARK, "who is next?", 2);
    fake_text(x.trace, x.main, FAKE_MS(20.1), GS_EVENT_OUTPUT, "Thread 1", 2);
    fake_text(x.trace, x.main, FAKE_MS(40), GS_EVENT_MARK, "and now?", 3);
    fake_text(x.trace, x.main, FAKE_MS(59), GS_EVENT_OUTPUT, "over", 3);
    return x.trace;
}

static struct gs_ui *open_talking(struct ui_case *c, double speed, enum gs_clock_kind clock)
{
    *c = (struct ui_case){.stage = {.make = talking, .clock = clock}, .speed = speed};
    return ui_case_open(c, 80, 24);
}

static void frames_until_paused(struct gs_ui *ui)
{
    for (int i = 0; i < 2000 && !ui->look.run.playback.paused; i++)
        ui_case_frames(ui, 1, FAKE_MS(16));
    assert_true(ui->look.run.playback.paused);
}

/* The line above the footer, where the lanes have nothing. */
static void note_is(struct gs_ui *ui, const char *text)
{
    char row[4096];
    gs_ui_draw(ui);
    gs_canvas_row(&ui->canvas, ui->canvas.height - 2, row, sizeof row);
    if (strncmp(row, text, strlen(text)) != 0)
        ui_case_print(ui);
    assert_memory_equal(row, text, strlen(text));
}

static void a_mark_pauses_the_picture_if_the_user_wishes(void **state)
{
    (void)state;
    for (int clock = GS_CLOCK_REAL; clock <= GS_CLOCK_VIRTUAL; clock++) {
        struct ui_case c;
        struct gs_ui *ui = open_talking(&c, 0.1, (enum gs_clock_kind)clock);
        ui_case_press(ui, "p");
        ui_case_expect(ui, "Pauses at each mark that is to come.");
        frames_until_paused(ui);
        ui_case_press(ui, "n"); /* the answer goes with the next key */
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
        ui_case_expect(ui, "‖ paused");
        ui_case_press(ui, "k");
        note_is(ui, "▲ who is next?");
        ui_case_press(ui, " ");
        frames_until_paused(ui);
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(40));
        ui_case_press(ui, "p");
        ui_case_expect(ui, "Marks pause no more.");
        ui_case_press(ui, "g ");
        ui_case_play(ui);
        ui_case_expect(ui, "■ ended");
        ui_case_close(&c);
    }
}

/* A frame may be longer than the way from mark to mark. */
static void no_mark_is_passed_by(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_talking(&c, 10, GS_CLOCK_VIRTUAL);
    ui_case_press(ui, "p");
    for (int i = 0; i < 2000 && !ui->look.run.playback.paused; i++)
        ui_case_frames(ui, 1, FAKE_MS(100));
    assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
    ui_case_press(ui, " ");
    for (int i = 0; i < 2000 && !ui->look.run.playback.paused; i++)
        ui_case_frames(ui, 1, FAKE_MS(100));
    assert_int_equal(ui->look.run.playback.now, FAKE_MS(40));
    ui_case_close(&c);
}

/* A key that goes beyond a mark means it; from before it on it pauses again. */
static void a_key_goes_past_marks(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_talking(&c, 10, GS_CLOCK_VIRTUAL);
    ui_case_play(ui);
    ui_case_press(ui, "p");
    ui_case_expect(ui, "The run is over: it pauses at each mark when it is played again.");
    ui_case_press(ui, "g ");
    frames_until_paused(ui);
    assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
    ui_case_press(ui, "]]");
    assert_int_equal(ui->look.cursor, FAKE_MS(40));
    ui_case_press(ui, " ");
    ui_case_play(ui);
    assert_false(ui->look.run.playback.paused);
    ui_case_close(&c);
}

static void the_next_run_pauses_too(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_talking(&c, 10, GS_CLOCK_VIRTUAL);
    ui_case_press(ui, "pr");
    frames_until_paused(ui);
    assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
    ui_case_close(&c);
}

static void what_is_asked_stays_for_three_seconds_or_until_the_next(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_talking(&c, 0.005, GS_CLOCK_VIRTUAL);
    for (int i = 0; i < 200 && !ui_case_shows(ui, "watch the GIL"); i++)
        ui_case_frames(ui, 1, FAKE_MS(10));
    /* Output follows 0.2 s later. */
    ui_case_frames(ui, 280, FAKE_MS(10));
    assert_in_range(ui->look.run.playback.now, FAKE_MS(10), FAKE_MS(20));
    note_is(ui, "“watch the GIL”");
    ui_case_frames(ui, 25, FAKE_MS(10));
    note_is(ui, "prints: begun");
    /* Faster: a mark takes the place of another at once. */
    ui_case_press(ui, "}}}}}}");
    for (int i = 0; i < 200 && ui->look.run.playback.now < FAKE_MS(41); i++)
        ui_case_frames(ui, 1, FAKE_MS(10));
    ui_case_press(ui, "l"); /* the answer goes, the cursor stays behind */
    ui_case_press(ui, "a");
    note_is(ui, "▲ and now?");
    ui_case_close(&c);
}

/* Who goes to an instant himself reads what is said there. */
static void an_instant_has_its_last_word(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_talking(&c, 10, GS_CLOCK_VIRTUAL);
    ui_case_play(ui);
    ui_case_press(ui, "g]]");
    note_is(ui, "▲ who is next?");
    ui_case_press(ui, "G");
    ui_case_press(ui, ",");
    note_is(ui, "prints: over");
    ui_case_close(&c);
}

/* What to do stands at its end. */
static struct fake_trace *advising(void)
{
    struct fake_fight x = fake_gil_fight();
    fake_text(x.trace, x.main, FAKE_MS(2), GS_EVENT_NOTE,
              "standard input is empty: a program that is watched does not get the terminal's. "
              "Give it a file or a pipe: gilscope run ... < FILE",
              1);
    fake_text(x.trace, x.main, FAKE_MS(40), GS_EVENT_OUTPUT,
              "a line that is printed passes by, and if it is longer than the screen is wide it "
              "keeps to its row all the same",
              1);
    return x.trace;
}

static void a_long_note_has_the_lines_that_it_needs(void **state)
{
    (void)state;
    for (int height = 14; height <= 30; height += 8) {
        struct ui_case c = {.stage = {.make = advising}};
        struct gs_ui *ui = ui_case_open(&c, 80, height);
        ui_case_play(ui);
        ui_case_press(ui, "g]");
        ui_case_expect(ui, "“standard input is empty");
        ui_case_expect(ui, "gilscope run ... < FILE”");
        ui_case_expect(ui, "Thread 1 has held the GIL for 1.7 ms"); /* the sentence */
        ui_case_press(ui, "G");
        ui_case_frames(ui, 4, FAKE_MS(1000));
        ui_case_expect(ui, "prints: a line that is printed passes by");
        assert_false(ui_case_shows(ui, "row all the same"));
        ui_case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_pauses_the_picture_if_the_user_wishes),
        cmocka_unit_test(no_mark_is_passed_by),
        cmocka_unit_test(a_key_goes_past_marks),
        cmocka_unit_test(the_next_run_pauses_too),
        cmocka_unit_test(what_is_asked_stays_for_three_seconds_or_until_the_next),
        cmocka_unit_test(an_instant_has_its_last_word),
        cmocka_unit_test(a_long_note_has_the_lines_that_it_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
