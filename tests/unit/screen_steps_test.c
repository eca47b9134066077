/* Playing and stepping: where the playhead, the cursor and the program stand after each key. */
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The fight of two threads for a GIL, with a mark at 20 ms and none after it. */
static struct fake_trace *marked(void)
{
    struct fake_fight x = fake_gil_fight();
    fake_text(x.trace, x.main, FAKE_MS(20), GS_EVENT_MARK, "look", 1);
    return x.trace;
}

/* Paused before the first hand-over. */
static struct gs_ui *open_paused(struct ui_case *c)
{
    *c = (struct ui_case){.stage = {.make = marked}, .speed = 0.001};
    struct gs_ui *ui = ui_case_open(c, 80, 24);
    ui_case_frames(ui, 5, FAKE_MS(16));
    ui_case_press(ui, " ");
    ui_case_frames(ui, 3, FAKE_MS(16));
    assert_true(ui->look.run.playback.paused);
    return ui;
}

static void step(struct gs_ui *ui, const char *key)
{
    ui_case_press(ui, key);
    for (int i = 0; i < 1000 && ui->look.stepping != GS_ACTION_NONE; i++)
        ui_case_frames(ui, 1, FAKE_MS(4));
    assert_int_equal(ui->look.stepping, GS_ACTION_NONE);
}

static void after_a_step_space_goes_on_from_the_playhead_and_follows_it(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    step(ui, ">");
    step(ui, ">");
    assert_int_equal(ui->look.cursor, FAKE_US(5300));
    ui_case_press(ui, "<");
    assert_int_equal(ui->look.cursor, FAKE_US(300));
    ui_case_press(ui, " ");
    assert_false(ui->look.run.playback.paused);
    ui_case_frames(ui, 10, FAKE_MS(16));
    assert_in_range(ui->look.run.playback.now, FAKE_US(5301), FAKE_US(6000));
    assert_int_equal(ui->look.cursor, ui->look.run.playback.now);
    ui_case_close(&c);
}

static void a_key_goes_back_to_the_playhead_and_nothing_runs(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    step(ui, ">");
    step(ui, ">");
    ui_case_press(ui, "g");
    ui_case_expect(ui, "▲ 0.000000 s");
    ui_case_press(ui, "a");
    assert_false(ui_case_shows(ui, "▲ 0.0"));
    ui_case_frames(ui, 10, FAKE_MS(16));
    assert_int_equal(ui->look.cursor, FAKE_US(5300));
    assert_int_equal(ui->look.run.playback.now, FAKE_US(5300));
    ui_case_close(&c);
}

static void a_paused_program_is_not_run_to_its_end(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    step(ui, ">");
    step(ui, ">");
    ui_case_press(ui, "g");
    ui_case_press(ui, "G");
    ui_case_expect(ui, "The program is paused here: space lets it go on.");
    ui_case_frames(ui, 10, FAKE_MS(16));
    assert_true(ui->look.run.playback.paused);
    assert_int_equal(ui->look.cursor, FAKE_US(5300));
    assert_in_range(gs_run_live(&ui->look.run), FAKE_US(5300), FAKE_MS(15));
    /* One that plays is. */
    ui_case_press(ui, " G");
    ui_case_play(ui);
    ui_case_expect(ui, "ended");
    ui_case_close(&c);
}

/* The mark is at 20 ms; what ran beyond it was run without being asked for. */
static void a_search_says_so_and_goes_little_further_than_it_has_to(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    uint64_t furthest = 0;
    ui_case_press(ui, "]");
    /* Short ones say nothing: the line would only flicker. */
    ui_case_frames(ui, 2, FAKE_MS(4));
    assert_false(ui_case_shows(ui, "Searching"));
    ui_case_frames(ui, 1, FAKE_MS(300));
    ui_case_expect(ui, "Searching the next mark or note: none up to");
    ui_case_expect(ui, "esc stops.");
    for (int i = 0; i < 1000 && ui->look.stepping != GS_ACTION_NONE; i++) {
        furthest = ui->look.run.horizon > furthest ? ui->look.run.horizon : furthest;
        ui_case_frames(ui, 1, FAKE_MS(4));
    }
    assert_int_equal(ui->look.cursor, FAKE_MS(20));
    assert_false(ui_case_shows(ui, "Searching"));
    assert_in_range(furthest, FAKE_MS(20), FAKE_MS(26));
    ui_case_close(&c);
}

static void a_search_is_stopped_by_escape_and_by_every_step_aside(void **state)
{
    (void)state;
    static const char *const keys[] = {"\033", "g", "a", " "};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct ui_case c;
        struct gs_ui *ui = open_paused(&c);
        uint64_t now = ui->look.run.playback.now;
        ui_case_press(ui, "]");
        ui_case_frames(ui, 4, FAKE_MS(4));
        assert_int_equal(ui->look.stepping, GS_ACTION_NEXT_MARK);
        ui_case_press(ui, keys[i]);
        assert_int_equal(ui->look.stepping, GS_ACTION_NONE);
        if (i == 0)
            ui_case_expect(ui, "Stopped: no mark or note up to");
        if (keys[i][0] == ' ')
            ui_case_press(ui, " ");
        ui_case_frames(ui, 10, FAKE_MS(16));
        assert_in_range(ui->look.run.playback.now, now, now + FAKE_US(100));
        assert_true(ui->look.run.horizon == ui->look.run.playback.now);
        ui_case_close(&c);
    }
}

/* A program that takes long to get anywhere is not allowed more and more meanwhile. */
static void a_search_waits_for_the_program(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    atomic_store(&c.stage.stalls, true);
    ui_case_press(ui, "]");
    ui_case_frames(ui, 20, FAKE_MS(4));
    uint64_t horizon = ui->look.run.horizon;
    ui_case_frames(ui, 20, FAKE_MS(4));
    assert_true(ui->look.run.horizon == horizon);
    atomic_store(&c.stage.stalls, false);
    step(ui, "]");
    assert_int_equal(ui->look.cursor, FAKE_MS(20));
    ui_case_close(&c);
}

static void a_search_for_what_never_comes_ends_with_the_run(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    step(ui, "]");
    step(ui, "]");
    ui_case_expect(ui, "The run ended; there is no mark or note after this.");
    assert_int_equal(ui->look.run.playback.now, FAKE_MS(20));
    /* It has run to its end: nothing keeps G from going there. */
    ui_case_press(ui, "G");
    ui_case_play(ui);
    ui_case_expect(ui, "ended");
    ui_case_press(ui, "]");
    ui_case_expect(ui, "There is no mark or note after this.");
    ui_case_close(&c);
}

static void the_footer_says_what_space_does_now(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    ui_case_expect(ui, "space play  . , step");
    ui_case_press(ui, " ");
    ui_case_expect(ui, "space pause  . , step");
    ui_case_press(ui, "G");
    ui_case_play(ui);
    ui_case_expect(ui, "space play  . , step");
    ui_case_close(&c);
}

static struct fake_trace *long_one(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--; /* the end, which comes again below */
    fake_text(x.trace, x.main, FAKE_MS(600), GS_EVENT_MARK, "late", 1);
    fake_end(x.trace, FAKE_MS(650), 0);
    return x.trace;
}

/* A thread sleeps and goes on far too often for a picture of it all. */
static struct fake_trace *busy_one(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--;
    for (int i = 0; i < 1000; i++)
        fake_state(x.trace, x.main, FAKE_MS(60 + i), i % 2 ? GS_STATE_RUNNING : GS_STATE_SLEEPING,
                   0, 0, 0);
    fake_end(x.trace, FAKE_MS(1070), 0);
    return x.trace;
}

/* While it plays, the window scrolls; the last picture is the whole run all the same. */
static void the_last_picture_is_the_whole_run(void **state)
{
    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        struct ui_case c = {.stage = {.make = busy_one}, .speed = 0.1};
        struct gs_ui *ui = ui_case_open(&c, wide ? 120 : 80, wide ? 40 : 24);
        bool scrolled = false;
        for (int i = 0; i < 5000 && !gs_run_over(&ui->look.run); i++) {
            ui_case_frames(ui, 1, FAKE_MS(100));
            scrolled |= ui->look.window.from > 0;
        }
        assert_true(scrolled);
        ui_case_expect(ui, "total 1.07 s");
        assert_int_equal(ui->look.window.from, 0);
        ui_case_close(&c);
    }
}

/* On the real clock the program goes on while the view is paused; 80 columns have room for that. */
static void how_far_the_view_is_behind_is_shown_at_80_columns(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = long_one, .clock = GS_CLOCK_REAL}, .speed = 0.001};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_frames(ui, 5, FAKE_MS(1));
    ui_case_press(ui, " ");
    for (int i = 0; i < 3000 && gs_run_live(&ui->look.run) < FAKE_MS(600); i++)
        ui_case_frames(ui, 1, FAKE_MS(1));
    ui_case_expect(ui, " ms behind   ");
    ui_case_close(&c);
}

static struct fake_trace *phased(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--; /* the end, which comes again below */
    fake_text(x.trace, x.main, 0, GS_EVENT_PHASE, "slow", 1);
    fake_text(x.trace, x.main, FAKE_MS(20), GS_EVENT_PHASE, "quick", 2);
    x.trace->events.items[x.trace->events.count - 1].b = gs_event_pack(2, 2000000);
    fake_text(x.trace, x.main, FAKE_MS(40), GS_EVENT_PHASE, NULL, 3);
    fake_end(x.trace, FAKE_MS(60), 0);
    return x.trace;
}

/* A phase's own goes before its scene's, as long as it lasts; what the user asks for before both.
 */
static void a_phase_may_have_a_speed_of_its_own(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = phased}, .fits = true, .scene_speed = 0.5};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_frames(ui, 10, FAKE_MS(1));
    ui_case_expect(ui, "▶ 0.5×");
    for (int i = 0; i < 3000 && ui->look.run.playback.now < FAKE_MS(25); i++)
        ui_case_frames(ui, 1, FAKE_MS(1));
    ui_case_expect(ui, "▶ 2×");
    for (int i = 0; i < 3000 && ui->look.run.playback.now < FAKE_MS(45); i++)
        ui_case_frames(ui, 1, FAKE_MS(1));
    ui_case_expect(ui, "▶ 0.5×");
    ui_case_close(&c);

    c = (struct ui_case){.stage = {.make = phased}, .speed = 0.1};
    ui = ui_case_open(&c, 80, 24);
    for (int i = 0; i < 3000 && ui->look.run.playback.now < FAKE_MS(25); i++)
        ui_case_frames(ui, 1, FAKE_MS(1));
    ui_case_expect(ui, "▶ 0.1×");
    ui_case_close(&c);
}

/* Whose speed it is: a scene's is for the virtual clock, and on the real one the view is live. */
static void the_speed_fits_the_clock(void **state)
{
    (void)state;
    struct ui_case c = {.fits = true, .scene_speed = 0.001};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_frames(ui, 5, FAKE_MS(1));
    ui_case_expect(ui, "▶ 0.001×");
    ui_case_close(&c);

    c = (struct ui_case){
        .stage = {.make = long_one, .clock = GS_CLOCK_REAL}, .fits = true, .scene_speed = 0.001};
    ui = ui_case_open(&c, 80, 24);
    for (int i = 0; i < 30; i++)
        ui_case_frames(ui, 1, FAKE_MS(1));
    ui_case_expect(ui, "▶ live");
    assert_int_equal(ui->look.run.playback.now, gs_run_live(&ui->look.run));
    /* Behind by choice: paused and gone on, or played slower. */
    ui_case_press(ui, " ");
    ui_case_frames(ui, 30, FAKE_MS(1));
    uint64_t now = ui->look.run.playback.now;
    ui_case_press(ui, " ");
    ui_case_frames(ui, 1, FAKE_MS(1));
    assert_in_range(ui->look.run.playback.now, now, now + FAKE_MS(2));
    ui_case_expect(ui, "▶ 1×");
    ui_case_press(ui, "G");
    ui_case_frames(ui, 1, FAKE_MS(1));
    ui_case_expect(ui, "▶ live");
    ui_case_press(ui, "{");
    ui_case_frames(ui, 1, FAKE_MS(1));
    ui_case_expect(ui, "▶ 0.5×");
    ui_case_close(&c);
}

/* The row of the sentence, below the lanes. */
static const char *sentence(struct gs_ui *ui, char *row, size_t size)
{
    gs_ui_draw(ui);
    return gs_canvas_row(&ui->canvas, 19, row, size);
}

/* Hand-overs come every 5 ms: at this speed ten a second. */
static void a_sentence_stands_still_while_the_picture_plays(void **state)
{
    (void)state;
    struct ui_case c = {.speed = 0.05};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    char before[4096], now[4096];
    ui_case_frames(ui, 10, FAKE_MS(16));
    ui_case_expect(ui, "At ");
    sentence(ui, before, sizeof before);
    unsigned changes = 0;
    for (int i = 0; i < 20; i++) {
        ui_case_frames(ui, 1, FAKE_MS(50));
        sentence(ui, now, sizeof now);
        changes += strcmp(before, now) != 0;
        strcpy(before, now);
    }
    assert_int_equal(changes, 1);
    /* Another row has its own at once, and so has who pauses. */
    ui_case_press(ui, "j");
    assert_string_not_equal(sentence(ui, now, sizeof now), before);
    ui_case_press(ui, " ");
    sentence(ui, now, sizeof now);
    assert_null(strstr(now, "At "));
    ui_case_close(&c);
}

/* … but not longer than what it is about can be seen. */
static void a_sentence_is_about_what_the_window_shows(void **state)
{
    (void)state;
    struct ui_case c = {.speed = 0.05};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    char row[4096];
    ui_case_frames(ui, 10, FAKE_MS(16));
    ui_case_press(ui, "++++");
    assert_true(ui->look.window.span < FAKE_MS(10));
    for (int i = 0; i < 40; i++) {
        double time;
        char unit[8];
        ui_case_frames(ui, 1, FAKE_MS(16));
        assert_int_equal(sscanf(sentence(ui, row, sizeof row), "At %lf %7[^:]", &time, unit), 2);
        double ms = strcmp(unit, "ms") == 0 ? time : time / 1000;
        assert_true(FAKE_MS(ms + 0.1) >= ui->look.window.from);
    }
    assert_true(ui->look.window.from > 0);
    ui_case_close(&c);
}

/* The cell where words first stand from a row on. */
static const struct gs_cell *cell_of(struct gs_ui *ui, int y, const char *words)
{
    static char row[4096];
    char *at = NULL;
    for (; y < ui->canvas.height && !at; y++)
        at = strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), words);
    if (!at)
        fail_msg("nowhere on the screen: %s", words);
    *at = '\0';
    return gs_canvas_cell(&ui->canvas, gs_text_width(row), y - 1);
}

static void a_name_in_the_sentence_has_its_lanes_colour(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_paused(&c);
    step(ui, ">");
    step(ui, ">");
    ui_case_press(ui, "gjjj");
    for (int i = 0; i < 8; i++)
        ui_case_press(ui, "l");
    gs_ui_draw(ui);
    unsigned first = cell_of(ui, 3, "Thread 1")->role, second = cell_of(ui, 3, "Thread 2")->role;
    assert_true(first >= GS_ROLE_OWNER && second >= GS_ROLE_OWNER && first != second);
    assert_int_equal(cell_of(ui, 19, "Thread 1")->role, first);
    assert_int_equal(cell_of(ui, 19, "Thread 2")->role, second);
    assert_int_equal(cell_of(ui, 19, "GIL")->role, GS_ROLE_TEXT);
    ui_case_close(&c);
}

static struct fake_trace *stuck(bool holds)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--; /* the end, which comes again below */
    fake_text(x.trace, x.main, FAKE_MS(60), GS_EVENT_DEADLOCK, "deadlock: a waits for b", 0);
    fake_check(x.trace, x.main, FAKE_MS(60), true, "the deadlock was found", 0);
    if (!holds)
        fake_check(x.trace, x.main, FAKE_MS(50), false, "the sum is right", 0);
    fake_end(x.trace, FAKE_MS(60), 1);
    return x.trace;
}

static struct fake_trace *stuck_as_expected(void)
{
    return stuck(true);
}

static struct fake_trace *stuck_and_wrong(void)
{
    return stuck(false);
}

static void a_standstill_that_was_expected_is_a_success(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = stuck_as_expected}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_expect(ui, "✓ as expected: deadlock: a waits for b");
    ui_case_expect(ui, "The run ended after 60.0 ms: its check holds.");
    assert_int_equal(gs_ui_status(ui), 0);
    ui_case_close(&c);
    c = (struct ui_case){.stage = {.make = stuck_and_wrong}};
    ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_expect(ui, "✗ deadlock: a waits for b");
    ui_case_expect(ui, "1 of 2 checks failed.");
    assert_int_equal(gs_ui_status(ui), 1);
    ui_case_close(&c);
}

static struct fake_trace *failed_in_a_thread(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--;
    fake_text(x.trace, x.t1, FAKE_MS(30), GS_EVENT_ERROR, "ZeroDivisionError: by zero", 1);
    fake_end(x.trace, FAKE_MS(60), 0);
    return x.trace;
}

static void an_error_in_a_thread_is_a_failure(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = failed_in_a_thread}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_expect(ui, "✗ error: ZeroDivisionError: by zero");
    assert_int_equal(gs_ui_status(ui), 1);
    ui_case_close(&c);
}

/* Seven checks, of which the last two do not hold. */
static struct fake_trace *checked(void)
{
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", true), "t");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    for (unsigned i = 1; i <= 7; i++) {
        char text[32];
        snprintf(text, sizeof text, "this is claim %u of them", i);
        fake_check(f, t, FAKE_MS(i), i <= 5, text, i);
    }
    fake_died(f, t, FAKE_MS(60), false);
    fake_end(f, FAKE_MS(60), 1);
    return f;
}

static void the_end_shows_every_check(void **state)
{
    (void)state;
    static const int heights[] = {24, 18};
    for (size_t h = 0; h < sizeof heights / sizeof *heights; h++) {
        struct ui_case c = {.stage = {.make = checked}};
        struct gs_ui *ui = ui_case_open(&c, 80, heights[h]);
        ui_case_play(ui);
        ui_case_expect(ui, "✗ check failed: this is claim 6 of them");
        ui_case_expect(ui, "The run ended after 60.0 ms: 2 of 7 checks failed.");
        ui_case_expect(ui, "✗ this is claim 7 of them");
        for (unsigned i = 1; i <= 5; i++) {
            char text[40];
            snprintf(text, sizeof text, "✓ this is claim %u of them", i);
            ui_case_expect(ui, text);
        }
        ui_case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_shows_every_check),
        cmocka_unit_test(after_a_step_space_goes_on_from_the_playhead_and_follows_it),
        cmocka_unit_test(a_key_goes_back_to_the_playhead_and_nothing_runs),
        cmocka_unit_test(a_paused_program_is_not_run_to_its_end),
        cmocka_unit_test(a_search_says_so_and_goes_little_further_than_it_has_to),
        cmocka_unit_test(a_search_is_stopped_by_escape_and_by_every_step_aside),
        cmocka_unit_test(a_search_waits_for_the_program),
        cmocka_unit_test(a_search_for_what_never_comes_ends_with_the_run),
        cmocka_unit_test(the_footer_says_what_space_does_now),
        cmocka_unit_test(how_far_the_view_is_behind_is_shown_at_80_columns),
        cmocka_unit_test(the_last_picture_is_the_whole_run),
        cmocka_unit_test(a_phase_may_have_a_speed_of_its_own),
        cmocka_unit_test(the_speed_fits_the_clock),
        cmocka_unit_test(a_standstill_that_was_expected_is_a_success),
        cmocka_unit_test(an_error_in_a_thread_is_a_failure),
        cmocka_unit_test(a_sentence_stands_still_while_the_picture_plays),
        cmocka_unit_test(a_sentence_is_about_what_the_window_shows),
        cmocka_unit_test(a_name_in_the_sentence_has_its_lanes_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
