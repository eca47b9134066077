/* The legend of a picture: one line, or more where there are some; whose thread it is. */
#include "draw/lanes.h"
#include "support/fake_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINES = 4 };

static struct {
    struct fake_trace *f;
    struct gs_lanes_signs signs;
    struct gs_canvas canvas;
} it;

static void own(uint32_t process, const char *name, char sign)
{
    uint32_t in = fake_interpreter(it.f, process, "main", true);
    uint32_t actor = fake_thread(it.f, in, name);
    fake_born(it.f, actor, 0, 0);
    it.signs.owners[it.signs.owner_count++] =
        (struct gs_owner_sign){.actor = actor, .columns = 5, .glyph = {sign}};
}

static void open(int width)
{
    it.f = fake_open();
    it.signs = (struct gs_lanes_signs){.states = {[GS_STATE_RUNNING] = 20, [GS_STATE_IO] = 3}};
    gs_canvas_init(&it.canvas, width, LINES, false);
    uint32_t first = fake_process(it.f, "process 1"), second = fake_process(it.f, "worker");
    own(first, "MainThread", 'a');
    own(second, "MainThread", 'b');
    own(second, "reader", 'c');
}

static void close(void)
{
    gs_canvas_destroy(&it.canvas);
    fake_close(it.f);
}

static void row_is(int y, const char *expected)
{
    char row[512];
    assert_string_equal(gs_canvas_row(&it.canvas, y, row, sizeof row), expected);
}

static int draw(int most)
{
    return gs_lanes_legend_above(&it.canvas, it.f->timeline, &it.signs, 0, LINES - 1,
                                 it.canvas.width, most);
}

/* Of those that are called the same, and of no other: a name is long enough. */
static void namesakes_are_told_with_their_process(void **state)
{
    (void)state;
    open(120);
    assert_int_equal(draw(2), 1);
    row_is(LINES - 2, "");
    row_is(LINES - 1, "█ running   ─ io   a MainThread   b MainThread of worker   c reader");
    close();
}

static void what_a_line_has_no_room_for_takes_another(void **state)
{
    (void)state;
    open(40);
    assert_int_equal(draw(2), 2);
    row_is(LINES - 2, "█ running   ─ io   a MainThread");
    row_is(LINES - 1, "b MainThread of worker   c reader");
    gs_canvas_clear(&it.canvas);
    /* The signs that are seen least go first. */
    assert_int_equal(draw(1), 1);
    row_is(LINES - 2, "");
    row_is(LINES - 1, "█ running   a MainThread");
    close();
}

static void what_is_underlined_is_told(void **state)
{
    (void)state;
    open(120);
    it.signs.others = 7;
    draw(1);
    char row[512];
    assert_non_null(
        strstr(gs_canvas_row(&it.canvas, LINES - 1, row, sizeof row), "c reader   █ others in it"));
    int x = gs_text_width("█ running   ─ io   a MainThread   b MainThread of worker   c reader   ");
    assert_int_equal(gs_canvas_cell(&it.canvas, x, LINES - 1)->style, GS_STYLE_UNDERLINE);
    close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(namesakes_are_told_with_their_process),
        cmocka_unit_test(what_a_line_has_no_room_for_takes_another),
        cmocka_unit_test(what_is_underlined_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
