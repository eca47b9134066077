/* Several runs on one time scale: which is run when, what the keys do, what is told of each. */
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* The n-th run ends after n times 200 ms. */
static unsigned made;

static struct fake_trace *longer_and_longer(void)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "main", true);
    uint32_t main = fake_thread(f, gil, "main"), worker = fake_thread(f, gil, "worker");
    uint64_t end = FAKE_MS(200) * ++made;
    fake_born(f, process, 0, 0);
    fake_born(f, gil, 0, process);
    fake_born(f, main, 0, 0);
    fake_born(f, worker, 0, 0);
    fake_take(f, main, 0, gil, 1);
    fake_state(f, main, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(f, worker, 0, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_end(f, end, 0);
    return f;
}

static struct gs_ui *open_compared(struct ui_case *c, size_t count, int width, int height)
{
    struct gs_tui_variant variants[GS_COMPARISON_MOST] = {0};
    for (size_t i = 0; i < count; i++)
        snprintf(variants[i].called, sizeof variants[i].called, "gil/fight, cores=%zu", i + 1);
    made = 0;
    c->choose = true;
    c->stage.make = longer_and_longer;
    struct gs_ui *ui = ui_case_open(c, width, height);
    gs_ui_compare(ui, variants, count);
    return ui;
}

static void frame(struct gs_ui *ui)
{
    gs_ui_drain(ui, 1000000);
    gs_ui_advance(ui, 16000000);
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void play_all(struct gs_ui *ui)
{
    for (int i = 0; i < 5000 && !gs_comparison_over(&ui->comparison); i++)
        frame(ui);
    assert_true(gs_comparison_over(&ui->comparison));
    assert_true(gs_comparison_next_frame(&ui->comparison) <= 0);
    frame(ui);
    gs_ui_draw(ui);
}

static void one_run_begins_when_the_one_before_is_over(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 3, 80, 24);
    ui_case_expect(ui, "waits for its turn");
    for (int i = 0; i < 5000 && c.stage.starts < 3; i++) {
        unsigned starts = c.stage.starts, over = 0;
        frame(ui);
        for (size_t run = 0; run < 3; run++)
            over += ui->comparison.runs.items[run].look->run.drained;
        assert_true(c.stage.starts <= starts + 1 && c.stage.starts <= over + 1);
    }
    play_all(ui);
    assert_int_equal(c.stage.starts, 3);
    assert_false(ui_case_shows(ui, "waits for its turn"));
    ui_case_expect(ui, "ended");
    assert_int_equal(gs_ui_status(ui), 0);
    ui_case_close(&c);
}

static void one_scale_one_cursor_one_table(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    play_all(ui);
    ui_case_expect(ui, "─ ▸ A  gil/fight, cores=1 ─");
    ui_case_expect(ui, "─ B  gil/fight, cores=2 ─");
    ui_case_expect(ui, "A  cores=1");
    ui_case_expect(ui, "2.00"); /* of A */
    /* The shorter one's lanes end in the middle of the other's. */
    char row[2][512];
    int found = 0;
    for (int y = 0; y < 24 && found < 2; y++) {
        gs_canvas_row(&ui->canvas, y, row[found], sizeof row[0]);
        found += strstr(row[found], "main  ") != NULL && strstr(row[found], "████") != NULL;
    }
    assert_int_equal(found, 2);
    assert_in_range(gs_text_width(row[1]) - 10, 2 * (gs_text_width(row[0]) - 10) - 4,
                    2 * (gs_text_width(row[0]) - 10) + 4);
    /* Half of the shorter one, until it is moved: then also behind its end. */
    ui_case_expect(ui, "▲ 0.100000 s");
    ui_case_press(ui, "G");
    ui_case_expect(ui, "▲ 0.400000 s");
    ui_case_press(ui, "g");
    ui_case_expect(ui, "▲ 0.000000 s");
    ui_case_close(&c);
}

static void the_arrows_go_from_the_lanes_of_one_run_to_those_of_the_next(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    play_all(ui);
    ui_case_press(ui, "j");
    ui_case_expect(ui, "main has been running for 100");
    ui_case_press(ui, "j");
    ui_case_expect(ui, "worker has been sleeping for 100");
    ui_case_press(ui, "j");
    assert_int_equal(ui->comparison.selected, 1);
    ui_case_press(ui, "k");
    assert_int_equal(ui->comparison.selected, 0);
    ui_case_expect(ui, "worker has been sleeping for 100");
    ui_case_press(ui, "\t");
    ui_case_expect(ui, "─ ▸ B");
    ui_case_press(ui, "\t");
    ui_case_expect(ui, "─ ▸ A");
    ui_case_press(ui, "jjjjjjjjjjj");
    assert_int_equal(ui->comparison.selected, 1);
    ui_case_expect(ui, "worker has been sleeping for 100");
    /* Steps are the selected lane's, the cursor is everybody's. */
    ui_case_press(ui, "k.");
    ui_case_expect(ui, "▲ 0.400000 s");
    ui_case_close(&c);
}

/* The second of them has no GIL; both have ten workers, and each a name that the other has not. */
static struct fake_trace *with_and_without_gil(void)
{
    struct fake_trace *f = fake_open();
    bool has_gil = ++made == 1;
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "main", has_gil);
    fake_born(f, process, 0, 0);
    fake_born(f, gil, 0, process);
    for (unsigned i = 0; i < 10; i++) {
        char name[32];
        snprintf(name, sizeof name, "worker %u", i);
        uint32_t worker = fake_thread(f, gil, name);
        fake_born(f, worker, 0, 0);
        fake_state(f, worker, 0, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    }
    fake_end(f, FAKE_MS(200), 0);
    return f;
}

/* The workers whose lanes stand below a heading, "0123". */
static const char *workers_below(struct gs_ui *ui, const char *heading, char *found)
{
    char row[512];
    int y = 0;
    gs_ui_draw(ui);
    while (!strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), heading))
        y++;
    *found = '\0';
    while (strncmp(gs_canvas_row(&ui->canvas, ++y, row, sizeof row), "─", strlen("─")) != 0 &&
           y < 17) {
        const char *worker = strstr(row, "worker ");
        if (worker)
            strncat(found, worker + strlen("worker "), 1);
    }
    return found;
}

static void runs_show_the_same_lanes(void **state)
{
    (void)state;
    struct ui_case c = {0};
    char above[16], below[16];
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    c.stage.make = with_and_without_gil;
    play_all(ui);
    ui_case_expect(ui, "  GIL");
    assert_string_equal(workers_below(ui, "A  gil/fight", above), "01234");
    /* Whichever lane of whichever run is looked at. */
    for (int i = 0; i < 25; i++) {
        ui_case_press(ui, "j");
        assert_string_equal(workers_below(ui, "A  gil/fight", above),
                            workers_below(ui, "B  gil/fight", below));
    }
    assert_int_equal(ui->comparison.selected, 1);
    assert_string_equal(above, "56789");
    ui_case_close(&c);
}

/* Nobody sees more of a run than the playhead has come to. */
static void all_are_played_at_once(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    play_all(ui);
    ui_case_expect(ui, "██████████");
    ui_case_press(ui, "g ");
    assert_false(ui_case_shows(ui, "██████████"));
    uint64_t before = 0;
    for (int i = 0; i < 3; i++) {
        gs_ui_advance(ui, 100000000);
        assert_true(ui->comparison.cursor > before);
        before = ui->comparison.cursor;
    }
    ui_case_expect(ui, "space pause");
    ui_case_press(ui, " ");
    gs_ui_advance(ui, 100000000);
    assert_int_equal(ui->comparison.cursor, before);
    ui_case_expect(ui, "space play");
    ui_case_expect(ui, "paused");
    assert_true(gs_ui_next_frame(ui) <= 0);
    ui_case_press(ui, " }}}");
    for (int i = 0; i < 5000 && ui->comparison.races; i++)
        gs_ui_advance(ui, 100000000);
    assert_int_equal(ui->comparison.cursor, FAKE_MS(400));
    ui_case_expect(ui, "ended");
    /* From the start again; a move ends it, too. */
    ui_case_press(ui, " ");
    assert_int_equal(ui->comparison.cursor, 0);
    ui_case_press(ui, "l");
    assert_false(ui->comparison.races);
    ui_case_close(&c);
}

static void a_table_gives_way_to_lanes_on_a_low_screen(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 2, 40, 10);
    play_all(ui);
    assert_false(ui_case_shows(ui, "differences"));
    ui_case_expect(ui, "A  gil/fight");
    ui_case_press(ui, "t");
    ui_case_expect(ui, "differences");
    ui_case_expect(ui, "B  cores=2");
    /* With more room there are lanes beside it again. */
    gs_ui_resize(ui, 80, 24);
    ui_case_expect(ui, "▸ A  gil/fight");
    gs_ui_resize(ui, 40, 10);
    assert_false(ui_case_shows(ui, "▸ A  gil/fight"));
    ui_case_press(ui, "t");
    assert_false(ui_case_shows(ui, "differences"));
    gs_ui_resize(ui, 80, 24);
    ui_case_expect(ui, "differences");
    ui_case_press(ui, "t");
    assert_false(ui_case_shows(ui, "differences"));
    ui_case_press(ui, "t");
    ui_case_expect(ui, "differences");
    ui_case_close(&c);
}

static void a_filter_is_for_all_runs(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    play_all(ui);
    ui_case_press(ui, "fwork\r");
    assert_false(ui_case_shows(ui, "  main  "));
    ui_case_expect(ui, "  worker  ");
    ui_case_expect(ui, "filter: work");
    ui_case_press(ui, "fnothing\r");
    ui_case_expect(ui, "No lane has this in its name or does it.");
    ui_case_press(ui, "\033");
    ui_case_expect(ui, "  main  ");
    ui_case_close(&c);
}

/* Nobody is kept from the others by one that cannot be run. */
static void what_cannot_be_run_is_told(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.refuses = true}};
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    play_all(ui);
    ui_case_expect(ui, "not run");
    ui_case_expect(ui, "the stage cannot be started: no room");
    ui_case_press(ui, "jk.zhl");
    assert_int_equal(c.stage.starts, 2);
    assert_int_equal(gs_ui_status(ui), 2);
    ui_case_close(&c);
}

static void a_run_that_dies_is_told(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.dies_after = 6, .death = 9}};
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    play_all(ui);
    ui_case_expect(ui, "killed by");
    assert_int_equal(gs_ui_status(ui), 137);
    ui_case_close(&c);
}

static void more_than_there_is_room_for_are_gone_through(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 26, 80, 24);
    play_all(ui);
    for (int i = 0; i < 26; i++) {
        char heading[8];
        snprintf(heading, sizeof heading, "▸ %c  ", 'A' + i);
        ui_case_expect(ui, heading);
        ui_case_expect(ui, " shown");
        ui_case_press(ui, "\t");
    }
    ui_case_expect(ui, "26 runs compared, A to C shown");
    ui_case_expect(ui, "▸ A  ");
    ui_case_close(&c);
}

/* --- the key c */

static struct gs_ui *open_run(struct ui_case *c, double speed)
{
    made = 0;
    c->stage.make = longer_and_longer;
    c->speed = speed;
    struct gs_ui *ui = ui_case_open(c, 80, 24);
    for (int i = 0; i < 5000 && ui->look.run.playback.now < FAKE_MS(5); i++)
        frame(ui);
    ui_case_expect(ui, "worker");
    return ui;
}

static void compare_with(struct gs_ui *ui, const char *text)
{
    ui_case_press(ui, "c");
    ui_case_expect(ui, "compare with: ");
    ui_case_press(ui, text);
    ui_case_press(ui, "\r");
}

static void a_run_is_compared_with_another_and_comes_back_as_it_was(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_run(&c, 1);
    ui_case_press(ui, " jh");
    struct gs_playback playback = ui->look.run.playback;
    uint64_t cursor = ui->look.cursor, span = ui->look.window.span;
    compare_with(ui, "cores=1,seed=2");
    ui_case_expect(ui, "3 runs compared");
    ui_case_expect(ui, "A  gil/fight ─");
    ui_case_expect(ui, "B  gil/fight, cores=1 ─");
    play_all(ui);
    assert_int_equal(c.stage.starts, 3);
    /* The program that was paused stays so. */
    ui_case_expect(ui, "‖ paused, ");
    assert_false(gs_run_complete(&ui->look.run));
    assert_true(gs_comparison_end_time(&ui->comparison) == FAKE_MS(600));
    ui_case_press(ui, "Gkk+");
    ui_case_expect(ui, "▲ 0.600000 s");
    ui_case_press(ui, "q");
    assert_int_equal(ui->view, GS_VIEW_LANES);
    assert_false(ui->quit);
    assert_int_equal(ui->comparison.runs.count, 0);
    assert_true(ui->look.run.playback.paused);
    assert_int_equal(ui->look.run.playback.now, playback.now);
    assert_int_equal(ui->look.cursor, cursor);
    assert_int_equal(ui->look.window.span, span);
    ui_case_expect(ui, "main has been running");
    /* And it can go on. */
    ui_case_press(ui, " ");
    ui_case_play(ui);
    ui_case_expect(ui, "ended");
    ui_case_press(ui, "q");
    assert_true(ui->quit);
    ui_case_close(&c);
}

/* One that plays is compared whole, and its playhead waits where it was. */
static void a_run_that_plays_is_compared_to_its_end(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_run(&c, 0.05);
    uint64_t now = ui->look.run.playback.now;
    compare_with(ui, "cores=1");
    play_all(ui);
    assert_true(gs_run_live(&ui->look.run) == FAKE_MS(200));
    ui_case_press(ui, "\033");
    assert_int_equal(ui->view, GS_VIEW_LANES);
    assert_int_equal(ui->look.run.playback.now, now);
    frame(ui);
    assert_true(ui->look.run.playback.now < FAKE_MS(200));
    assert_false(ui->look.run.playback.paused);
    ui_case_close(&c);
}

/* Nor does its view stand still meanwhile, unless it is paused. */
static void on_the_real_clock_the_first_run_goes_on(void **state)
{
    (void)state;
    for (int paused = 0; paused < 2; paused++) {
        struct ui_case c = {.stage = {.clock = GS_CLOCK_REAL}};
        struct gs_ui *ui = open_run(&c, 1);
        ui_case_press(ui, paused ? " " : "");
        compare_with(ui, "seed=2");
        play_all(ui);
        ui_case_expect(ui, "─ 200 ms ─");
        ui_case_press(ui, "g>.]q");
        assert_int_equal(ui->look.run.playback.paused, paused);
        assert_int_equal(ui->look.run.playback.now >= FAKE_MS(200), !paused);
        ui_case_close(&c);
    }
}

/* What was typed is there to be put right. */
static void what_is_wrong_is_told_and_can_be_put_right(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_run(&c, 1);
    compare_with(ui, "wrong");
    ui_case_expect(ui, "There is no scene 'wrong'");
    ui_case_expect(ui, ".lua file is good too.");
    ui_case_expect(ui, "compare with: wrong");
    assert_int_equal(c.stage.starts, 1);
    ui_case_press(ui, "\177\177\177\177\177seed=2\r");
    ui_case_expect(ui, "B  gil/fight, seed=2");
    /* Once more, beside those two. */
    compare_with(ui, "wrong");
    ui_case_expect(ui, "There is no scene 'wrong'");
    ui_case_press(ui, "\033");
    compare_with(ui, "seed=3");
    ui_case_expect(ui, "C  gil/fight, seed=3");
    play_all(ui);
    ui_case_expect(ui, "3 runs compared");
    ui_case_close(&c);
}

/* A step that finds nothing would let the program run up to it, and no further. */
static void a_step_holds_no_run_up(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 2, 80, 24);
    play_all(ui);
    struct gs_look *look = gs_comparison_look(&ui->comparison, 0);
    look->run.playback.paused = true;
    look->stepping = GS_ACTION_NEXT_EVENT;
    look->cursor = FAKE_MS(7);
    gs_comparison_take(&ui->comparison, look);
    assert_false(look->run.playback.paused);
    assert_true(look->run.at_live);
    assert_int_equal(look->stepping, GS_ACTION_NONE);
    assert_int_equal(ui->comparison.cursor, FAKE_MS(7));
    ui_case_close(&c);
}

/* Keys of all kinds at every size, while runs go on. */
static void it_can_be_drawn_at_any_size(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_compared(&c, 5, 80, 24);
    for (int height = 10; height < 60; height += 3)
        for (int width = 40; width < 160; width += 31) {
            gs_ui_resize(ui, width, height);
            frame(ui);
            ui_case_press(ui, "jl+\t");
            gs_ui_draw(ui);
            ui_case_press(ui, "t");
            ui_case_expect(ui, "help");
        }
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_run_begins_when_the_one_before_is_over),
        cmocka_unit_test(one_scale_one_cursor_one_table),
        cmocka_unit_test(the_arrows_go_from_the_lanes_of_one_run_to_those_of_the_next),
        cmocka_unit_test(runs_show_the_same_lanes),
        cmocka_unit_test(all_are_played_at_once),
        cmocka_unit_test(a_table_gives_way_to_lanes_on_a_low_screen),
        cmocka_unit_test(a_filter_is_for_all_runs),
        cmocka_unit_test(what_cannot_be_run_is_told),
        cmocka_unit_test(a_run_that_dies_is_told),
        cmocka_unit_test(more_than_there_is_room_for_are_gone_through),
        cmocka_unit_test(a_run_is_compared_with_another_and_comes_back_as_it_was),
        cmocka_unit_test(a_run_that_plays_is_compared_to_its_end),
        cmocka_unit_test(on_the_real_clock_the_first_run_goes_on),
        cmocka_unit_test(what_is_wrong_is_told_and_can_be_put_right),
        cmocka_unit_test(a_step_holds_no_run_up),
        cmocka_unit_test(it_can_be_drawn_at_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
