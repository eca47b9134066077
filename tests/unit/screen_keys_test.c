/* The one table of keys: no key twice in a place, every footer fits, help names what works. */
#include "tui/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void every_key_does_what_its_line_says(void **state)
{
    (void)state;
    size_t count = 0;
    const struct gs_key_line *lines = gs_keys_lines(&count);
    for (size_t i = 0; i < count; i++) {
        if (lines[i].action == GS_ACTION_NONE || lines[i].keys[1])
            continue;
        for (unsigned view = 0; view < GS_VIEWS; view++)
            if (lines[i].views & 1u << view)
                /* A key bound twice in one view gives the first line's action to both. */
                assert_int_equal(
                    gs_keys_action((enum gs_view)view, (unsigned char)lines[i].keys[0]),
                    lines[i].action);
    }
}

static void keys_that_are_not_listed_do_nothing(void **state)
{
    (void)state;
    for (const char *key = "dvi"; *key; key++)
        assert_int_equal(gs_keys_action(GS_VIEW_LANES, (unsigned char)*key), GS_ACTION_NONE);
}

static void footer_keeps_to_its_width(void **state)
{
    (void)state;
    for (int width = 10; width <= 140; width++) {
        struct gs_canvas canvas = {0};
        gs_canvas_init(&canvas, 150, 1, false);
        struct gs_footer footer;
        gs_keys_footer(&canvas, 0, 0, width, GS_VIEW_LANES, NULL, &footer);
        char row[1024];
        assert_true(gs_text_width(gs_canvas_row(&canvas, 0, row, sizeof row)) <= width);
        if (width >= 30)
            assert_non_null(strstr(row, "? help"));
        gs_canvas_destroy(&canvas);
    }
}

static void named_keys_are_found(void **state)
{
    (void)state;
    assert_int_equal(gs_keys_action(GS_VIEW_LANES, GS_KEY_UP), GS_ACTION_UP);
    assert_int_equal(gs_keys_action(GS_VIEW_LANES, ' '), GS_ACTION_PAUSE);
    assert_int_equal(gs_keys_action(GS_VIEW_CHOOSER, GS_KEY_ENTER), GS_ACTION_RUN);
    assert_int_equal(gs_keys_action(GS_VIEW_CHOOSER, ' '), GS_ACTION_NONE);
    assert_int_equal(gs_keys_action(GS_VIEW_HELP, GS_KEY_ESCAPE), GS_ACTION_BACK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_does_what_its_line_says),
        cmocka_unit_test(keys_that_are_not_listed_do_nothing),
        cmocka_unit_test(footer_keeps_to_its_width),
        cmocka_unit_test(named_keys_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
