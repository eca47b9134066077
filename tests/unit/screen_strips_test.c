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
    struct gs_strip strips[] = {{.need = 7}, {.need = 4, .own = 1}, {.need = 9}};
    size_t first = 0;
    gs_strips_share(strips, 3, 30, 0, &first);
    for (int i = 0; i < 3; i++)
        assert_int_equal(strips[i].height, strips[i].need);
}

/* Who needs little leaves the rest to the others. */
static void what_is_short_is_shared_fairly(void **state)
{
    (void)state;
    struct gs_strip strips[] = {{.need = 20}, {.need = 4}, {.need = 20}};
    size_t first = 0;
    gs_strips_share(strips, 3, 20, 0, &first);
    assert_int_equal(strips[0].height, 8);
    assert_int_equal(strips[1].height, 4);
    assert_int_equal(strips[2].height, 8);
    /* A row that does not go round is nobody's. */
    gs_strips_share(strips, 3, 21, 0, &first);
    assert_int_equal(strips[0].height, 8);
    assert_int_equal(strips[2].height, 8);
}

/* Or the same lanes would not stand beside each other. */
static void a_row_of_its_own_is_nobody_elses_loss(void **state)
{
    (void)state;
    struct gs_strip strips[] = {{.need = 20, .own = 1}, {.need = 20}};
    size_t first = 0;
    gs_strips_share(strips, 2, 13, 0, &first);
    assert_int_equal(strips[0].height, 7);
    assert_int_equal(strips[1].height, 6);
    gs_strips_share(strips, 2, 14, 0, &first);
    assert_int_equal(strips[0].height, 7);
    assert_int_equal(strips[1].height, 6);
}

static void the_selected_one_is_among_those_that_have_room(void **state)
{
    (void)state;
    struct gs_strip strips[10];
    size_t first = 0;
    for (int i = 0; i < 10; i++)
        strips[i] = (struct gs_strip){.need = 6, .own = 1};
    for (size_t selected = 0; selected < 10; selected++) {
        gs_strips_share(strips, 10, 11, selected, &first);
        assert_true(strips[selected].height >= GS_STRIP_LEAST);
        int rows = 0, shown = 0;
        for (int i = 0; i < 10; i++) {
            rows += strips[i].height;
            shown += strips[i].height > 0;
        }
        assert_int_equal(shown, 3);
        assert_in_range(rows, 9, 11);
    }
    assert_int_equal(first, 7);
    /* With more room again those before come back. */
    gs_strips_share(strips, 10, 30, 9, &first);
    assert_int_equal(first, 0);
}

static void without_room_for_one_it_has_what_there_is(void **state)
{
    (void)state;
    struct gs_strip strips[] = {{.need = 6}, {.need = 6}};
    size_t first = 0;
    gs_strips_share(strips, 2, 2, 1, &first);
    assert_int_equal(strips[0].height, 0);
    assert_int_equal(strips[1].height, 2);
    gs_strips_share(strips, 2, 0, 1, &first);
    assert_int_equal(strips[1].height, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_gets_what_it_needs_where_there_is_room),
        cmocka_unit_test(what_is_short_is_shared_fairly),
        cmocka_unit_test(a_row_of_its_own_is_nobody_elses_loss),
        cmocka_unit_test(the_selected_one_is_among_those_that_have_room),
        cmocka_unit_test(without_room_for_one_it_has_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
