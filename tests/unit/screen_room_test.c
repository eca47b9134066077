/* What a screen does with its room: lanes of several lines, where panes stand, how wide the window
 * of time is. */
#include "draw/lanes.h"
#include "support/fake_trace.h"
#include "support/ui_case.h"
#include "tui/views/lanes/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void on_its_first_line(struct fake_trace *f, uint32_t thread, uint64_t time,
                              enum gs_state state, uint16_t place)
{
    fake_event(f, (struct gs_event){.time = time,
                                    .actor = thread,
                                    .kind = GS_EVENT_STATE,
                                    .flags = state,
                                    .place = place,
                                    .b = gs_event_pack(1, 0)});
}

/* So many threads that compute one after the other, for a millisecond each, in lines of that file;
 * NULL: of the program, whose text nobody has. */
static struct fake_trace *threads(unsigned count, const char *file)
{
    struct fake_trace *f = fake_open();
    uint32_t in = fake_interpreter(f, fake_process(f, "process 1"), "main", false);
    uint16_t place = file ? fake_place(f, file, NULL) : 0;
    for (unsigned i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "t%u", i);
        uint32_t t = fake_thread(f, in, name);
        fake_born(f, t, 0, 0);
        on_its_first_line(f, t, 0, GS_STATE_SLEEPING, place);
        on_its_first_line(f, t, FAKE_MS(i), GS_STATE_RUNNING, place);
        on_its_first_line(f, t, FAKE_MS(i + 1), GS_STATE_SLEEPING, place);
    }
    fake_end(f, FAKE_MS(count), 0);
    return f;
}

static struct fake_trace *few(void)
{
    return threads(4, NULL);
}

static char listing[] = "/tmp/gs_room_XXXXXX"; /* of more lines than a screen has */

/* At 120x40 they leave some lines, but not one for each of them. */
static struct fake_trace *several(void)
{
    return threads(21, listing);
}

static struct fake_trace *many(void)
{
    return threads(25, NULL);
}

static struct gs_ui *open_played(struct ui_case *c, int width, int height)
{
    struct gs_ui *ui = ui_case_open(c, width, height);
    ui_case_play(ui);
    gs_ui_draw(ui);
    return ui;
}

static int row_with(struct gs_ui *ui, const char *text)
{
    char row[4096];
    gs_ui_draw(ui);
    for (int y = 0; y < ui->canvas.height; y++)
        if (strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), text))
            return y;
    return -1;
}

/* A line of states and one of words, on a canvas of their own. */
static void a_tall_lane_has_its_words_above_its_states(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_rows rows = {0};
    struct gs_canvas canvas;
    gs_rows_build(&rows, x.trace->timeline, NULL);
    gs_canvas_init(&canvas, 60, 12, false);
    struct gs_lanes_view view = {.timeline = x.trace->timeline,
                                 .rows = &rows,
                                 .from = FAKE_MS(5),
                                 .until = FAKE_MS(8),
                                 .width = 60,
                                 .height = 12,
                                 .tall = 2,
                                 .selected = -1,
                                 .cursor = UINT64_MAX};
    static const char *const lines[] = {
        "             5ms             6              7",
        "▾ process 1",
        "  GIL        ▏T1  ▏ Thread 2",
        "             ▏    ▏",
        "  main                        join Thread 1",
        "             ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
    };
    assert_int_equal(gs_lanes_lines(&rows, 2), 9);
    assert_int_equal(gs_lanes_lines(&rows, 3), 12);
    assert_int_equal(gs_lanes_fit(&rows, 2, 0, 4), 2);
    assert_int_equal(gs_lanes_fit(&rows, 2, 1, 4), 2);
    assert_int_equal(gs_lanes_draw(&canvas, &view, NULL), 10);
    char row[512];
    for (int i = 0; i < 6; i++)
        assert_string_equal(gs_canvas_row(&canvas, i, row, sizeof row), lines[i]);
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(x.trace);
}

/* A label of a lane's first half leaves as many columns as the state's word has letters. */
static void a_label_and_a_states_word_are_apart(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t t = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "t");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 1, 0);
    fake_label(f, t, 0, "abc", 1);
    fake_label_end(f, t, FAKE_MS(10));
    fake_end(f, FAKE_MS(20), 0);
    struct gs_rows rows = {0};
    struct gs_canvas canvas;
    char row[512];
    gs_rows_build(&rows, f->timeline, NULL);
    gs_canvas_init(&canvas, 28, 6, false);
    struct gs_lanes_view view = {.timeline = f->timeline,
                                 .rows = &rows,
                                 .until = FAKE_MS(20),
                                 .width = 28,
                                 .height = 6,
                                 .title_width = 8,
                                 .tall = 2,
                                 .selected = -1,
                                 .cursor = UINT64_MAX};
    gs_lanes_draw(&canvas, &view, NULL);
    assert_string_equal(gs_canvas_row(&canvas, 2, row, sizeof row), "  t     [abc     ]  sleep");
    gs_canvas_destroy(&canvas);
    gs_rows_free(&rows);
    fake_close(f);
}

/* Boxes take what they need: the source has the rows that they leave, on a screen of any width. */
static void boxes_leave_room_for_the_source(void **state)
{
    (void)state;
    for (int height = 20; height <= 40; height += 20) {
        struct ui_case c = {.speed = 10};
        struct gs_ui *ui = ui_case_open(&c, 120, height);
        ui_case_play(ui);
        ui_case_press(ui, "b");
        ui_case_expect(ui, "┌─ process 1");
        ui_case_expect(ui, "Thread 2");
        assert_int_equal(ui_case_shows(ui, "─ source ─"), height == 40);
        ui_case_close(&c);
    }
}

/* More lanes than there is room for: still the screen says what their signs are. */
static void the_legend_finds_a_row(void **state)
{
    (void)state;
    for (int presents = 0; presents < 2; presents++) {
        struct ui_case c = {.stage = {.make = many}, .presents = presents};
        struct gs_ui *ui = open_played(&c, presents ? 60 : 80, presents ? 15 : 24);
        ui_case_expect(ui, "· sleeping");
        ui_case_close(&c);
    }
}

/* A pool of eight processes, each of one thread, and a check at the end. */
static struct fake_trace *pool(void)
{
    struct fake_trace *f = fake_open();
    for (unsigned i = 0; i < 9; i++) {
        char name[32];
        snprintf(name, sizeof name, i ? "worker-%u" : "process 1", i);
        uint32_t process = fake_process(f, name);
        uint32_t gil = fake_interpreter(f, process, "main", true);
        uint32_t thread = fake_thread(f, gil, "MainThread");
        fake_born(f, process, 0, 0);
        fake_born(f, gil, 0, process);
        fake_born(f, thread, 0, 0);
        fake_state(f, thread, 0, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    }
    fake_end(f, FAKE_MS(10), 0);
    return f;
}

/* A process that has no room for its title, its GIL and its thread is a lane; a key opens it. At
 * the end they have the lines of a sentence that would say nothing. */
static void processes_that_do_not_fit_are_a_lane_each(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = pool}};
    struct gs_ui *ui = open_played(&c, 80, 24);
    ui_case_expect(ui, "worker-1    ····");
    ui_case_expect(ui, "worker-8    ····");
    assert_false(ui_case_shows(ui, "Nobody holds the GIL"));
    ui_case_press(ui, "jj");
    ui_case_expect(ui, "MainThread of worker-1 has been sleeping");
    ui_case_press(ui, "z");
    ui_case_expect(ui, "▾ worker-1");
    ui_case_expect(ui, "worker-2    ····");
    gs_ui_resize(ui, 80, 50);
    ui_case_expect(ui, "▾ worker-2");
    ui_case_close(&c);
}

static void lanes_are_as_tall_as_there_is_room_for(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = few}};
    struct gs_ui *ui = open_played(&c, 120, 40);
    assert_int_equal(row_with(ui, "t1") - row_with(ui, "t0"), 3);
    gs_ui_resize(ui, 80, 24);
    assert_int_equal(row_with(ui, "t1") - row_with(ui, "t0"), 2);
    gs_ui_resize(ui, 80, 18);
    assert_int_equal(row_with(ui, "t1") - row_with(ui, "t0"), 1);
    gs_ui_resize(ui, 80, 24);
    ui_case_press(ui, "T");
    ui_case_expect(ui, "A lane takes 1 line.");
    assert_int_equal(row_with(ui, "t1") - row_with(ui, "t0"), 1);
    ui_case_press(ui, "T");
    ui_case_expect(ui, "A lane takes 2 lines.");
    assert_int_equal(row_with(ui, "t1") - row_with(ui, "t0"), 2);
    ui_case_press(ui, "TT");
    ui_case_expect(ui, "as many lines as there is room for");
    ui_case_close(&c);
}

/* Who wants tall lanes has them, and scrolls. */
static void the_selected_of_tall_lanes_is_visible(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = many}};
    struct gs_ui *ui = open_played(&c, 80, 24);
    ui_case_press(ui, "TTT");
    for (int i = 0; i < 25; i++) {
        char name[16];
        snprintf(name, sizeof name, "  t%d", i);
        assert_true(row_with(ui, name) > 0);
        ui_case_press(ui, "j");
    }
    assert_true(row_with(ui, "  t0") < 0);
    /* All lines are used at the end, too. */
    assert_true(row_with(ui, "  t21") > 0);
    for (int i = 0; i < 25; i++)
        ui_case_press(ui, "k");
    assert_true(row_with(ui, "process 1") > 0);
    ui_case_close(&c);
}

/* Whatever panes there are. */
static void no_screen_has_narrower_lanes_than_a_small_one(void **state)
{
    (void)state;
    int least = 0;
    for (int width = 80; width <= 240; width += 10) {
        struct ui_case c = {.stage = {.make = many}};
        struct gs_ui *ui = open_played(&c, width, 40);
        const struct gs_lanes_state *lanes = ui->states[GS_VIEW_LANES];
        least = least ? least : lanes->columns;
        assert_true(lanes->columns >= least);
        ui_case_close(&c);
    }
}

/* Under few lanes the source; beside many it needs columns that they can spare. */
static void the_source_stands_where_there_is_room(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = few}};
    struct gs_ui *ui = open_played(&c, 120, 40);
    assert_true(row_with(ui, "─ source") > row_with(ui, "t3"));
    gs_ui_resize(ui, 200, 60);
    assert_true(row_with(ui, "─ source") > row_with(ui, "t3"));
    /* With another pane beside it. */
    ui_case_press(ui, "e");
    assert_int_equal(row_with(ui, "─ source"), row_with(ui, "─ events"));
    ui_case_press(ui, "es");
    assert_true(row_with(ui, "─ source") < 0);
    ui_case_close(&c);

    FILE *lines = fdopen(mkstemp(listing), "w");
    assert_non_null(lines);
    for (int i = 0; i < 100; i++)
        fprintf(lines, "line %d\n", i);
    fclose(lines);
    c = (struct ui_case){.stage = {.make = several}};
    ui = open_played(&c, 120, 40);
    assert_true(row_with(ui, "t0 ") > 0 && row_with(ui, "t20") > row_with(ui, "t0 "));
    assert_true(row_with(ui, "total") > row_with(ui, "t20"));
    assert_true(row_with(ui, "─ gs_room_") > row_with(ui, "total"));
    unlink(listing);
    ui_case_close(&c);

    c = (struct ui_case){.stage = {.make = many}};
    ui = open_played(&c, 120, 40);
    assert_true(row_with(ui, "─ source") < 0);
    ui_case_press(ui, "s");
    assert_true(row_with(ui, "─ source") > 0);
    ui_case_press(ui, "s");
    gs_ui_resize(ui, 200, 40);
    ui_case_press(ui, "s");
    assert_int_equal(row_with(ui, "─ source"), 1);
    ui_case_close(&c);
}

/* Nobody keeps half a screen for what does not go on. */
static void a_window_of_nothing_shrinks_while_it_stands(void **state)
{
    (void)state;
    struct ui_case c = {.speed = 0.01};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    while (ui->look.run.playback.now < FAKE_MS(10)) {
        while (gs_ui_drain(ui, 1000000))
            ;
        gs_ui_advance(ui, FAKE_MS(10));
        gs_ui_draw(ui);
    }
    uint64_t wide = ui->look.window.span, now = ui->look.run.playback.now;
    assert_true(wide >= 2 * now);
    ui_case_press(ui, " ");
    gs_ui_draw(ui);
    assert_true(ui->look.window.span > now && ui->look.window.span <= 2 * now);
    /* The cursor finds it as wide as it was. */
    for (int i = 0; i < 5000 && ui->look.cursor <= 2 * now; i++) {
        while (gs_ui_drain(ui, 1000000))
            ;
        gs_ui_advance(ui, FAKE_MS(10));
        if (i % 20 == 0)
            ui_case_press(ui, ">");
        gs_ui_draw(ui);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_true(ui->look.cursor > 2 * now);
    assert_int_equal(ui->look.window.from, 0);
    ui_case_close(&c);
}

/* A thread sleeps and goes on every millisecond, for a second. */
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

/* However much there is to see: what is there for the blink of an eye is not seen. */
static void a_window_that_plays_does_not_race(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = busy_one}, .speed = 1};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    uint64_t from = 0;
    int jumps = 0;
    for (int i = 0; i < 5000 && !gs_run_over(&ui->look.run); i++) {
        while (gs_ui_drain(ui, 1000000))
            ;
        gs_ui_advance(ui, FAKE_MS(16));
        gs_ui_draw(ui);
        jumps += ui->look.window.from != from;
        from = ui->look.window.from;
    }
    assert_in_range(jumps, 0, 4);
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tall_lane_has_its_words_above_its_states),
        cmocka_unit_test(a_label_and_a_states_word_are_apart),
        cmocka_unit_test(boxes_leave_room_for_the_source),
        cmocka_unit_test(the_legend_finds_a_row),
        cmocka_unit_test(processes_that_do_not_fit_are_a_lane_each),
        cmocka_unit_test(lanes_are_as_tall_as_there_is_room_for),
        cmocka_unit_test(the_selected_of_tall_lanes_is_visible),
        cmocka_unit_test(no_screen_has_narrower_lanes_than_a_small_one),
        cmocka_unit_test(the_source_stands_where_there_is_room),
        cmocka_unit_test(a_window_of_nothing_shrinks_while_it_stands),
        cmocka_unit_test(a_window_that_plays_does_not_race),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
