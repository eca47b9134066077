/* What the mouse does on the screen: in the lanes, panes, the list of scenes, runs compared. */
#include "support/ui_case.h"

#include "tui/views/compare/draw.h"
#include "tui/views/lanes/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* As a terminal tells of it. */
static void point(struct gs_ui *ui, int code, int x, int y, char final)
{
    char bytes[64];
    gs_ui_draw(ui);
    snprintf(bytes, sizeof bytes, "\033[<%d;%d;%d%c", code, x + 1, y + 1, final);
    ui_case_press(ui, bytes);
    gs_ui_draw(ui);
}

static void click(struct gs_ui *ui, int x, int y)
{
    point(ui, 0, x, y, 'M');
    point(ui, 0, x, y, 'm');
}

/* The first row that has this text, and the column of it. */
static int row_of(struct gs_ui *ui, const char *text, int *x)
{
    char row[4096];
    gs_ui_draw(ui);
    for (int y = 0; y < ui->canvas.height; y++) {
        const char *at = strstr(gs_canvas_row(&ui->canvas, y, row, sizeof row), text);
        if (!at)
            continue;
        row[at - row] = '\0';
        *x = gs_text_width(row);
        return y;
    }
    ui_case_print(ui);
    fail_msg("the screen lacks '%s'", text);
    return -1;
}

static struct gs_ui *open_ended(struct ui_case *c, int width, int height)
{
    *c = (struct ui_case){.speed = 10};
    struct gs_ui *ui = ui_case_open(c, width, height);
    ui_case_play(ui);
    gs_ui_draw(ui);
    return ui;
}

static const struct gs_lanes_view *lanes(const struct gs_ui *ui)
{
    return &((const struct gs_lanes_state *)ui->states[GS_VIEW_LANES])->drawn;
}

/* The canvas column of an instant. */
static int column_of(const struct gs_ui *ui, uint64_t time)
{
    const struct gs_lanes_view *view = lanes(ui);
    return view->x + view->title_width + gs_lanes_column(view, time);
}

static void a_click_moves_the_cursor_and_selects(void **state)
{
    (void)state;
    for (int height = 24; height <= 40; height += 16) {
        struct ui_case c;
        struct gs_ui *ui = open_ended(&c, 80, height);
        int x, y = row_of(ui, "  Thread 1", &x);
        click(ui, column_of(ui, FAKE_MS(30)), y);
        assert_in_range(ui->look.cursor, FAKE_MS(29), FAKE_MS(30));
        ui_case_expect(ui, "Thread 1 has");
        uint64_t before = ui->look.cursor;
        y = row_of(ui, "  Thread 2", &x);
        click(ui, x + 3, y); /* its name: the cursor stays */
        assert_int_equal(ui->look.cursor, before);
        ui_case_expect(ui, "Thread 2 has");
        /* A lane of several lines is one of them as well, the last as the first. */
        int lines = lanes(ui)->tall > 1 ? lanes(ui)->tall : 1;
        assert_true(height == 24 || lines > 1);
        click(ui, x + 3, y - 1);
        ui_case_expect(ui, "Thread 1 has");
        click(ui, x + 3, y + lines - 1);
        ui_case_expect(ui, "Thread 2 has");
        assert_int_equal(ui->look.range.state, GS_RANGE_NONE);
        ui_case_close(&c);
    }
}

/* Where the pointer is, the time stays. */
static void the_wheel_zooms_around_the_pointer(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 24);
    int x, y = row_of(ui, "  Thread 1", &x);
    uint64_t span = ui->look.window.span;
    int column = column_of(ui, FAKE_MS(45));
    uint64_t time = gs_lanes_time(lanes(ui), column - lanes(ui)->title_width);
    for (int i = 0; i < 3; i++)
        point(ui, 64, column, y, 'M');
    assert_true(ui->look.window.span < span / 4);
    uint64_t now = gs_lanes_time(lanes(ui), column - lanes(ui)->title_width);
    assert_in_range(now, time - span / 500, time + span / 500);
    for (int i = 0; i < 4; i++)
        point(ui, 65, column, y, 'M');
    assert_true(ui->look.window.span >= span);
    ui_case_close(&c);
}

static void drawing_along_the_lanes_chooses_a_range(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 40);
    int x, y = row_of(ui, "  Thread 1", &x);
    point(ui, 0, column_of(ui, FAKE_MS(40)), y, 'M');
    point(ui, 32, column_of(ui, FAKE_MS(30)), y, 'M');
    assert_false(ui_case_shows(ui, "range of"));
    point(ui, 32, column_of(ui, FAKE_MS(20)), y + 3, 'M');
    point(ui, 0, column_of(ui, FAKE_MS(20)), y + 3, 'm');
    ui_case_expect(ui, "range of ");
    assert_in_range(ui->look.range.from, FAKE_MS(19), FAKE_MS(20));
    assert_in_range(ui->look.range.until, FAKE_MS(39), FAKE_MS(40));
    /* Beyond the right edge is the run's end. */
    point(ui, 0, column_of(ui, FAKE_MS(40)), y, 'M');
    point(ui, 32, 79, y, 'M');
    point(ui, 0, 79, y, 'm');
    assert_int_equal(ui->look.range.until, FAKE_MS(60));
    /* A move that began elsewhere is none of ours. */
    ui_case_press(ui, "\033");
    point(ui, 0, 3, y, 'M');
    point(ui, 32, column_of(ui, FAKE_MS(20)), y, 'M');
    assert_int_equal(ui->look.range.state, GS_RANGE_NONE);
    ui_case_close(&c);
}

static void a_word_of_the_footer_is_its_key(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 24);
    int x;
    assert_int_equal(row_of(ui, "t stats", &x), 23);
    click(ui, x + 3, 23);
    ui_case_expect(ui, "statistics up to the playhead");
    click(ui, x, 23);
    assert_false(ui_case_shows(ui, "statistics up to the playhead"));
    ui_case_press(ui, "g");
    row_of(ui, "> < hand-off", &x);
    click(ui, x, 23);
    click(ui, x, 23);
    ui_case_expect(ui, "▲ 0.005300 s");
    click(ui, x + 2, 23);
    ui_case_expect(ui, "▲ 0.000300 s");
    click(ui, x + 5, 23); /* the word: the first of the two */
    ui_case_expect(ui, "▲ 0.005300 s");
    row_of(ui, "space play", &x);
    click(ui, x + 8, 23);
    assert_false(ui->look.run.playback.paused);
    ui_case_expect(ui, "space pause");
    row_of(ui, "? help", &x);
    click(ui, x + 2, 23);
    ui_case_expect(ui, "gilscope: the keys");
    row_of(ui, "esc back", &x);
    click(ui, x, 23);
    row_of(ui, "q quit", &x);
    click(ui, x - 1, 23); /* between two */
    assert_false(ui->quit);
    click(ui, x, 23);
    assert_true(ui->quit);
    ui_case_close(&c);
}

/* A pane has the arrow keys after a click, and the wheel scrolls it. */
static void a_pane_is_chosen_and_scrolled(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 24);
    ui_case_press(ui, "t");
    int x, y = row_of(ui, "GIL of interpreter", &x);
    uint64_t span = ui->look.window.span;
    point(ui, 65, x, y, 'M');
    assert_false(ui_case_shows(ui, "GIL of interpreter"));
    point(ui, 64, x, y, 'M');
    ui_case_expect(ui, "GIL of interpreter");
    assert_int_equal(ui->look.window.span, span);
    click(ui, x, y);
    ui_case_expect(ui, "▸ statistics");
    y = row_of(ui, "  Thread 1", &x);
    click(ui, x + 3, y);
    assert_false(ui_case_shows(ui, "▸ statistics"));
    ui_case_close(&c);
}

static const struct gs_tui_scene scenes[] = {
    {.name = "gil/one", .chapter = "gil", .title = "First", .summary = "About one.", .path = "a"},
    {.name = "sync/two", .chapter = "sync", .title = "Second", .summary = "On two.", .path = "b"},
};

static void a_scene_is_selected_and_run(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.scenes = scenes, .scene_count = 2}, .choose = true};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    int x, y = row_of(ui, "two ", &x);
    click(ui, x, y);
    ui_case_expect(ui, "> two");
    click(ui, x, y - 1); /* its chapter */
    ui_case_expect(ui, "> two");
    point(ui, 64, x, y, 'M');
    ui_case_expect(ui, "> one");
    point(ui, 65, x, y, 'M');
    row_of(ui, "enter run it", &x);
    click(ui, x + 6, 23);
    ui_case_expect(ui, "sync/two");
    assert_int_equal(ui->view, GS_VIEW_LANES);
    ui_case_close(&c);
}

static void runs_compared_are_selected_and_zoomed(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 40);
    ui_case_press(ui, "cgil=off\r");
    for (int i = 0; i < 300; i++)
        ui_case_frames(ui, 1, FAKE_MS(100));
    const struct gs_compare_state *s = ui->states[GS_VIEW_COMPARE];
    ui_case_expect(ui, "▸ A  ");
    click(ui, 40, s->drawn[1].y + 3);
    ui_case_expect(ui, "▸ B  ");
    uint64_t cursor = ui->comparison.cursor, span = ui->comparison.window.span;
    assert_in_range(cursor, 1, FAKE_MS(60) - 1);
    click(ui, 50, s->drawn[0].y + 3);
    ui_case_expect(ui, "▸ A  ");
    assert_true(ui->comparison.cursor > cursor);
    point(ui, 64, 50, s->drawn[0].y + 3, 'M');
    assert_true(ui->comparison.window.span < span);
    ui_case_close(&c);
}

static void a_click_on_the_whole_run_goes_there(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 24);
    ui_case_press(ui, "G++++");
    uint64_t span = ui->look.window.span;
    int x, y = row_of(ui, "all 60", &x);
    int left = lanes(ui)->title_width, columns = 80 - left;
    for (int part = 1; part < 4; part++) {
        click(ui, left + columns * part / 4, y);
        const struct gs_window *w = &ui->look.window;
        assert_int_equal(w->span, span);
        assert_true(w->from < ui->look.cursor && ui->look.cursor < w->from + span);
        assert_in_range(ui->look.cursor, FAKE_MS(15) * part - FAKE_MS(2),
                        FAKE_MS(15) * part + FAKE_MS(2));
        assert_in_range(w->from + span / 2, ui->look.cursor - span / 4, ui->look.cursor + span / 4);
    }
    uint64_t before = ui->look.window.from;
    click(ui, left - 3, y); /* its title */
    assert_int_equal(ui->look.window.from, before);
    ui_case_close(&c);
}

static const struct gs_tui_scene titled[] = {
    {.name = "gil/one",
     .chapter = "gil",
     .title = "A title that is longer than three fifths of a screen of a hundred and sixty "
              "columns are, to the end",
     .summary = "About one.",
     .path = "a"},
};

static void a_wide_list_has_its_titles_whole(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.scenes = titled, .scene_count = 1}, .choose = true};
    struct gs_ui *ui = ui_case_open(&c, 160, 40);
    ui_case_expect(ui, "than three fifths of a screen of a hundred and sixty columns are, to");
    ui_case_expect(ui, "About one.");
    ui_case_close(&c);
}

/* What somebody types stays what he types. */
static void an_open_line_takes_no_clicks(void **state)
{
    (void)state;
    struct ui_case c;
    struct gs_ui *ui = open_ended(&c, 80, 24);
    uint64_t before = ui->look.cursor;
    int x, y = row_of(ui, "  Thread 1", &x);
    ui_case_press(ui, "/a");
    click(ui, column_of(ui, FAKE_MS(30)), y);
    ui_case_expect(ui, "search: a");
    assert_int_equal(ui->look.cursor, before);
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_click_moves_the_cursor_and_selects),
        cmocka_unit_test(the_wheel_zooms_around_the_pointer),
        cmocka_unit_test(drawing_along_the_lanes_chooses_a_range),
        cmocka_unit_test(a_word_of_the_footer_is_its_key),
        cmocka_unit_test(a_pane_is_chosen_and_scrolled),
        cmocka_unit_test(a_scene_is_selected_and_run),
        cmocka_unit_test(runs_compared_are_selected_and_zoomed),
        cmocka_unit_test(a_click_on_the_whole_run_goes_there),
        cmocka_unit_test(a_wide_list_has_its_titles_whole),
        cmocka_unit_test(an_open_line_takes_no_clicks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
