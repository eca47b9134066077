/* Which of its name something is, while the tables grow. */
#include "support/fake_trace.h"
#include "timeline/names.h"
#include "trace/namesakes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void the_second_of_a_name_is_number_two(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "worker", true);
    uint32_t one = fake_thread(f, gil, "worker"), other = fake_thread(f, gil, "other");
    uint32_t two = fake_thread(f, gil, "worker"), three = fake_thread(f, gil, "worker");
    struct gs_namesakes n = {0};
    assert_int_equal(gs_namesakes_actor(&n, f->tables, three), 3);
    assert_int_equal(gs_namesakes_actor(&n, f->tables, two), 2);
    assert_int_equal(gs_namesakes_actor(&n, f->tables, one), 1);
    assert_int_equal(gs_namesakes_actor(&n, f->tables, other), 1);
    assert_int_equal(gs_namesakes_actor(&n, f->tables, gil), 1);
    assert_int_equal(gs_namesakes_actor(&n, f->tables, 0), 1);
    assert_int_equal(gs_namesakes_actor(&n, f->tables, 1000), 1);
    assert_int_equal(gs_namesakes_actor(&n, f->tables, fake_thread(f, gil, "worker")), 4);
    gs_namesakes_free(&n);
    fake_close(f);
}

static void a_name_is_of_its_process(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t first = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t one = fake_thread(f, first, "MainThread"), two = fake_thread(f, first, "MainThread");
    uint32_t child = fake_process(f, "worker"), again = fake_process(f, "worker");
    uint32_t second = fake_interpreter(f, again, "interpreter 1", true);
    uint32_t other = fake_thread(f, second, "MainThread");
    const struct {
        uint32_t actor;
        const char *name, *inside;
    } expected[] = {
        {one, "MainThread", "MainThread"},
        {two, "MainThread #2", "MainThread #2"},
        {child, "worker", "worker"},
        {again, "worker #2", "worker #2"},
        {second, "interpreter 1 of worker #2", "interpreter 1"},
        {other, "MainThread of worker #2", "MainThread"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char name[GS_NAME_SIZE];
        assert_string_equal(gs_name_actor(name, sizeof name, f->timeline, expected[i].actor),
                            expected[i].name);
        assert_string_equal(gs_name_inside(name, sizeof name, f->timeline, expected[i].actor),
                            expected[i].inside);
    }
    char small[14];
    assert_string_equal(gs_name_actor(small, sizeof small, f->timeline, other), "MainThread");
    fake_close(f);
}

static void many_names_keep_their_numbers(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    struct gs_namesakes n = {0};
    for (unsigned round = 1; round <= 3; round++) {
        for (unsigned i = 0; i < 300; i++) {
            char name[16];
            snprintf(name, sizeof name, "lock %u", i);
            uint32_t id = fake_object(f, GS_OBJECT_LOCK, name);
            assert_int_equal(gs_namesakes_object(&n, f->tables, id), round);
        }
    }
    gs_namesakes_free(&n);
    fake_close(f);
}

static void a_name_is_cut_for_its_number(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    char buffer[12];
    uint32_t first = fake_object(f, GS_OBJECT_LOCK, "a rather long one");
    uint32_t second = fake_object(f, GS_OBJECT_LOCK, "a rather long one");
    assert_string_equal(gs_name_object(buffer, sizeof buffer, f->timeline, first), "a rather lo");
    assert_string_equal(gs_name_object(buffer, sizeof buffer, f->timeline, second), "a rat… #2");
    uint32_t thread = fake_thread(f, 1, "w"), again = fake_thread(f, 1, "w");
    (void)thread;
    assert_string_equal(
        gs_name_object(buffer, sizeof buffer, f->timeline, fake_end_of(f, again, "w")), "w #2");
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_of_a_name_is_number_two),
        cmocka_unit_test(a_name_is_of_its_process),
        cmocka_unit_test(many_names_keep_their_numbers),
        cmocka_unit_test(a_name_is_cut_for_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
