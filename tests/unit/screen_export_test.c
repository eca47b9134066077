/* `x` exports what is on the screen: in which format and into which file it asks. */
#include "support/recorded.h"
#include "support/ui_case.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The fight of two threads for a GIL, at its end. */
static struct gs_ui *open_ended(struct ui_case *c)
{
    *c = (struct ui_case){.speed = 10};
    struct gs_ui *ui = ui_case_open(c, 80, 24);
    ui_case_play(ui);
    gs_ui_draw(ui);
    return ui;
}

/* Types the path over what is offered. */
static void type_path(struct gs_ui *ui, const char *offered, const char *path)
{
    ui_case_expect(ui, offered);
    for (size_t i = strlen(ui->prompt.text); i > 0; i--)
        ui_case_press(ui, "\x7f");
    ui_case_press(ui, path);
    ui_case_press(ui, "\r");
}

static void the_window_with_the_lanes_shown(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    char *path = recorded_path();
    ui_case_press(ui, "x");
    ui_case_expect(ui, "export the window as: ");
    ui_case_expect(ui, "Formats: lanes, boxes, json.");
    ui_case_press(ui, "json\r");
    type_path(ui, "window, 0 ns to 60.0 ms, into: gil-fight.json", path);
    ui_case_expect(ui, " is written: the window that is shown, as json.");
    assert_string_equal(c.stage.exported_as, "json");
    assert_string_equal(c.stage.exported_into, path);
    assert_true(c.stage.exported.timeline == ui->look.run.timeline);
    assert_int_equal(c.stage.exported.from, 0);
    assert_int_equal(c.stage.exported.until, ui->look.run.playback.now);
    assert_int_equal(c.stage.exported.width, 80);
    size_t all = c.stage.exported_rows;
    assert_int_equal(all, ui->look.rows.list.count);
    unlink(path);
    ui_case_press(ui, "fThread 1\r");
    ui_case_press(ui, "xjson\r");
    type_path(ui, "into: gil-fight.json", path);
    assert_in_range(c.stage.exported_rows, 1, all - 1);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

static void a_range_goes_before_the_window(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    char *path = recorded_path();
    ui_case_press(ui, "g>>m>>m");
    ui_case_press(ui, "x");
    ui_case_expect(ui, "export the range as: ");
    ui_case_press(ui, "\r");
    type_path(ui, "range, 5.3 ms to 15.3 ms, into: gil-fight.txt", path);
    ui_case_expect(ui, " is written: the range that is shown, as lanes.");
    assert_string_equal(c.stage.exported_as, "lanes");
    assert_int_equal(c.stage.exported.from, ui->look.range.from);
    assert_int_equal(c.stage.exported.until, ui->look.range.until);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

static void boxes_are_exported_where_they_are_shown(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    char *path = recorded_path();
    ui_case_press(ui, "bg>>");
    ui_case_press(ui, "x\r");
    type_path(ui, "into: gil-fight.txt", path);
    assert_string_equal(c.stage.exported_as, "boxes");
    assert_int_equal(c.stage.exported.at, ui->look.cursor);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

static void what_is_wrong_is_said_and_asked_again(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    ui_case_press(ui, "xgif\r");
    ui_case_expect(ui, "There is no format 'gif'; there are lanes, boxes, json.");
    ui_case_expect(ui, "export the window as: gif");
    ui_case_press(ui, "\x7f\x7f\x7fjson\r");
    type_path(ui, "into: gil-fight.json", "/nowhere/x.json");
    ui_case_expect(ui, "Cannot write /nowhere/x.json: No such file or directory.");
    ui_case_expect(ui, "into: /nowhere/x.json");
    type_path(ui, "into: /nowhere/x.json", "");
    ui_case_expect(ui, "A name is needed.");
    ui_case_press(ui, "\033");
    ui_case_expect(ui, "space play");
    assert_string_equal(c.stage.exported_as, "");
    ui_case_close(&c);
}

static void a_file_that_is_there_is_not_written_over_at_once(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    char *path = recorded_path();
    fclose(fopen(path, "w"));
    ui_case_press(ui, "xjson\r");
    type_path(ui, "into: gil-fight.json", path);
    ui_case_expect(ui, " is there: enter once more writes over it.");
    assert_string_equal(c.stage.exported_as, "");
    ui_case_press(ui, "\r");
    ui_case_expect(ui, " is written: ");
    assert_string_equal(c.stage.exported_into, path);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

/* Up to the playhead, while it goes on. */
static void a_run_that_goes_on_is_exported_as_far_as_it_is_shown(void **state)
{
    (void)state;
    struct ui_case c = {.speed = 0.01};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    char *path = recorded_path();
    ui_case_press(ui, "x");
    ui_case_expect(ui, "Nothing has happened here yet that could be exported.");
    ui_case_frames(ui, 40, 16000000);
    assert_false(gs_run_complete(&ui->look.run));
    uint64_t shown = ui->look.run.playback.now;
    ui_case_press(ui, "xjson\r");
    type_path(ui, "into: gil-fight.json", path);
    ui_case_expect(ui, " is written: ");
    assert_int_equal(c.stage.exported.until, shown);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

/* Opens the export of the window into a file that takes a while. */
static char *begin_slow(struct ui_case *c, unsigned looks)
{
    c->stage.export_looks = looks;
    char *path = recorded_path();
    ui_case_press(&c->ui, "xjson\r");
    type_path(&c->ui, "into: gil-fight.json", path);
    return path;
}

static void a_file_that_takes_a_while_says_how_far_it_is(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    char *path = begin_slow(&c, 4);
    ui_case_expect(ui, "Writing ");
    ui_case_expect(ui, ": 1.5 MB so far. Esc ends it.");
    assert_true(gs_ui_next_frame(ui) > 0);
    uint64_t cursor = ui->look.cursor;
    ui_case_press(ui, ","); /* the screen goes on */
    assert_true(ui->look.cursor < cursor);
    ui_case_press(ui, "x");
    ui_case_expect(ui, " is still being written: one after the other");
    assert_int_equal(ui->prompt.purpose, GS_PROMPT_NONE);
    ui_case_frames(ui, 4, 16000000);
    ui_case_expect(ui, " is written: the window that is shown, as json.");
    assert_int_equal(c.stage.exports_ended, 0);
    ui_case_close(&c);
    assert_int_equal(c.stage.exports_ended, 0);
    unlink(path);
    free(path);
}

static void escape_ends_a_file_that_is_being_written(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    char *path = begin_slow(&c, UINT_MAX);
    ui_case_press(ui, "\033");
    ui_case_expect(ui, " is not finished: a file there is as it was.");
    assert_int_equal(c.stage.exports_ended, 1);
    ui_case_press(ui, ",");
    ui_case_expect(ui, "space play");
    ui_case_close(&c);
    assert_int_equal(c.stage.exports_ended, 1);
    unlink(path);
    free(path);
}

static void whoever_leaves_is_told_what_is_being_written(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    char *path = begin_slow(&c, UINT_MAX);
    ui_case_press(ui, "q");
    ui_case_frames(ui, 2, 16000000);
    ui_case_expect(ui, " is still being written: once more leaves without it.");
    assert_false(ui->quit);
    ui_case_press(ui, "q");
    assert_true(ui->quit);
    ui_case_close(&c);
    assert_int_equal(c.stage.exports_ended, 0); /* the host tells of it */
    unlink(path);
    free(path);
}

static void what_fails_later_says_why(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    c.stage.export_fails = "cannot write x: No space left on device";
    char *path = begin_slow(&c, 3);
    ui_case_frames(ui, 4, 16000000);
    ui_case_expect(ui, "Cannot write x: No space left on device.");
    ui_case_press(ui, "q");
    assert_true(ui->quit);
    ui_case_close(&c);
    unlink(path);
    free(path);
}

static void runs_compared_say_why_not(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c);
    ui_case_press(ui, "ca,b\r");
    ui_case_press(ui, "x");
    ui_case_expect(ui, "x exports one run, and these are several");
    assert_int_equal(ui->prompt.purpose, GS_PROMPT_NONE);
    ui_case_close(&c);
}

static void the_help_and_a_wide_footer_have_the_key(void **state)
{
    (void)state;
    struct ui_case c;
    c = (struct ui_case){.speed = 10};
    struct gs_ui *ui = ui_case_open(&c, 300, 60);
    ui_case_play(ui);
    ui_case_expect(ui, "x export");
    ui_case_press(ui, "?");
    ui_case_expect(ui, "export what is shown into a file: the range, else the window");
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_window_with_the_lanes_shown),
        cmocka_unit_test(a_range_goes_before_the_window),
        cmocka_unit_test(boxes_are_exported_where_they_are_shown),
        cmocka_unit_test(what_is_wrong_is_said_and_asked_again),
        cmocka_unit_test(a_file_that_is_there_is_not_written_over_at_once),
        cmocka_unit_test(a_run_that_goes_on_is_exported_as_far_as_it_is_shown),
        cmocka_unit_test(a_file_that_takes_a_while_says_how_far_it_is),
        cmocka_unit_test(escape_ends_a_file_that_is_being_written),
        cmocka_unit_test(whoever_leaves_is_told_what_is_being_written),
        cmocka_unit_test(what_fails_later_says_why),
        cmocka_unit_test(runs_compared_say_why_not),
        cmocka_unit_test(the_help_and_a_wide_footer_have_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
