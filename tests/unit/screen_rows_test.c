/* Which lanes have the room: those that were there in the window, the living ones before the dead,
 * the pinned ones before all. */
#include "support/ui_case.h"
#include "tui/look/cursor.h"
#include "tui/views/lanes/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "long" lives for 100 ms, and so many others for one each, beside it. */
static struct fake_trace *lives(unsigned count)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t in = fake_interpreter(f, process, "main", false);
    fake_born(f, process, 0, 0);
    for (unsigned i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "short %u", i);
        uint32_t t = fake_thread(f, in, name);
        fake_born(f, t, FAKE_MS(2 * i), 0);
        fake_state(f, t, FAKE_MS(2 * i), GS_STATE_RUNNING, 0, 1, 0);
        fake_died(f, t, FAKE_MS(2 * i + 1), false);
    }
    uint32_t t = fake_thread(f, in, "long");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 1, 0);
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

static struct fake_trace *four_lives(void)
{
    return lives(4);
}

static struct fake_trace *many_lives(void)
{
    return lives(40);
}

/* A process that ends at 20 ms, beside one that goes on. */
static struct fake_trace *two_processes(void)
{
    struct fake_trace *f = fake_open();
    for (int i = 0; i < 2; i++) {
        uint32_t process = fake_process(f, i ? "brief" : "lasting");
        uint32_t in = fake_interpreter(f, process, "main", true);
        uint32_t t = fake_thread(f, in, "main thread");
        fake_born(f, process, 0, 0);
        fake_born(f, in, 0, process);
        fake_born(f, t, 0, 0);
        fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 1, 0);
        if (i) {
            fake_died(f, t, FAKE_MS(20), false);
            fake_died(f, process, FAKE_MS(20), false);
        }
    }
    fake_end(f, FAKE_MS(100), 0);
    return f;
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

static void press_and_draw(struct gs_ui *ui, const char *key)
{
    ui_case_press(ui, key);
    gs_ui_draw(ui);
}

static void who_was_not_there_makes_room(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = four_lives}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    assert_true(row_with(ui, "  short 0") > 0);
    /* From 50 ms on only one is there. */
    ui_case_press(ui, "G+");
    ui_case_expect(ui, "4 lanes with nothing here: Z shows them");
    assert_true(row_with(ui, "  short 0") < 0);
    assert_true(row_with(ui, "  long") > 0);
    ui_case_press(ui, "Z");
    ui_case_expect(ui, "Lanes that were not there in this window are shown, too.");
    assert_true(row_with(ui, "  short 0") > 0);
    ui_case_press(ui, "Z");
    assert_true(row_with(ui, "  short 0") < 0);
    /* Who is looked for is there, and a filter leaves what it names. */
    ui_case_press(ui, "fshort\r");
    assert_true(row_with(ui, "  short 0") > 0);
    ui_case_press(ui, "\033");
    assert_true(row_with(ui, "  short 0") < 0);
    /* One instant has all who live then; the other picture has no window. */
    ui_case_press(ui, "b");
    assert_false(ui_case_shows(ui, "nothing here"));
    ui_case_press(ui, "b0");
    assert_true(row_with(ui, "  short 0") > 0);
    ui_case_close(&c);
}

/* Its name is left of it. */
static void the_gil_of_who_was_not_there_makes_room(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = two_processes}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    assert_true(row_with(ui, "brief") > 0);
    size_t rows = ui->look.rows.list.count;
    ui_case_press(ui, "G+");
    ui_case_expect(ui, "2 lanes with nothing here: Z shows them");
    assert_int_equal(ui->look.rows.list.count, rows - 2);
    ui_case_close(&c);
}

static void a_search_finds_who_was_not_there(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = four_lives}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_press(ui, "G+++");
    assert_true(row_with(ui, "  short 2") < 0);
    ui_case_press(ui, "/short 2\r");
    assert_true(row_with(ui, "  short 2") > 0);
    ui_case_close(&c);
}

static void the_living_stand_before_the_dead_where_not_all_fit(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = many_lives}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    assert_true(row_with(ui, "  long") > 0);
    assert_true(row_with(ui, "  long") < row_with(ui, "  short 0"));
    ui_case_close(&c);
    c = (struct ui_case){.stage = {.make = four_lives}};
    ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    assert_true(row_with(ui, "  long") > row_with(ui, "  short 0"));
    ui_case_close(&c);
}

static void a_pinned_lane_stands_first_and_stays(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = many_lives}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_press(ui, "*");
    ui_case_expect(ui, "A lane can be pinned");
    ui_case_press(ui, "/short 30\r*");
    int top = row_with(ui, "* short 30");
    assert_true(top > 0 && top < row_with(ui, "process 1"));
    for (int i = 0; i < 45; i++)
        press_and_draw(ui, "j");
    assert_int_equal(row_with(ui, "* short 30"), top);
    int last = row_with(ui, "  short 39");
    const struct gs_lanes_state *lanes = ui->states[GS_VIEW_LANES];
    assert_true(last > 0);
    assert_int_equal(gs_lanes_row_at(&lanes->drawn, top), 0);
    assert_int_equal(gs_lanes_row_at(&lanes->drawn, last), ui->look.rows.list.count - 1);
    assert_true(row_with(ui, "process 1") < 0);
    for (int i = 0; i < 45; i++)
        press_and_draw(ui, "k");
    assert_true(row_with(ui, "process 1") > 0);
    ui_case_press(ui, "*");
    assert_true(row_with(ui, "* short 30") < 0);
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_was_not_there_makes_room),
        cmocka_unit_test(the_gil_of_who_was_not_there_makes_room),
        cmocka_unit_test(a_search_finds_who_was_not_there),
        cmocka_unit_test(the_living_stand_before_the_dead_where_not_all_fit),
        cmocka_unit_test(a_pinned_lane_stands_first_and_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
