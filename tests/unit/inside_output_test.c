/* What a program writes to its standard output, line by line. */
#include "python/watch/output.h"
#include "python/watch/watch.h"
#include "support/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { LONGEST = 1 << 20 };

static void write_text(const char *text)
{
    gs_output_note(false, text, strlen(text));
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
    gs_output_note(false, "x\n", 0);
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
    gs_output_note(false, text, LONGEST);
    assert_null(next_line());
    write_text("\xa9!\n");
    assert_int_equal(strlen(next_line()), LONGEST - 1);
    assert_string_equal(next_line(), "é!");
    text[LONGEST - 1] = 'x';
    gs_output_note(false, text, LONGEST);
    write_text("\n");
    assert_int_equal(strlen(next_line()), LONGEST);
    assert_null(next_line());
    free(text);
}

/* Each stream has its own lines. */
static void standard_error_is_told_as_such(void **state)
{
    (void)state;
    write_text("on ");
    gs_output_note(true, "care", 4);
    write_text("stdout\n");
    gs_output_note(true, "ful\n", 4);
    const struct gs_event *event = inside_next(GS_EVENT_OUTPUT);
    assert_int_equal(event->flags, 0);
    assert_string_equal(inside_tables()->string(inside_tables(), (uint32_t)event->a), "on stdout");
    event = inside_next(GS_EVENT_OUTPUT);
    assert_int_equal(event->flags, GS_OUTPUT_ON_STDERR);
    assert_string_equal(inside_tables()->string(inside_tables(), (uint32_t)event->a), "careful");
    assert_null(next_line());
}

static ssize_t written(int fd, const void *text, size_t length)
{
    (void)fd;
    (void)text;
    return (ssize_t)length - 1;
}

/* What is the run's is told and not written; what is none of the run's is written and not told. */
static void only_the_runs_own_output_is_taken(void **state)
{
    (void)state;
    int ends[2];
    struct stat st;
    struct gs_control *control = gs_segment_control(gs_watch.segment);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(gs_output_put(ends[1], "a\n", 2, written), 1);
    assert_null(next_line());
    assert_int_equal(fstat(ends[1], &st), 0);
    control->output = gs_pipe_of(&st);
    assert_int_equal(gs_output_put(ends[1], "b\n", 2, written), 2);
    assert_string_equal(next_line(), "b");
    control->output = (struct gs_pipe){0};
    control->errors = gs_pipe_of(&st);
    assert_int_equal(gs_output_put(ends[1], "c\n!", 3, written), 2);
    assert_string_equal(next_line(), "c");
    control->errors = (struct gs_pipe){0};
    close(ends[0]);
    close(ends[1]);
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
        cmocka_unit_test_setup_teardown(standard_error_is_told_as_such, begin, end),
        cmocka_unit_test_setup_teardown(only_the_runs_own_output_is_taken, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
