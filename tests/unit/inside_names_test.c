/* What the source calls a thing: of a line that makes something, and of one that waits. */
#include "python/cpython/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void expect_made(const char *text, unsigned place, const char *expected)
{
    char name[32];
    gs_names_made_in_text(text, place, name, sizeof name);
    assert_string_equal(name, expected);
}

static void what_is_made_has_the_name_that_it_is_given(void **state)
{
    (void)state;
    expect_made("    jobs = queue.Queue()", 0, "jobs");
    expect_made("self.jobs: Queue = Queue()", 0, "jobs");
    expect_made("a, b = Lock(), Lock()", 0, "a");
    expect_made("a, b = Lock(), Lock()", 1, "b");
    expect_made("slots[i] = Lock()", 0, "slots");
    expect_made("if a == Lock():", 0, "");
    expect_made("use(Lock())", 0, "");
    expect_made("a = Lock(';'); n = 0; b = Lock()  # c = Lock()", 0, "a");
    expect_made("a = Lock(';'); n = 0; b = Lock()  # c = Lock()", 1, "b");
    expect_made("a = Lock('\\'', [';']); b, c = Lock(), Lock()", 2, "c");
}

static void what_with_makes_has_the_name_behind_as(void **state)
{
    (void)state;
    expect_made("    with Pool(4) as pool:", 0, "pool");
    expect_made("async with Pool(4) as pool:", 0, "pool");
    expect_made("with Pool(4) as a, Pool(2) as self.b:", 0, "a");
    expect_made("with Pool(4) as a, Pool(2) as self.b:", 1, "b");
    expect_made("with lock:", 0, "");
    expect_made("without = Lock() if x as y else 0", 0, "without");
}

static void expect_waited(const char *text, const char *expected)
{
    char name[32];
    gs_names_in_text(text, name, sizeof name);
    assert_string_equal(name, expected);
}

static void what_a_line_waits_for_has_its_name(void **state)
{
    (void)state;
    expect_waited("with journal_lock:", "journal_lock");
    expect_waited("    item = self.jobs.get(timeout=1)", "jobs");
    expect_waited("with open(path):", "");
    expect_waited("x = 1", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_has_the_name_that_it_is_given),
        cmocka_unit_test(what_with_makes_has_the_name_behind_as),
        cmocka_unit_test(what_a_line_waits_for_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
