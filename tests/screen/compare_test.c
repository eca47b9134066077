/* Several runs on a terminal: a comparison that the command asked for, and one that a key began. */
#include "support/screen_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct gs_tui_variant two[] = {{.called = "gil/fight, seed=1"},
                                            {.called = "gil/fight, seed=2"}};

static void two_runs_at_80x24(void **state)
{
    (void)state;
    struct screen_case c = {.compared = two, .compared_count = 2};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    char row[4096];
    vscreen_expect(screen, "■ ended");
    vscreen_expect(screen, "─ ▸ A  gil/fight, seed=1 ");
    vscreen_expect(screen, "─ B  gil/fight, seed=2 ");
    vscreen_expect(screen, "█ running   ░ wants-gil");
    vscreen_expect(screen, " A  seed=1  60.0 ms  1.00        1.00         15    59.1 ms  55.5 ms");
    vscreen_row(screen, 23, row, sizeof row);
    assert_int_equal(strncmp(row, "space play  . , step", 20), 0);
    /* One cursor for both: the sentence is that of the lane that is selected. */
    vscreen_keys(screen, "g>>");
    vscreen_expect(screen, "Thread 2 took the GIL");
    vscreen_keys(screen, "\tjj");
    vscreen_expect(screen, "─ ▸ B");
    vscreen_expect(screen, "Thread 1 was asked after 5.0 ms and let go at line 12");
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

static void what_matters_at_40x10(void **state)
{
    (void)state;
    struct screen_case c = {.compared = two, .compared_count = 2};
    struct vscreen *screen = screen_case_open(&c, 40, 10);
    vscreen_expect(screen, "■ ended");
    vscreen_expect(screen, "▸ A  gil/fight");
    vscreen_expect(screen, "─ B  gil/fight");
    vscreen_expect(screen, "? help");
    vscreen_keys(screen, "t");
    vscreen_expect(screen, "of A");
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

static void a_key_compares_and_another_comes_back(void **state)
{
    (void)state;
    struct screen_case c = {0};
    struct vscreen *screen = screen_case_open(&c, 120, 40);
    vscreen_expect(screen, "total 60");
    vscreen_keys(screen, "c");
    vscreen_expect(screen, "compare with:    cores=1 or gil=off");
    vscreen_keys(screen, "wrong\r");
    vscreen_expect(screen, "There is no scene 'wrong'");
    vscreen_keys(screen, "\177\177\177\177\177seed=2,seed=3\r");
    vscreen_expect(screen, "3 runs compared");
    vscreen_expect(screen, "C  gil/fight, seed=3");
    vscreen_expect(screen, "■ ended");
    vscreen_keys(screen, "?");
    vscreen_expect(screen, "gilscope: the keys");
    vscreen_keys(screen, "?");
    vscreen_expect(screen, "3 runs compared");
    vscreen_keys(screen, "q");
    vscreen_expect(screen, "total 60");
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

static void ascii_is_ascii_without_colour_too(void **state)
{
    (void)state;
    const char *const no_colour[] = {"NO_COLOR=1", NULL};
    struct screen_case c = {
        .compared = two, .compared_count = 2, .ascii = true, .environment = no_colour};
    struct vscreen *screen = screen_case_open(&c, 80, 24);
    vscreen_expect(screen, "[] ended");
    vscreen_keys(screen, "g  ");
    vscreen_expect(screen, "|| paused");
    for (int y = 0; y < 24; y++) {
        char row[4096];
        for (const char *p = vscreen_row(screen, y, row, sizeof row); *p; p++)
            assert_in_range((unsigned char)*p, ' ', '~');
    }
    assert_false(vscreen_has_colour(screen));
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_runs_at_80x24),
        cmocka_unit_test(what_matters_at_40x10),
        cmocka_unit_test(a_key_compares_and_another_comes_back),
        cmocka_unit_test(ascii_is_ascii_without_colour_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
