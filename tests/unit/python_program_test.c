/* What kind of program a file is: whole, cut anywhere, or none at all. */
#include "python/launch/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static enum gs_program look_at(const char *bytes, size_t size)
{
    char path[] = "/tmp/gs_program_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
    enum gs_program what = gs_program_look(path);
    unlink(path);
    return what;
}

static void a_script_and_what_is_no_program(void **state)
{
    (void)state;
    assert_int_equal(look_at("#!/bin/sh\n", 10), GS_PROGRAM_SCRIPT);
    assert_int_equal(look_at("#", 1), GS_PROGRAM_NONE);
    assert_int_equal(look_at("", 0), GS_PROGRAM_NONE);
    assert_int_equal(look_at("print('hello')\n", 15), GS_PROGRAM_NONE);
    assert_int_equal(gs_program_look("/"), GS_PROGRAM_NONE);
    assert_int_equal(gs_program_look("/no/such/file"), GS_PROGRAM_NONE);
}

/* This one: dynamic, and it has a Python's last words, "Fatal Python error: ", but none of its
 * functions. */
static void a_program_without_what_it_says_it_is(void **state)
{
    (void)state;
    assert_int_equal(gs_program_look("/proc/self/exe"), GS_PROGRAM_CLOSED);
    assert_int_equal(gs_program_look("/bin/sh"), GS_PROGRAM_DYNAMIC);
}

static void a_program_that_is_cut(void **state)
{
    (void)state;
    static char bytes[16384];
    FILE *file = fopen("/proc/self/exe", "re");
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_int_equal(look_at(bytes, 40), GS_PROGRAM_NONE);
    for (size_t length = 64; length < size; length += 61)
        assert_in_range(look_at(bytes, length), GS_PROGRAM_DYNAMIC, GS_PROGRAM_CLOSED);
    /* Places and sizes that are nowhere. */
    for (size_t i = 64; i < 1024; i += 8) {
        char wrong[16384];
        memcpy(wrong, bytes, sizeof wrong);
        memset(wrong + i, 0xff, 8);
        assert_in_range(look_at(wrong, size), GS_PROGRAM_DYNAMIC, GS_PROGRAM_CLOSED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_and_what_is_no_program),
        cmocka_unit_test(a_program_without_what_it_says_it_is),
        cmocka_unit_test(a_program_that_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
