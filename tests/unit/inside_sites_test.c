/* Where things are made, and what the source calls them there. */
#include "python/watch/sites.h"
#include "support/inside.h"
#include "support/inside_python.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/gs_sites_XXXXXX";

static const char source[] = "import threading\n"
                             "lock = threading.Lock()\n"
                             "a, b = threading.Lock(), threading.Lock()\n"
                             "use(threading.Lock())\n";

static void expect(gs_py *code, int offset, uint32_t line, const char *name)
{
    struct gs_frame frame = inside_look(inside_frame(code, offset, NULL, NULL));
    struct gs_site site = gs_site_of(&frame);
    assert_int_equal(site.line, line);
    if (name)
        assert_string_equal(inside_tables()->string(inside_tables(), site.name), name);
    else
        assert_int_equal(site.name, 0);
}

static void a_thing_is_called_by_what_it_is_assigned_to(void **state)
{
    (void)state;
    gs_py *code = inside_code(path, "<module>", 1);
    expect(code, 100, 2, "lock");
    expect(code, 100, 2, "lock");
    expect(code, 300, 4, NULL);
}

static void several_on_a_line_go_from_left_to_right(void **state)
{
    (void)state;
    gs_py *code = inside_code(path, "<module>", 1);
    expect(code, 200, 3, "a");
    expect(code, 220, 3, "b");
    expect(code, 200, 3, "a");
    /* The same line of another function's begins anew. */
    gs_py *other = inside_code(path, "again", 3);
    expect(other, 20, 3, "a");
}

static void code_that_is_gone_says_nothing_of_what_comes_after_it(void **state)
{
    (void)state;
    gs_py *code = inside_code("/no/such/file.py", "<module>", 1);
    expect(code, 100, 2, NULL);
    inside_code_becomes(code, path, "<module>", 1);
    expect(code, 100, 2, "lock");
    inside_code_becomes(code, path, "<module>", 3);
    expect(code, 100, 4, NULL);
}

static int begin(void **state)
{
    (void)state;
    inside_open();
    inside_python_open();
    return 0;
}

static int end(void **state)
{
    (void)state;
    inside_close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thing_is_called_by_what_it_is_assigned_to),
        cmocka_unit_test(several_on_a_line_go_from_left_to_right),
        cmocka_unit_test(code_that_is_gone_says_nothing_of_what_comes_after_it),
    };
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, source, sizeof source - 1) < 0)
        return 1;
    close(fd);
    int failed = cmocka_run_group_tests(tests, begin, end);
    unlink(path);
    return failed;
}
