/* The whole run in one line: what its bars stand for, which part is in brackets, and when the
 * screen has it above the lanes. */
#include "draw/overview.h"
#include "support/fake_trace.h"
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TITLES = 12, COLUMNS = 20 };

/* Two threads from 0 to 100 ms: one runs, then computes outside; the other sleeps for 52.5 ms, then
 * wants the GIL. */
static struct fake_trace *two_threads(void)
{
    struct fake_trace *f = fake_open();
    uint32_t in = fake_interpreter(f, fake_process(f, "process 1"), "main", false);
    for (int i = 0; i < 2; i++) {
        uint32_t t = fake_thread(f, in, i ? "second" : "first");
        fake_born(f, t, 0, 0);
        fake_state(f, t, 0, i ? GS_STATE_SLEEPING : GS_STATE_RUNNING, 0, 1, 0);
        fake_state(f, t, FAKE_MS(52.5), i ? GS_STATE_WANTS_GIL : GS_STATE_NATIVE, 0, 1, 0);
    }
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

static void line_is(const struct gs_overview *o, double from, double until, bool ascii,
                    const char *line)
{
    char row[256];
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, TITLES + COLUMNS, 1, ascii);
    gs_overview_draw(&canvas, o, 0, 0, TITLES, FAKE_MS(from), FAKE_MS(until));
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), line);
    gs_canvas_destroy(&canvas);
}

static void bars_are_threads_that_run_or_want_to(void **state)
{
    (void)state;
    struct gs_overview o = {0};
    struct fake_trace *f = two_threads();
    gs_overview_take(&o, f->timeline, FAKE_MS(100), FAKE_MS(100), COLUMNS);
    line_is(&o, 20, 40, false, "all 100 ms  ▄▄▄[▄▄▄▄]▄▆▇▇▇▇▇▇▇▇▇");
    line_is(&o, 20, 40, true, "all 100 ms  444[4444]46777777777");
    /* At the edges a bracket takes what it finds. */
    line_is(&o, 0, 5, false, "all 100 ms [▄]▄▄▄▄▄▄▄▄▆▇▇▇▇▇▇▇▇▇");
    line_is(&o, 95, 100, false, "all 100 ms  ▄▄▄▄▄▄▄▄▄▄▆▇▇▇▇▇▇▇[]");
    gs_overview_free(&o);
    fake_close(f);
}

/* Frame by frame as at once; nothing stands where the playhead has not come to. */
static void it_grows_with_the_run(void **state)
{
    (void)state;
    struct gs_overview o = {0};
    struct fake_trace *f = two_threads();
    for (int ms = 3; ms <= 59; ms += 8)
        gs_overview_take(&o, f->timeline, FAKE_MS(100), FAKE_MS(ms), COLUMNS);
    line_is(&o, 40, 50, false, "all 59.0 ms ▄▄▄▄▄▄▄[▄▄]▇");
    gs_overview_take(&o, f->timeline, FAKE_MS(100), FAKE_MS(100), COLUMNS);
    line_is(&o, 20, 40, false, "all 100 ms  ▄▄▄[▄▄▄▄]▄▆▇▇▇▇▇▇▇▇▇");
    gs_overview_take(&o, f->timeline, FAKE_MS(200), FAKE_MS(100), COLUMNS);
    line_is(&o, 20, 40, false, "all 100 ms  ▄[▄▄]▇▇▇▇▇");
    gs_overview_free(&o);
    fake_close(f);
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

static void a_part_has_the_whole_above_it(void **state)
{
    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        struct ui_case c = {0};
        struct gs_ui *ui = ui_case_open(&c, wide ? 120 : 80, wide ? 40 : 24);
        ui_case_play(ui);
        assert_false(ui_case_shows(ui, "all 60.0 ms"));
        ui_case_press(ui, "+");
        ui_case_expect(ui, "all 60.0 ms");
        ui_case_expect(ui, "[▇▇▇");
        ui_case_press(ui, "0");
        assert_false(ui_case_shows(ui, "all 60.0 ms"));
        ui_case_close(&c);
    }
}

static void a_whole_too_full_to_be_read_has_it_too(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = busy_one}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_expect(ui, "total 1.07 s");
    ui_case_expect(ui, "all 1.07 s");
    /* No lane goes for it, and a low screen has none. */
    gs_ui_resize(ui, 80, 14);
    assert_false(ui_case_shows(ui, "all 1.07 s"));
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_threads_that_run_or_want_to),
        cmocka_unit_test(it_grows_with_the_run),
        cmocka_unit_test(a_part_has_the_whole_above_it),
        cmocka_unit_test(a_whole_too_full_to_be_read_has_it_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
