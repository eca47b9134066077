/* The docstring of a Python file as the page of a scene. */
#include "python/launch/page.h"

#include "trace/control.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct gs_page read_source(const char *source)
{
    char path[] = "/tmp/gs_page_XXXXXX";
    struct gs_page page;
    struct gs_error err = {""};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, source, strlen(source)), strlen(source));
    close(fd);
    bool ok = gs_page_read(path, &page, &err);
    unlink(path);
    assert_string_equal(err.text, "");
    assert_true(ok);
    return page;
}

static void title_summary_and_knobs(void **state)
{
    (void)state;
    struct gs_page page = read_source("#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n\n"
                                      "r'''A title\n\n  The first\n  sentence.\n\n  Another.\n\n"
                                      "chapter: gil\ncores: 2\nclock: real\ninterval: 0.5\n"
                                      "speed: 0.1\nexpect: deadlock\n'''\nimport os\n");
    assert_string_equal(page.title, "A title");
    assert_string_equal(page.summary, "The first sentence.\nAnother.");
    assert_string_equal(page.chapter, "gil");
    assert_int_equal(page.cores, 2);
    assert_int_equal(page.clock, GS_CLOCK_REAL);
    assert_int_equal(page.interval_ns, 500000);
    assert_true(page.speed > 0.09 && page.speed < 0.11);
    assert_int_equal(page.expects, GS_EXPECT_DEADLOCK);
}

static void one_line_or_none(void **state)
{
    (void)state;
    assert_string_equal(read_source("\"One \\\"line\\\"\"\n").title, "One \\\"line\\\"");
    assert_string_equal(read_source("x = \"no docstring\"\n").title, "");
    assert_string_equal(read_source("").title, "");
    assert_string_equal(read_source("# only a comment").title, "");
    assert_string_equal(read_source("\"\"\"never closed\n").title, "never closed");
}

static void a_wrong_knob_is_named(void **state)
{
    (void)state;
    struct gs_page page;
    struct gs_error err;
    assert_false(gs_page_parse("T\ncores: many\n", "x.py", &page, &err));
    assert_string_equal(err.text, "x.py: the docstring's cores is a whole number from 1 to 256, "
                                  "not 'many'");
    assert_true(gs_page_parse("T\nnote: this is text\n", "x.py", &page, &err));
    assert_string_equal(page.summary, "note: this is text");
    assert_false(gs_page_read("/nowhere/x.py", &page, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_summary_and_knobs),
        cmocka_unit_test(one_line_or_none),
        cmocka_unit_test(a_wrong_knob_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
