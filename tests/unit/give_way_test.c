/* Who watches gives way: its slice is longer than anybody's, its nice value and its children's
 * slices stay what they were. */
#include "base/give_way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static uint64_t slice(void)
{
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes = {0};
    assert_int_equal(syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0), 0);
    return attributes.runtime;
}

static void the_watchers_slice_is_long_its_childrens_are_not(void **state)
{
    (void)state;
    uint64_t before = slice();
    if (before == 0)
        skip(); /* a kernel without slices to ask for */
    assert_int_equal(setpriority(PRIO_PROCESS, 0, 3), 0);
    gs_give_way();
    assert_true(slice() > before);
    assert_int_equal(getpriority(PRIO_PROCESS, 0), 3);
    pid_t child = fork();
    if (child == 0)
        _exit(slice() == before ? 0 : 1);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_watchers_slice_is_long_its_childrens_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
