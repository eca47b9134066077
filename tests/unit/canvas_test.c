/* The canvas: cells, wide and combining characters, clipping, what becomes of all that in ASCII. */
#include "draw/canvas.h"

#include "draw/shorten.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_row(const struct gs_canvas *canvas, int y, const char *expected)
{
    char row[4096];
    assert_string_equal(gs_canvas_row(canvas, y, row, sizeof row), expected);
}

static void assert_line(bool ascii, int width, const char *text, const char *expected)
{
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, width, 1, ascii);
    gs_canvas_text(&canvas, 0, 0, width, GS_ROLE_TEXT, 0, text);
    assert_row(&canvas, 0, expected);
    gs_canvas_destroy(&canvas);
}

static void text_keeps_role_and_style(void **state)
{
    (void)state;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 10, 2, false);
    int behind = gs_canvas_text(&canvas, 2, 1, 5, GS_ROLE_MARK, GS_STYLE_BOLD, "lanes");
    assert_int_equal(behind, 7);
    assert_row(&canvas, 0, "");
    assert_row(&canvas, 1, "  lanes");
    assert_int_equal(gs_canvas_cell(&canvas, 2, 1)->role, GS_ROLE_MARK);
    assert_int_equal(gs_canvas_cell(&canvas, 6, 1)->style, GS_STYLE_BOLD);
    assert_int_equal(gs_canvas_cell(&canvas, 7, 1)->role, GS_ROLE_TEXT);
    gs_canvas_destroy(&canvas);
}

static void outside_is_not_drawn(void **state)
{
    (void)state;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 4, 1, false);
    gs_canvas_text(&canvas, -2, 0, 10, GS_ROLE_TEXT, 0, "abcdefgh");
    assert_row(&canvas, 0, "cdef");
    gs_canvas_text(&canvas, 0, 7, 10, GS_ROLE_TEXT, 0, "below");
    gs_canvas_text(&canvas, 0, -1, 10, GS_ROLE_TEXT, 0, "above");
    gs_canvas_fill(&canvas, 2, 0, 100, "█", GS_ROLE_TEXT, 0);
    assert_row(&canvas, 0, "cd██");
    assert_string_equal(gs_canvas_cell(&canvas, 4, 0)->glyph, " ");
    gs_canvas_destroy(&canvas);
}

static void an_empty_canvas_takes_everything(void **state)
{
    (void)state;
    struct gs_canvas canvas;
    char row[8];
    gs_canvas_init(&canvas, -3, 0, false);
    assert_int_equal(canvas.width, 0);
    gs_canvas_text(&canvas, 0, 0, 10, GS_ROLE_TEXT, 0, "text");
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), "");
    gs_canvas_destroy(&canvas);
}

static void wide_characters_take_two_cells(void **state)
{
    (void)state;
    assert_line(false, 8, "日本語", "日本語");
    assert_line(false, 5, "日本語", "日本…");
    assert_line(false, 4, "日本語", "日…");
    assert_line(true, 8, "日本語x", "??????x");
    assert_int_equal(gs_text_width("日本語"), 6);
    assert_int_equal(gs_text_width("Grüße"), 5);
}

static void what_is_cut_says_so(void **state)
{
    (void)state;
    assert_line(false, 9, "wants-gil", "wants-gil");
    assert_line(false, 8, "wants-gil", "wants-g…");
    assert_line(true, 8, "wants-gil", "wants-g.");
    assert_line(false, 4, "wants-gil", "wan…");
    assert_line(false, 3, "wants-gil", "wan");
    assert_line(false, 0, "wants-gil", "");
}

static void half_a_wide_character_is_blank(void **state)
{
    (void)state;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 4, 1, false);
    gs_canvas_text(&canvas, 0, 0, 4, GS_ROLE_TEXT, 0, "日本");
    gs_canvas_put(&canvas, 1, 0, "x", GS_ROLE_TEXT, 0);
    assert_row(&canvas, 0, " x本");
    gs_canvas_put(&canvas, 2, 0, "y", GS_ROLE_TEXT, 0);
    assert_row(&canvas, 0, " xy");
    gs_canvas_put(&canvas, 3, 0, "日", GS_ROLE_TEXT, 0);
    assert_row(&canvas, 0, " xy");
    gs_canvas_text(&canvas, -1, 0, 9, GS_ROLE_TEXT, 0, "日z");
    assert_row(&canvas, 0, " zy");
    gs_canvas_destroy(&canvas);
}

static void combining_marks_stay_with_their_letter(void **state)
{
    (void)state;
    assert_line(false, 4, "e\u0301a\u0308bc", "e\u0301a\u0308bc");
    assert_line(true, 4, "e\u0301a\u0308bc", "eabc");
    assert_line(false, 4, "\u0301x", "x");
    assert_line(false, 6, "日\u3099x", "日\u3099x");
    assert_int_equal(gs_text_width("e\u0301a\u0308"), 2);
    /* A cell has room for a few marks; a tower of them is cut, not written over the next cell. */
    assert_line(false, 4, "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301x",
                "e\u0301\u0301\u0301\u0301\u0301x");
}

static void what_could_steer_a_terminal_is_shown(void **state)
{
    (void)state;
    assert_line(false, 20, "a\x1b[31mb", "a?[31mb");
    assert_line(false, 20, "a\xff\xc3z", "a??z");
    assert_line(false, 20, "a\xc2\x85\u202e\x7fz", "a???z");
    assert_line(false, 20, "a\u200d\ufe0fz", "az");
    assert_int_equal(gs_text_width("a\xff\u200d"), 2);
}

static void ascii_stands_for_the_rest(void **state)
{
    (void)state;
    assert_line(true, 40, "█░▓─·╌▸┈▒", "#~%-.=>:*");
    assert_line(true, 40, "▾ ▲ └──┘ ▏µs “x” ✓", "v ^ +--+ |us \"x\" +");
    assert_line(true, 40, "Ægir Müller, Łódź, ſß€", "Agir Muller, Lodz, ss?");
    assert_line(true, 40, "ÀÿĀŽžŮ", "AyAZzU");
    assert_line(true, 40, "a日本z", "a????z");
}

static void fill_and_resize(void **state)
{
    (void)state;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, 6, 1, true);
    gs_canvas_fill(&canvas, 1, 0, 3, "─", GS_ROLE_TEXT, 0);
    assert_row(&canvas, 0, " ---");
    gs_canvas_resize(&canvas, 3, 3);
    for (int y = 0; y < 3; y++)
        assert_row(&canvas, y, "");
    gs_canvas_destroy(&canvas);
}

static void a_row_is_cut_at_a_character(void **state)
{
    (void)state;
    struct gs_canvas canvas;
    char row[6];
    gs_canvas_init(&canvas, 6, 1, false);
    gs_canvas_fill(&canvas, 0, 0, 6, "█", GS_ROLE_TEXT, 0);
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), "█");
    gs_canvas_destroy(&canvas);
}

static void names_are_cut_in_the_middle(void **state)
{
    (void)state;
    static const struct {
        int width;
        const char *name, *shortened;
    } cases[] = {
        {16, "Thread-12 (work)", "Thread-12 (work)"},
        {15, "Thread-12 (work)", "Thread-12"},
        {8, "Thread-12 (work)", "Threa…12"},
        {6, "Thread-12", "Thr…12"},
        {5, "Thread-12", "Th…12"},
        {3, "Thread-12", "Thr"},
        {7, "main.fetch", "mai…tch"},
        {8, "main.fetch", "main…tch"},
        {5, "日本語日本", "日…本"},
        {5, "ababcde\u0301", "ab…de\u0301"},
        {4, "", ""},
        {0, "x", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        gs_shorten(text, sizeof text, cases[i].name, cases[i].width);
        assert_string_equal(text, cases[i].shortened);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_cut_in_the_middle),
        cmocka_unit_test(text_keeps_role_and_style),
        cmocka_unit_test(outside_is_not_drawn),
        cmocka_unit_test(an_empty_canvas_takes_everything),
        cmocka_unit_test(wide_characters_take_two_cells),
        cmocka_unit_test(what_is_cut_says_so),
        cmocka_unit_test(half_a_wide_character_is_blank),
        cmocka_unit_test(combining_marks_stay_with_their_letter),
        cmocka_unit_test(what_could_steer_a_terminal_is_shown),
        cmocka_unit_test(ascii_stands_for_the_rest),
        cmocka_unit_test(fill_and_resize),
        cmocka_unit_test(a_row_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
