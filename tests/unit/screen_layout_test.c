/* Where things stand, how text wraps, which colours there are: what a screen is made of. */
#include "tui/keys.h"
#include "tui/panes/layout.h"
#include "tui/parts/prompt.h"
#include "tui/parts/wrap.h"
#include "tui/term/palette.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Marks the cells of a box; fails where one is taken or off the screen. */
static void take(char *cells, int width, int height, struct gs_box box)
{
    assert_true(box.height >= 0);
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++) {
            assert_in_range(x, 0, width - 1);
            assert_in_range(y, 0, height - 1);
            assert_int_equal(cells[y * width + x], 0);
            cells[y * width + x] = 1;
        }
}

static void check_layout(const struct gs_layout_wish *wish)
{
    struct gs_layout layout;
    char *cells = calloc((size_t)wish->width * (size_t)wish->height, 1);
    gs_layout_compute(&layout, wish);
    take(cells, wish->width, wish->height, layout.header);
    for (int pane = 0; pane < GS_PANES; pane++)
        take(cells, wish->width, wish->height, layout.panes[pane]);
    take(cells, wish->width, wish->height, layout.banner);
    take(cells, wish->width, wish->height, layout.sentence);
    take(cells, wish->width, wish->height, layout.note);
    take(cells, wish->width, wish->height, layout.footer);
    if (wish->focus == GS_PANE_LANES)
        assert_true(layout.panes[GS_PANE_LANES].height >= 5);
    free(cells);
}

/* A question, and a caption: they have no other words beside them. */
static void check_words(int width, int height, int lines)
{
    struct gs_layout_wish wish = {
        .width = width, .height = height, .focus = GS_PANE_STATS, .banner = lines, .asks = true};
    struct gs_layout layout;
    check_layout(&wish);
    gs_layout_compute(&layout, &wish);
    assert_int_equal(layout.banner.height, lines > height / 2 ? height / 2 : lines);
    assert_int_equal(layout.footer.height, 1);
    wish.asks = false;
    wish.presents = true;
    check_layout(&wish);
    gs_layout_compute(&layout, &wish);
    assert_true(layout.banner.height >= 2);
    assert_int_equal(layout.footer.height + layout.note.height + layout.sentence.height, 0);
}

static void boxes_never_overlap_or_leave_the_screen(void **state)
{
    (void)state;
    for (int width = GS_LEAST_WIDTH; width < 200; width += 7)
        for (int height = GS_LEAST_HEIGHT; height < 70; height += 3)
            for (int source = 0; source < 2; source++)
                for (int extra = 0; extra < GS_PANES; extra++)
                    for (int banner = 0; banner < 6; banner += 2) {
                        check_words(width, height, banner);
                        check_layout(&(struct gs_layout_wish){
                            .width = width,
                            .height = height,
                            .source = source,
                            .extra = extra == GS_PANE_SOURCE ? GS_PANE_LANES : (enum gs_pane)extra,
                            .focus = banner ? GS_PANE_LANES : GS_PANE_STATS,
                            .banner = banner,
                            .lines = {[GS_PANE_LANES] = 12 * banner, [GS_PANE_STATS] = 2}});
                    }
}

static struct gs_layout layout_at(int height, int lanes, enum gs_pane extra, int lines)
{
    struct gs_layout layout;
    struct gs_layout_wish wish = {.width = 80, .height = height, .extra = extra};
    wish.lines[GS_PANE_LANES] = lanes;
    wish.lines[extra] = lines;
    gs_layout_compute(&layout, &wish);
    return layout;
}

/* A pane under them has what they leave, and a third of the place. */
static void lanes_get_what_a_pane_leaves_blank(void **state)
{
    (void)state;
    struct gs_layout few = layout_at(24, 5, GS_PANE_STATS, 100);
    assert_int_equal(few.panes[GS_PANE_LANES].height, 5);
    assert_int_equal(few.panes[GS_PANE_STATS].height, 13);

    assert_int_equal(layout_at(24, 11, GS_PANE_STATS, 100).panes[GS_PANE_LANES].height, 11);
    /* Of both some is hidden: what is left of the pane can be read. */
    assert_int_equal(layout_at(24, 100, GS_PANE_STATS, 100).panes[GS_PANE_STATS].height, 6);
    assert_int_equal(layout_at(60, 100, GS_PANE_STATS, 100).panes[GS_PANE_STATS].height, 18);
    /* It does not fill even that. */
    assert_int_equal(layout_at(24, 100, GS_PANE_STATS, 2).panes[GS_PANE_STATS].height, 2);
    assert_int_equal(layout_at(24, 14, GS_PANE_STATS, 2).panes[GS_PANE_LANES].height, 16);
}

static void text_breaks_at_blanks_and_tells_when_it_is_cut(void **state)
{
    (void)state;
    struct gs_canvas canvas;
    char row[256];
    gs_canvas_init(&canvas, 12, 3, false);
    assert_int_equal(gs_wrap_lines("one two three", 8), 2);
    assert_int_equal(gs_wrap_draw(&canvas, (struct gs_box){0, 0, 8, 2}, 0, 0, "one two three"), 2);
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), "one two");
    assert_string_equal(gs_canvas_row(&canvas, 1, row, sizeof row), "three");
    gs_canvas_clear(&canvas);
    gs_wrap_draw(&canvas, (struct gs_box){0, 0, 8, 1}, 0, 0, "one two three");
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), "one two…");
    gs_canvas_clear(&canvas);
    /* A word longer than a line, and characters of several bytes and of two cells. */
    assert_int_equal(gs_wrap_draw(&canvas, (struct gs_box){0, 0, 4, 3}, 0, 0, "äöüäöü漢字"), 3);
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), "äöüä");
    assert_string_equal(gs_canvas_row(&canvas, 1, row, sizeof row), "öü漢");
    /* … which begins where it is. */
    gs_canvas_clear(&canvas);
    gs_wrap_draw(&canvas, (struct gs_box){0, 0, 8, 1}, 0, 0, "it is 123456789");
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), "it is 1…");
    /* A number keeps its unit. */
    gs_canvas_clear(&canvas);
    gs_wrap_draw(&canvas, (struct gs_box){0, 0, 12, 2}, 0, 0, "ends in 5.0 µs: so");
    assert_string_equal(gs_canvas_row(&canvas, 0, row, sizeof row), "ends in");
    assert_string_equal(gs_canvas_row(&canvas, 1, row, sizeof row), "5.0 µs: so");
    gs_canvas_clear(&canvas);
    gs_wrap_draw(&canvas, (struct gs_box){0, 0, 9, 2}, 0, 0, "there are 5 so");
    assert_string_equal(gs_canvas_row(&canvas, 1, row, sizeof row), "5 so");
    assert_int_equal(gs_wrap_lines("", 8), 0);
    assert_int_equal(gs_wrap_lines("a\nb", 8), 2);
    assert_int_equal(gs_wrap_lines("abc", 0), 0);
    gs_canvas_destroy(&canvas);
}

static void states_differ_in_colour_where_there_are_colours(void **state)
{
    (void)state;
    const int busy[] = {GS_STATE_RUNNING, GS_STATE_WANTS_GIL, GS_STATE_NATIVE,
                        GS_STATE_IO,      GS_STATE_WAITING,   GS_STATE_READY};
    const int depths[] = {8, 16, 256};
    for (int d = 0; d < 3; d++)
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < i; j++)
                assert_int_not_equal(
                    gs_palette_colour((unsigned)(GS_ROLE_STATE + busy[i]), depths[d]),
                    gs_palette_colour((unsigned)(GS_ROLE_STATE + busy[j]), depths[d]));
}

/* Fewer colours are all taken by states. */
static void threads_differ_from_each_other_and_from_states(void **state)
{
    (void)state;
    for (unsigned i = 0; i < GS_OWNERS; i++) {
        int colour = gs_palette_colour(GS_ROLE_OWNER + i, 256);
        assert_true(colour >= 0);
        for (unsigned s = 0; s < GS_STATES; s++)
            assert_int_not_equal(colour, gs_palette_colour(GS_ROLE_STATE + s, 256));
        for (unsigned j = 0; j < i; j++)
            assert_int_not_equal(colour, gs_palette_colour(GS_ROLE_OWNER + j, 256));
        assert_int_equal(gs_palette_colour(GS_ROLE_OWNER + i, 16), -1);
    }
}

/* Black and white are somebody's background. */
static void no_colour_is_a_background(void **state)
{
    (void)state;
    const int never[] = {0, 7, 15, 16, 231};
    for (unsigned role = 0; role < GS_ROLES; role++) {
        assert_int_equal(gs_palette_colour(role, 0), -1);
        for (int depth = 8; depth <= 256; depth *= depth == 8 ? 2 : 16)
            for (int i = 0; i < 5; i++)
                assert_int_not_equal(gs_palette_colour(role, depth), never[i]);
    }
}

static void a_prompt_takes_characters_whole(void **state)
{
    (void)state;
    struct gs_prompt prompt;
    gs_prompt_open(&prompt, GS_PROMPT_SEARCH, "");
    assert_int_equal(gs_prompt_key(&prompt, 'a'), GS_PROMPT_CHANGED);
    gs_prompt_key(&prompt, 0x20ac);
    gs_prompt_key(&prompt, 0x1f600);
    assert_string_equal(prompt.text, "a€😀");
    gs_prompt_key(&prompt, GS_KEY_BACKSPACE);
    assert_string_equal(prompt.text, "a€");
    gs_prompt_key(&prompt, GS_KEY_BACKSPACE);
    gs_prompt_key(&prompt, GS_KEY_BACKSPACE);
    gs_prompt_key(&prompt, GS_KEY_BACKSPACE);
    assert_string_equal(prompt.text, "");
    for (int i = 0; i < 1000; i++)
        gs_prompt_key(&prompt, 0x20ac);
    assert_true(strlen(prompt.text) < sizeof prompt.text && strlen(prompt.text) % 3 == 0);
    assert_int_equal(gs_prompt_key(&prompt, GS_KEY_UP), GS_PROMPT_GOES_ON);
    assert_int_equal(gs_prompt_key(&prompt, GS_KEY_ESCAPE), GS_PROMPT_LEFT);
    assert_int_equal(prompt.purpose, GS_PROMPT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_never_overlap_or_leave_the_screen),
        cmocka_unit_test(lanes_get_what_a_pane_leaves_blank),
        cmocka_unit_test(text_breaks_at_blanks_and_tells_when_it_is_cut),
        cmocka_unit_test(states_differ_in_colour_where_there_are_colours),
        cmocka_unit_test(threads_differ_from_each_other_and_from_states),
        cmocka_unit_test(no_colour_is_a_background),
        cmocka_unit_test(a_prompt_takes_characters_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
