/* Questions of the program's, and lanes that are presented. */
#include "support/ui_case.h"

#include "tui/views/lanes/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void add_question(struct fake_trace *f, uint32_t actor, uint64_t ns, const char *text,
                         uint8_t right)
{
    uint32_t string = gs_segment_add_string(f->segment, text, strlen(text));
    fake_event(f,
               (struct gs_event){
                   .kind = GS_EVENT_ASK, .time = ns, .actor = actor, .flags = right, .a = string});
}

/* The fight of two threads for a GIL: a mark at 10 ms, a question at 20, a mark at the end. */
static struct fake_trace *asking(void)
{
    struct fake_fight x = fake_gil_fight();
    fake_text(x.trace, x.main, FAKE_MS(10), GS_EVENT_MARK, "look here", 2);
    fake_text(x.trace, x.main, FAKE_MS(10), GS_EVENT_NOTE, "and there", 2);
    add_question(x.trace, x.main, FAKE_MS(20), "Who is next?\nmain\nThread 1", 2);
    fake_check(x.trace, x.main, FAKE_MS(50), true, "they take turns", 4);
    fake_text(x.trace, x.main, FAKE_MS(60), GS_EVENT_MARK, "that was all", 5);
    return x.trace;
}

static struct gs_ui *open_asking(struct ui_case *c, int width, int height, bool presents)
{
    *c = (struct ui_case){.stage = {.make = asking}, .speed = 1, .presents = presents};
    return ui_case_open(c, width, height);
}

static void until_paused(struct gs_ui *ui)
{
    for (int i = 0; i < 2000 && !ui->look.run.playback.paused; i++)
        ui_case_frames(ui, 1, FAKE_MS(4));
    assert_true(ui->look.run.playback.paused);
}

static void until_over(struct gs_ui *ui)
{
    for (int i = 0; i < 2000 && !gs_run_over(&ui->look.run); i++)
        ui_case_frames(ui, 1, FAKE_MS(4));
    assert_true(gs_run_over(&ui->look.run));
}

static void a_question_is_asked_and_answered(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *verdict;
    } ways[] = {
        {"2", "? ✓ Thread 1: Who is next?"},
        {"1", "? ✗ not main, but Thread 1: Who is next?"},
        {"\r", "? ✗ not main, but Thread 1: Who is next?"},
        {"j\r", "? ✓ Thread 1: Who is next?"},
        {"k\r", "? ✓ Thread 1: Who is next?"},
        {"jj\r", "? ✗ not main, but Thread 1: Who is next?"},
        {"93 ", NULL},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct ui_case c;
        struct gs_ui *ui = open_asking(&c, 80, 24, false);
        until_paused(ui);
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
        ui_case_expect(ui, "? Who is next?");
        ui_case_expect(ui, "▸ 1 main");
        ui_case_expect(ui, "  2 Thread 1");
        ui_case_expect(ui, "enter this one");
        assert_false(ui_case_shows(ui, "The answer"));
        ui_case_press(ui, ways[i].keys);
        assert_false(ui->look.run.playback.paused);
        ui_case_expect(ui, ways[i].verdict ? ways[i].verdict
                                           : "? The answer is Thread 1: Who is next?");
        ui_case_expect(ui, "space pause");
        until_over(ui);
        ui_case_expect(ui, "✓ they take turns");
        ui_case_expect(ui, ways[i].verdict ? ways[i].verdict : "ended");
        ui_case_close(&c);
    }
}

/* Lanes and presented ones have different places for it. */
static void a_key_that_answers_nothing_says_which_do(void **state)
{
    (void)state;
    for (int presents = 0; presents < 2; presents++) {
        struct ui_case c;
        struct gs_ui *ui = open_asking(&c, 80, 24, presents);
        until_paused(ui);
        if (presents) { /* the mark comes first */
            ui_case_press(ui, " ");
            until_paused(ui);
        }
        ui_case_press(ui, "Z");
        ui_case_expect(ui, "That key does nothing here");
        ui_case_expect(ui, "2 Thread 1");
        ui_case_press(ui, "9");
        ui_case_expect(ui, "There are 2 answers, 1 to 2.");
        ui_case_press(ui, "2");
        assert_false(ui->look.run.playback.paused);
        ui_case_close(&c);
    }
}

static void a_click_answers(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_asking(&c, 80, 24, false);
    char bytes[32];
    until_paused(ui);
    gs_ui_draw(ui);
    int y = ((struct gs_lanes_state *)ui->states[GS_VIEW_LANES])->answers_y;
    snprintf(bytes, sizeof bytes, "\033[<0;5;%dM", y - 1 + 1);
    ui_case_press(ui, bytes); /* the question itself */
    assert_true(ui->look.run.asks);
    snprintf(bytes, sizeof bytes, "\033[<0;5;%dM", y + 1 + 1);
    ui_case_press(ui, bytes);
    ui_case_expect(ui, "? ✓ Thread 1: Who is next?");
    ui_case_close(&c);
}

/* No line of it is lost. */
static void a_small_screen_asks_too(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_asking(&c, 40, 10, false);
    until_paused(ui);
    ui_case_expect(ui, "? Who is next?");
    ui_case_expect(ui, "  2 Thread 1");
    ui_case_press(ui, "2");
    assert_false(ui->look.run.playback.paused);
    ui_case_close(&c);
}

/* Who types meanwhile, or reads the help, is asked when he is back. */
static void it_waits_until_somebody_looks_on(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_asking(&c, 80, 24, false);
    ui_case_press(ui, "/a");
    until_paused(ui);
    ui_case_expect(ui, "search: a");
    ui_case_press(ui, "\033?");
    gs_ui_advance(ui, 0);
    ui_case_expect(ui, "gilscope: the keys");
    ui_case_press(ui, "?");
    gs_ui_advance(ui, 0);
    ui_case_expect(ui, "▸ 1 main");
    ui_case_close(&c);
}

/* The virtual clock stands while somebody thinks: nothing of the program is let go for it. */
static void the_program_is_held_meanwhile(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_asking(&c, 80, 24, false);
    until_paused(ui);
    uint64_t live = gs_run_live(&ui->look.run);
    ui_case_press(ui, "jk");
    ui_case_frames(ui, 20, FAKE_MS(16));
    assert_int_equal(ui->look.run.horizon, FAKE_MS(20));
    assert_true(gs_run_live(&ui->look.run) <= live + FAKE_MS(40));
    ui_case_close(&c);
}

static void presented_lanes_have_a_caption_and_no_footer(void **state)
{
    (void)state;
    for (int height = 15; height <= 40; height += 25) {
        struct ui_case c;
        struct gs_ui *ui = open_asking(&c, 60, height, true);
        until_paused(ui);
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(10));
        ui_case_expect(ui, "Thread 2");
        char row[256];
        gs_canvas_row(&ui->canvas, height - 2, row, sizeof row);
        assert_string_equal(row, "▲ look here");
        gs_canvas_row(&ui->canvas, height - 1, row, sizeof row);
        assert_string_equal(row, "“and there”");
        assert_false(ui_case_shows(ui, "q quit"));
        assert_false(ui_case_shows(ui, "─ source"));
        ui_case_close(&c);
    }
}

/* Forward goes from mark to question to the end, backward the same way: both keys of a remote
 * control. */
static void two_keys_go_through_it(void **state)
{
    (void)state;
    static const char *const keys[][2] = {
        {" ", "\177"}, {"\033[6~", "\033[5~"}, {"\033[C", "\033[D"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *forward = keys[i][0], *backward = keys[i][1];
        struct ui_case c;
        struct gs_ui *ui = open_asking(&c, 60, 15, true);
        until_paused(ui);
        ui_case_press(ui, forward);
        until_paused(ui);
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
        ui_case_expect(ui, "▸ 1 main");
        ui_case_press(ui, backward);
        ui_case_frames(ui, 1, 0);
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(10));
        ui_case_expect(ui, "▲ look here");
        ui_case_press(ui, backward);
        assert_int_equal(ui->look.run.playback.now, 0);
        ui_case_press(ui, forward);
        until_paused(ui);
        ui_case_press(ui, forward);
        until_paused(ui);
        ui_case_press(ui, forward); /* no answer */
        until_paused(ui);
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(60));
        ui_case_frames(ui, 20, FAKE_MS(16));
        ui_case_expect(ui, "▲ that was all");
        assert_false(ui_case_shows(ui, "its check holds"));
        ui_case_press(ui, forward);
        ui_case_expect(ui, "its check holds");
        ui_case_press(ui, forward);
        ui_case_press(ui, backward);
        ui_case_frames(ui, 1, 0);
        assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
        ui_case_close(&c);
    }
}

/* Whoever does not want to wait for the picture presses again: the next mark comes at once. */
static void who_hurries_passes_no_mark(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_asking(&c, 60, 15, true);
    ui->look.run.pace.asked = ui->look.run.playback.speed = 1e-6;
    ui_case_frames(ui, 5, FAKE_MS(16));
    assert_false(ui->look.run.playback.paused);
    ui_case_press(ui, " ");
    until_paused(ui);
    assert_int_equal(ui->look.run.playback.now, FAKE_MS(10));
    ui_case_press(ui, "  ");
    until_paused(ui);
    assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
    ui_case_close(&c);
}

/* What a wrong key was told gives way to the mark that comes. */
static void a_mark_takes_the_place_of_an_answer(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_asking(&c, 60, 15, true);
    ui_case_press(ui, "t");
    ui_case_expect(ui, "Esc leaves the presentation");
    until_paused(ui);
    ui_case_expect(ui, "“and there”");
    assert_false(ui_case_shows(ui, "Esc leaves the presentation"));
    ui_case_press(ui, "t");
    ui_case_expect(ui, "Esc leaves the presentation");
    ui_case_close(&c);
}

static void escape_leaves_the_presentation(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_asking(&c, 80, 24, true);
    until_paused(ui);
    ui_case_press(ui, "\033");
    ui_case_expect(ui, "q quit");
    ui_case_press(ui, "r");
    ui_case_frames(ui, 2, FAKE_MS(1));
    ui_case_expect(ui, "q quit");
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_asked_and_answered),
        cmocka_unit_test(a_key_that_answers_nothing_says_which_do),
        cmocka_unit_test(a_click_answers),
        cmocka_unit_test(a_small_screen_asks_too),
        cmocka_unit_test(it_waits_until_somebody_looks_on),
        cmocka_unit_test(the_program_is_held_meanwhile),
        cmocka_unit_test(presented_lanes_have_a_caption_and_no_footer),
        cmocka_unit_test(two_keys_go_through_it),
        cmocka_unit_test(who_hurries_passes_no_mark),
        cmocka_unit_test(a_mark_takes_the_place_of_an_answer),
        cmocka_unit_test(escape_leaves_the_presentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
