/* What the stage notes for whoever stands still: the processes that were killed. */
#include "trace/control.h"
#include "trace/event.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static struct gs_control control;

static int forget(void **state)
{
    (void)state;
    control = (struct gs_control){0};
    return 0;
}

static void note(uint32_t process, int status)
{
    const struct gs_event death = gs_event_death(1, process, status);
    gs_control_note_death(&control, &death, 17);
}

static void only_who_was_killed_is_noted(void **state)
{
    (void)state;
    int exited_with_3 = 3 << 8;
    note(5, exited_with_3);
    assert_int_equal(control.killed.count, 0);
    note(6, SIGKILL);
    assert_int_equal(control.killed.count, 1);
    assert_int_equal(control.killed.row[0].process, 6);
    assert_int_equal(control.killed.row[0].by, SIGKILL);
    assert_int_equal(control.killed.row[0].hand, 17);
}

static void nobody_may_know_by_what(void **state)
{
    (void)state;
    note(7, -1);
    assert_int_equal(control.killed.row[0].process, 7);
    assert_int_equal(control.killed.row[0].by, 0);
}

static void more_than_there_are_rows_for_are_counted(void **state)
{
    (void)state;
    for (uint32_t process = 1; process <= GS_KILLED_MOST + 2; process++)
        note(process, SIGTERM);
    assert_int_equal(control.killed.count, GS_KILLED_MOST + 2);
    assert_int_equal(control.killed.row[GS_KILLED_MOST - 1].process, GS_KILLED_MOST);
    assert_int_equal(control.phase, GS_STAGE_STARTING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(only_who_was_killed_is_noted, forget),
        cmocka_unit_test_setup(nobody_may_know_by_what, forget),
        cmocka_unit_test_setup(more_than_there_are_rows_for_are_counted, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
