/* What a program writes to its standard output, line by line. */
#include "python/watch/output.h"
#include "support/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LONGEST = 1 << 20 };

static void write_text(const char *text)
{
    gs_output_note(text, (ssize_t)strlen(text));
}

static const char *next_line(void)
{
    const struct gs_event *event = inside_next(GS_EVENT_OUTPUT);
    return event ? inside_tables()->string(inside_tables(), (uint32_t)event->a) : NULL;
}

static void a_line_is_told_once_it_is_whole(void **state)
{
    (void)state;
    write_text("one\ntw");
    assert_string_equal(next_line(), "one");
    assert_null(next_line());
    write_text("o\n\nthree");
    assert_string_equal(next_line(), "two");
    assert_string_equal(next_line(), "");
    assert_null(next_line());
    gs_output_finish();
    assert_string_equal(next_line(), "three");
    gs_output_finish();
    assert_null(next_line());
}

static void what_was_not_written_is_not_told(void **state)
{
    (void)state;
    gs_output_note("x\n", -1);
    gs_output_note("x\n", 0);
    assert_null(next_line());
}

/* A character of two bytes across the border goes to the second line. */
static void a_line_too_long_is_cut_between_characters(void **state)
{
    (void)state;
    char *text = malloc(LONGEST);
    assert_non_null(text);
    memset(text, 'x', LONGEST);
    text[LONGEST - 1] = '\xc3';
    gs_output_note(text, LONGEST);
    assert_null(next_line());
    write_text("\xa9!\n");
    assert_int_equal(strlen(next_line()), LONGEST - 1);
    assert_string_equal(next_line(), "é!");
    text[LONGEST - 1] = 'x';
    gs_output_note(text, LONGEST);
    write_text("\n");
    assert_int_equal(strlen(next_line()), LONGEST);
    assert_null(next_line());
    free(text);
}

static int begin(void **state)
{
    (void)state;
    inside_open();
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
        cmocka_unit_test_setup_teardown(a_line_is_told_once_it_is_whole, begin, end),
        cmocka_unit_test_setup_teardown(what_was_not_written_is_not_told, begin, end),
        cmocka_unit_test_setup_teardown(a_line_too_long_is_cut_between_characters, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
