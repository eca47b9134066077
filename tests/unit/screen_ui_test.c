/* The screen's state without a terminal: keys in, the canvas out, frame by frame. */
#include "support/fake_stage.h"
#include "tui/ui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct ui_case {
    struct fake_stage stage;
    struct gs_tui_conf conf;
    const char *scene; /* its file */
    struct gs_ui ui;
};

static void run_to_the_end(struct gs_ui *ui)
{
    for (int i = 0; i < 5000 && !gs_run_over(&ui->run); i++) {
        while (gs_run_drain(&ui->run, 1000000))
            ;
        gs_ui_advance(ui, 1000000000);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_true(gs_run_over(&ui->run));
}

static struct gs_ui *open_case(struct ui_case *c, int width, int height)
{
    struct gs_order order = {.name = "gil/fight"};
    if (c->scene)
        snprintf(order.scene, sizeof order.scene, "%s", c->scene);
    c->conf = (struct gs_tui_conf){.host = fake_stage_host(&c->stage)};
    gs_ui_init(&c->ui, &c->conf, width, height);
    gs_ui_start(&c->ui, &order, 10);
    return &c->ui;
}

static void close_case(struct ui_case *c)
{
    gs_ui_destroy(&c->ui);
    c->stage.host.stop(&c->stage);
}

static void press(struct gs_ui *ui, const char *keys)
{
    for (; *keys; keys++)
        gs_ui_key(ui, *keys == '\r' ? (uint32_t)GS_KEY_ENTER : (uint32_t)*keys);
}

static bool shows(struct gs_ui *ui, const char *text)
{
    char row[4096];
    gs_ui_draw(ui);
    for (int y = 0; y < ui->canvas.height; y++)
        if (strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), text))
            return true;
    return false;
}

static void show(struct gs_ui *ui)
{
    char row[4096];
    for (int y = 0; y < ui->canvas.height; y++)
        fprintf(stderr, "|%s\n", gs_canvas_row(&ui->canvas, y, row, sizeof row));
}

static void expect(struct gs_ui *ui, const char *text)
{
    if (shows(ui, text))
        return;
    show(ui);
    fail_msg("the screen lacks '%s'", text);
}

/* The run's last quarter of a second is no reason to leave its figures out for good: no frame may
 * come after it. */
static void statistics_are_those_of_the_end(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_case(&c, 120, 40);
    press(ui, "t");
    gs_ui_advance(ui, 1000);
    expect(ui, "statistics up to the playhead");
    run_to_the_end(ui);
    expect(ui, "held 100 %, 15 hand-offs");
    /* The same again has the same version at its end. */
    press(ui, "r");
    run_to_the_end(ui);
    expect(ui, "held 100 %, 15 hand-offs");
    close_case(&c);
}

static struct fake_trace *talkative(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--; /* the end, which comes again below */
    for (int i = 1; i <= 3; i++) {
        char text[16];
        snprintf(text, sizeof text, "word %d", i);
        fake_text(x.trace, x.t1, FAKE_MS(31), GS_EVENT_OUTPUT, text, 3);
    }
    fake_text(x.trace, x.t2, FAKE_MS(32), GS_EVENT_OUTPUT, "word 4", 3);
    fake_end(x.trace, FAKE_MS(60), 0);
    return x.trace;
}

/* One thread prints several times at one instant. */
static void search_goes_through_hits_of_one_instant(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = talkative}};
    struct gs_ui *ui = open_case(&c, 120, 40);
    run_to_the_end(ui);
    press(ui, "g/word\r");
    expect(ui, "1 of 4: output word 1");
    press(ui, "n");
    expect(ui, "2 of 4: output word 2");
    press(ui, "n");
    expect(ui, "3 of 4: output word 3");
    press(ui, "n");
    expect(ui, "4 of 4: output word 4");
    press(ui, "N");
    expect(ui, "3 of 4: output word 3");
    press(ui, "N");
    expect(ui, "2 of 4: output word 2");
    press(ui, "nnn");
    expect(ui, "1 of 4: output word 1");
    close_case(&c);
}

/* What was not there when it was searched for is not passed over later. */
static void the_first_hit_of_all_is_not_skipped(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = talkative}};
    struct gs_ui *ui = open_case(&c, 120, 40);
    press(ui, "/word\r");
    expect(ui, "\"word\" is in no name");
    run_to_the_end(ui);
    press(ui, "gn");
    expect(ui, "1 of 4: output word 1");
    close_case(&c);
}

/* Two interpreters with a GIL, and a third without; main calls into the second. */
struct cast {
    struct fake_trace *trace;
    uint32_t process, first, second, third, main;
};

static struct cast three_interpreters(void)
{
    struct cast x = {.trace = fake_open()};
    struct fake_trace *f = x.trace;
    x.process = fake_process(f, "process 1");
    x.first = fake_interpreter(f, x.process, "first", true);
    x.second = fake_interpreter(f, x.process, "second", true);
    x.third = fake_interpreter(f, x.process, "third", false);
    uint32_t threads[] = {fake_thread(f, x.first, "main"), fake_thread(f, x.second, "a worker"),
                          fake_thread(f, x.third, "free")};
    x.main = threads[0];
    fake_born(f, x.process, 0, 0);
    for (uint32_t gil = x.first; gil <= x.third; gil++)
        fake_born(f, gil, 0, x.process);
    for (size_t i = 0; i < 3; i++)
        fake_born(f, threads[i], 0, 0);
    fake_take(f, threads[0], 0, x.first, 1);
    for (size_t i = 0; i < 3; i += 2)
        fake_state(f, threads[i], 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_take(f, threads[1], FAKE_MS(1), x.second, 1);
    fake_state(f, threads[1], FAKE_MS(1), GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_drop(f, threads[1], FAKE_MS(2), x.second, GS_DROP_EXIT, 1);
    fake_died(f, threads[1], FAKE_MS(2), false);
    fake_drop(f, threads[0], FAKE_MS(3), x.first, GS_DROP_BLOCKING, 2);
    fake_enter(f, threads[0], FAKE_MS(3), x.second);
    fake_take(f, threads[0], FAKE_MS(3), x.second, 2);
    fake_end(f, FAKE_MS(10), 0);
    return x;
}

static struct fake_trace *three(void)
{
    return three_interpreters().trace;
}

static void select_row(struct gs_ui *ui, enum gs_row_kind kind, uint32_t actor)
{
    ui->lanes.selected_by_user = true;
    ui->lanes.selected = (struct gs_row_name){kind, actor};
    assert_non_null(gs_cursor_selected(ui));
}

static void a_folded_group_tells_of_its_own_gil(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = three}};
    struct cast x = three_interpreters(); /* for the ids */
    struct gs_ui *ui = open_case(&c, 120, 40);
    run_to_the_end(ui);
    expect(ui, "▾ second");
    gs_cursor_set(ui, FAKE_MS(1));
    for (int folded = 0; folded < 2; folded++) {
        select_row(ui, GS_ROW_GROUP, x.first);
        assert_int_equal(gs_cursor_interpreter(ui), x.first);
        expect(ui, "main has held the GIL for 1.0 ms");
        press(ui, "z");
        select_row(ui, GS_ROW_GROUP, x.second);
        assert_int_equal(gs_cursor_interpreter(ui), x.second);
        expect(ui, "a worker took the GIL");
        press(ui, "z");
        select_row(ui, GS_ROW_GROUP, x.third);
        assert_int_equal(gs_cursor_interpreter(ui), 0);
        expect(ui, "third has no GIL");
        press(ui, "z");
    }
    select_row(ui, GS_ROW_GROUP, x.process);
    assert_int_equal(gs_cursor_interpreter(ui), x.first);
    press(ui, "z");
    assert_int_equal(gs_cursor_interpreter(ui), x.first);
    fake_close(x.trace);
    close_case(&c);
}

static void a_lane_is_about_the_gil_of_the_instant(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = three}};
    struct cast x = three_interpreters();
    struct gs_ui *ui = open_case(&c, 120, 40);
    run_to_the_end(ui);
    gs_ui_draw(ui);
    select_row(ui, GS_ROW_LANE, x.main);
    gs_cursor_set(ui, FAKE_MS(1));
    assert_int_equal(gs_cursor_interpreter(ui), x.first);
    gs_cursor_set(ui, FAKE_MS(4));
    assert_int_equal(gs_cursor_interpreter(ui), x.second);
    fake_close(x.trace);
    close_case(&c);
}

static void keys_never_go_to_a_pane_that_is_not_shown(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_case(&c, 120, 40);
    run_to_the_end(ui);
    press(ui, "\t");
    assert_int_equal(ui->focus, GS_PANE_SOURCE);
    gs_ui_resize(ui, 80, 24);
    gs_ui_draw(ui);
    assert_int_equal(ui->focus, GS_PANE_LANES);
    /* One that stays keeps them. */
    press(ui, "e\t");
    assert_int_equal(ui->focus, GS_PANE_EVENTS);
    gs_ui_resize(ui, 120, 40);
    assert_int_equal(ui->focus, GS_PANE_EVENTS);
    close_case(&c);
}

/* Events stand on an interpreter's lane once, though it has two rows. */
static void each_event_is_told_once(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = three}};
    struct gs_ui *ui = open_case(&c, 120, 60);
    run_to_the_end(ui);
    gs_ui_draw(ui);
    press(ui, "sge");
    gs_ui_draw(ui);
    char row[4096];
    int births = 0;
    for (int y = 0; y < ui->canvas.height; y++)
        births += strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), "started first") != NULL;
    assert_int_equal(births, 1);
    close_case(&c);
}

static void the_dead_are_on_no_line(void **state)
{
    (void)state;
    char path[] = "/tmp/screen_ui_XXXXXX.lua";
    int fd = mkstemps(path, 4);
    for (int i = 1; i <= 30; i++)
        dprintf(fd, "line_%d()\n", i);
    close(fd);
    struct ui_case c = {.scene = path};
    struct gs_ui *ui = open_case(&c, 120, 40);
    run_to_the_end(ui);
    assert_false(shows(ui, "█ main"));
    gs_cursor_set(ui, FAKE_MS(60) - 1);
    assert_true(shows(ui, "█ main"));
    close_case(&c);
    unlink(path);
}

/* A thread's start and its end are one object; which of them was waited for is told. */
static void statistics_tell_what_is_waited_for(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = open_case(&c, 200, 40);
    press(ui, "t");
    run_to_the_end(ui);
    expect(ui, "54.7 ms waits for the end of Thread 1");
    close_case(&c);
}

static struct fake_trace *in_every_state(void)
{
    struct fake_trace *f = fake_open();
    uint32_t free = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", false);
    uint32_t t = fake_thread(f, free, "busy");
    fake_born(f, t, 0, 0);
    /* 2 % running, 4 % wants-gil … 16 % awaiting, and running again. */
    uint64_t now = 0;
    for (unsigned s = GS_STATE_RUNNING; s < GS_STATES; now += FAKE_MS(2) * s++)
        fake_state(f, t, now, s, 0, 1, GS_CAUSE_WORK);
    fake_state(f, t, now, GS_STATE_RUNNING, 0, 1, GS_CAUSE_WORK);
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

/* As in the printed statistics: who could run and has no core does not want a GIL. */
static void statistics_count_each_state_for_itself(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = in_every_state}};
    struct gs_ui *ui = open_case(&c, 200, 40);
    press(ui, "t");
    run_to_the_end(ui);
    expect(ui, "% of life runs wants native  io sleep waits ready await  longest wait");
    expect(ui, "busy        30     4      6   8    10    12    14    16  ");
    close_case(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_are_those_of_the_end),
        cmocka_unit_test(search_goes_through_hits_of_one_instant),
        cmocka_unit_test(the_first_hit_of_all_is_not_skipped),
        cmocka_unit_test(a_folded_group_tells_of_its_own_gil),
        cmocka_unit_test(a_lane_is_about_the_gil_of_the_instant),
        cmocka_unit_test(keys_never_go_to_a_pane_that_is_not_shown),
        cmocka_unit_test(each_event_is_told_once),
        cmocka_unit_test(the_dead_are_on_no_line),
        cmocka_unit_test(statistics_tell_what_is_waited_for),
        cmocka_unit_test(statistics_count_each_state_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
