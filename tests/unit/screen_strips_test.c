/* How pictures below each other share the rows of a screen. */
#include "tui/views/compare/strips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void each_gets_what_it_needs_where_there_is_room(void **state)
{
    (void)state;
    const int need[] = {7, 4, 9};
    int height[3];
    size_t first = 0;
    gs_strips_share(need, 3, 30, 0, &first, height);
    for (int i = 0; i < 3; i++)
        assert_int_equal(height[i], need[i]);
}

/* Who needs little leaves the rest to the others. */
static void what_is_short_is_shared_fairly(void **state)
{
    (void)state;
    const int need[] = {20, 4, 20};
    int height[3];
    size_t first = 0;
    gs_strips_share(need, 3, 20, 0, &first, height);
    assert_int_equal(height[0], 8);
    assert_int_equal(height[1], 4);
    assert_int_equal(height[2], 8);
}

static void the_selected_one_is_among_those_that_have_room(void **state)
{
    (void)state;
    int need[10], height[10];
    size_t first = 0;
    for (int i = 0; i < 10; i++)
        need[i] = 6;
    for (size_t selected = 0; selected < 10; selected++) {
        gs_strips_share(need, 10, 11, selected, &first, height);
        assert_true(height[selected] >= GS_STRIP_LEAST);
        int rows = 0;
        for (int i = 0; i < 10; i++)
            rows += height[i];
        assert_int_equal(rows, 11);
    }
    assert_int_equal(first, 7);
    /* With more room again those before come back. */
    gs_strips_share(need, 10, 30, 9, &first, height);
    assert_int_equal(first, 0);
}

static void without_room_for_one_it_has_what_there_is(void **state)
{
    (void)state;
    const int need[] = {6, 6};
    int height[2];
    size_t first = 0;
    gs_strips_share(need, 2, 2, 1, &first, height);
    assert_int_equal(height[0], 0);
    assert_int_equal(height[1], 2);
    gs_strips_share(need, 2, 0, 1, &first, height);
    assert_int_equal(height[1], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_gets_what_it_needs_where_there_is_room),
        cmocka_unit_test(what_is_short_is_shared_fairly),
        cmocka_unit_test(the_selected_one_is_among_those_that_have_room),
        cmocka_unit_test(without_room_for_one_it_has_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
