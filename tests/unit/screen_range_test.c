/* A range of time, chosen by two keys: what is shown of it, and its figures. */
#include "support/ui_case.h"

#include "timeline/judge/stats.h"
#include "tui/look/range.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The fight of two threads for a GIL, at its end. */
static struct gs_ui *open_ended(struct ui_case *c, int width, int height)
{
    *c = (struct ui_case){.speed = 10};
    struct gs_ui *ui = ui_case_open(c, width, height);
    ui_case_play(ui);
    gs_ui_draw(ui);
    return ui;
}

/* The rows below the one that has this text, as many. */
static void rows_below(struct gs_ui *ui, const char *text, int count, char *buffer, size_t size)
{
    char row[4096];
    int y = 0;
    gs_ui_draw(ui);
    while (y < ui->canvas.height && !strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), text))
        y++;
    *buffer = '\0';
    for (int i = 1; i <= count; i++) {
        size_t used = strlen(buffer);
        gs_canvas_row(&ui->canvas, y + i, row, sizeof row);
        snprintf(buffer + used, size - used, "%s\n", row);
    }
}

static void two_keys_choose_a_range(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 60);
    ui_case_press(ui, "g>>m");
    ui_case_expect(ui, "A range begins at 5.3 ms");
    ui_case_press(ui, ">");
    ui_case_expect(ui, " 5.0 ms ");
    assert_false(ui_case_shows(ui, "range of"));
    ui_case_press(ui, ">m");
    ui_case_expect(ui, "range of 10.0 ms, from 5.3 ms to 15.3 ms");
    ui_case_expect(ui, "held 100 %, 2 hand-offs, 200/s");
    ui_case_expect(ui, "main         0     0   100  10.0 ms waits for");
    ui_case_expect(ui, "Thread 1    50    50     0  5.0 ms wants");
    ui_case_expect(ui, "Thread 2    50    50     0  5.0 ms wants");
    ui_case_expect(ui, "who waited for what");
    ui_case_expect(ui, "main      10.0 ms waiting on the end of thread 'Thread 1', once");
    ui_case_expect(ui, "Thread 1  5.0 ms wants-gil, once");
    ui_case_expect(ui, "ended by Thread 2 once");
    ui_case_close(&c);
}

/* Backwards as well; at the place where it began there is none yet. */
static void it_is_drawn_either_way_and_has_a_length(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 60);
    ui_case_press(ui, "g>>>>mm");
    ui_case_expect(ui, "The range has no length yet");
    ui_case_press(ui, "<<m");
    ui_case_expect(ui, "range of 10.0 ms, from 5.3 ms to 15.3 ms");
    ui_case_press(ui, "m");
    assert_int_equal(ui->look.range.state, GS_RANGE_BEGUN);
    ui_case_close(&c);
}

static void escape_takes_it_away_and_what_came_with_it(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 60);
    ui_case_press(ui, "g>>m>m\033");
    assert_false(ui_case_shows(ui, "range of"));
    assert_false(ui_case_shows(ui, "statistics up to"));
    assert_int_equal(gs_range_shown(&ui->look).until, 0);
    ui_case_press(ui, "tg>>m>m");
    ui_case_expect(ui, "range of");
    ui_case_press(ui, "\033");
    ui_case_expect(ui, "statistics up to the playhead");
    ui_case_press(ui, "m\033");
    assert_int_equal(ui->look.range.state, GS_RANGE_NONE);
    ui_case_expect(ui, "statistics up to the playhead");
    ui_case_close(&c);
}

/* Not one number is another. */
static void a_range_of_the_whole_run_has_the_runs_figures(void **state)
{
    (void)state;
    struct ui_case c;
    char whole[8192], range[8192];
    struct gs_ui *ui = open_ended(&c, 100, 60);
    ui_case_press(ui, "t");
    rows_below(ui, "statistics up to the playhead", 8, whole, sizeof whole);
    assert_non_null(strstr(whole, "Thread 2"));
    ui_case_press(ui, "gmGm");
    rows_below(ui, "range of 60.0 ms, from 0 ns to 60.0 ms", 8, range, sizeof range);
    assert_string_equal(whole, range);
    ui_case_close(&c);
}

static struct fake_trace *taken_at_the_end(void)
{
    struct fake_fight x = fake_gil_fight();
    fake_take(x.trace, x.t1, FAKE_MS(60), x.gil, 1);
    return x.trace;
}

/* What happens at its last instant counts: --stats has it. */
static void its_end_is_in_it(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = taken_at_the_end}, .speed = 10};
    struct gs_ui *ui = ui_case_open(&c, 100, 60);
    struct gs_stats stats;
    ui_case_play(ui);
    gs_ui_draw(ui);
    ui_case_press(ui, "gmGm");
    gs_stats_take(&stats, ui->look.run.timeline, 0, UINT64_MAX);
    assert_int_equal(stats.gils.items[0].hand_offs, 16);
    ui_case_expect(ui, "held 100 %, 16 hand-offs");
    gs_stats_free(&stats);
    ui_case_close(&c);
}

/* Where there is room, its length stands on the axis; without colours it is seen all the same. */
static void it_stands_on_the_axis(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 60);
    char row[4096];
    gs_range_select(&ui->look, FAKE_MS(10), FAKE_MS(30));
    gs_ui_draw(ui);
    int y = 0, reversed = 0;
    while (y < 10 && !strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), " 20.0 ms "))
        y++;
    for (int x = 0; x < 80; x++)
        reversed += gs_canvas_at(&ui->canvas, x, y)->style & GS_STYLE_REVERSE ? 1 : 0;
    assert_in_range(reversed, 19, 25);
    gs_range_select(&ui->look, FAKE_US(10000), FAKE_US(10001));
    gs_ui_draw(ui);
    reversed = 0;
    for (int x = 0; x < 80; x++)
        reversed += gs_canvas_at(&ui->canvas, x, y)->style & GS_STYLE_REVERSE ? 1 : 0;
    assert_int_equal(reversed, 1);
    ui_case_close(&c);
}

static void another_run_has_none(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 60);
    ui_case_press(ui, "g>>m>mr");
    ui_case_play(ui);
    assert_int_equal(ui->look.range.state, GS_RANGE_NONE);
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_keys_choose_a_range),
        cmocka_unit_test(it_is_drawn_either_way_and_has_a_length),
        cmocka_unit_test(escape_takes_it_away_and_what_came_with_it),
        cmocka_unit_test(a_range_of_the_whole_run_has_the_runs_figures),
        cmocka_unit_test(its_end_is_in_it),
        cmocka_unit_test(it_stands_on_the_axis),
        cmocka_unit_test(another_run_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
