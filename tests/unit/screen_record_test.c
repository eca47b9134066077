/* `w` records from the beginning of the run, pressed early or late; what was recorded is played as
 * it was seen. */
#include "support/recorded.h"
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { WIDTH = 100, HEIGHT = 30 };

/* Types the path over what is offered, and waits for the answer. */
static void record_into(struct gs_ui *ui, const char *path)
{
    ui_case_press(ui, "w");
    ui_case_expect(ui, "record into: gil-fight.gsr");
    for (size_t i = 0; i < sizeof "gil-fight.gsr" - 1; i++)
        ui_case_press(ui, "\x7f");
    ui_case_press(ui, path);
    ui_case_press(ui, "\r");
    for (int i = 0; i < 1000 && ui->recording_pending; i++) {
        assert_true(gs_ui_next_frame(ui) > 0);
        usleep(1000);
        gs_ui_advance(ui, 0);
    }
    assert_false(ui->recording_pending);
}

static struct recorded_events read_back(const char *path)
{
    struct gs_error err;
    struct gs_player *p = gs_player_open(path, &err);
    if (!p)
        fail_msg("%s", err.text);
    assert_non_null(gs_player_end(p));
    assert_string_equal(gs_player_about(p)->name, "gil/fight");
    struct recorded_events events = recorded_events(p);
    gs_player_close(p);
    return events;
}

static void assert_whole(struct gs_ui *ui, const struct ui_case *c, const char *path)
{
    struct recorded_events events = read_back(path);
    assert_int_equal(events.list.count, gs_timeline_events(ui->look.run.timeline));
    assert_true(events.list.count >= c->stage.trace->events.count);
    assert_memory_equal(&events.list.items[0], &c->stage.trace->events.items[0],
                        sizeof(struct gs_event));
    gs_vec_free(&events.list);
}

static void pressed_late_it_has_the_whole_run(void **state)
{
    (void)state;
    struct ui_case c = {0};
    char *path = recorded_path();
    struct gs_ui *ui = ui_case_open(&c, WIDTH, HEIGHT);
    ui_case_play(ui);
    record_into(ui, path);
    ui_case_expect(ui, "The run is recorded: ");
    assert_whole(ui, &c, path);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

static void pressed_early_it_goes_on(void **state)
{
    (void)state;
    struct ui_case c = {.speed = 0.01};
    char *path = recorded_path();
    struct gs_ui *ui = ui_case_open(&c, WIDTH, HEIGHT);
    ui_case_frames(ui, 20, 16000000);
    assert_false(gs_run_complete(&ui->look.run));
    record_into(ui, path);
    ui_case_expect(ui, "Recording from the beginning on: ");
    ui_case_press(ui, "w");
    ui_case_expect(ui, "The run is being recorded: ");
    ui_case_play(ui);
    gs_ui_advance(ui, 0);
    ui_case_expect(ui, "The run is recorded: ");
    assert_whole(ui, &c, path);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

/* Whoever quits has what there was. */
static void quitting_ends_it(void **state)
{
    (void)state;
    struct ui_case c = {.speed = 0.01};
    char *path = recorded_path();
    struct gs_ui *ui = ui_case_open(&c, WIDTH, HEIGHT);
    ui_case_frames(ui, 20, 16000000);
    record_into(ui, path);
    ui_case_frames(ui, 20, 16000000);
    uint64_t seen = gs_timeline_events(ui->look.run.timeline);
    ui_case_close(&c);
    struct recorded_events events = read_back(path);
    assert_int_equal(events.list.count, seen);
    gs_vec_free(&events.list);
    unlink(path);
    free(path);
}

static void a_place_that_is_none_is_asked_for_again(void **state)
{
    (void)state;
    struct ui_case c = {0};
    struct gs_ui *ui = ui_case_open(&c, WIDTH, HEIGHT);
    ui_case_play(ui);
    record_into(ui, "/nowhere/x.gsr");
    ui_case_expect(ui, "Cannot record into /nowhere/x.gsr: No such file or directory.");
    char *path = recorded_path();
    record_into(ui, path);
    assert_whole(ui, &c, path);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

static void the_text_of(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Everything on the screen, the source too, which is not there any more. */
static void it_is_played_as_it_was_seen(void **state)
{
    (void)state;
    char *path = recorded_path(), *scene = recorded_path();
    the_text_of(scene, "first line\nsecond line\n");
    struct ui_case c = {.scene = scene}, again = {.recording = path};
    struct gs_ui *ui = ui_case_open(&c, WIDTH, HEIGHT);
    ui_case_play(ui);
    record_into(ui, path);
    the_text_of(scene, "something else\n");
    struct gs_ui *played = ui_case_open(&again, WIDTH, HEIGHT);
    ui_case_play(played);
    ui_case_press(ui, "G0");
    ui_case_press(played, "G0");
    ui_case_expect(played, "second line");
    ui_case_frames(ui, 3, 0);
    ui_case_frames(played, 3, 0);
    for (int y = 0; y < HEIGHT; y++) {
        char live[4096], row[4096];
        gs_canvas_row(&ui->canvas, y, live, sizeof live);
        gs_canvas_row(&played->canvas, y, row, sizeof row);
        assert_string_equal(live, row);
    }
    ui_case_press(played, "w");
    ui_case_expect(played, "This is a recording already: ");
    ui_case_close(&again);
    ui_case_close(&c);
    unlink(path);
    unlink(scene);
    free(path);
    free(scene);
}

static void one_that_was_cut_says_so(void **state)
{
    (void)state;
    struct fake_trace *f = fake_gil_fight().trace;
    struct recorded r = recorded_of(f, 5);
    char *path = recorded_path();
    FILE *file = fopen(path, "w");
    fwrite(r.list.items, 1, r.list.count / 2, file);
    fclose(file);
    struct ui_case c = {.recording = path};
    struct gs_ui *ui = ui_case_open(&c, WIDTH, HEIGHT);
    ui_case_play(ui);
    ui_case_expect(ui, "cut");
    ui_case_expect(ui, "into the run");
    ui_case_close(&c);
    gs_vec_free(&r.list);
    fake_close(f);
    unlink(path);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pressed_late_it_has_the_whole_run),
        cmocka_unit_test(pressed_early_it_goes_on),
        cmocka_unit_test(quitting_ends_it),
        cmocka_unit_test(a_place_that_is_none_is_asked_for_again),
        cmocka_unit_test(it_is_played_as_it_was_seen),
        cmocka_unit_test(one_that_was_cut_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
