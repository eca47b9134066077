/* What the source calls a thing: of a line that makes something, and of one that waits. */
#include "python/cpython/names.h"
#include "python/cpython/targets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect_made(const char *text, unsigned place, const char *expected)
{
    char name[32];
    gs_names_made_in_text(text, (struct gs_columns){0}, place, name, sizeof name);
    assert_string_equal(name, expected);
}

/* What of the text: its columns; of a mark that is missing: none. */
static struct gs_columns columns(const char *text, const char *of)
{
    const char *at = strstr(text, of);
    assert_non_null(at);
    return (struct gs_columns){(int)(at - text), (int)(at - text + (long)strlen(of))};
}

static void expect_made_by(const char *text, const char *call, const char *expected)
{
    char name[32];
    gs_names_made_in_text(text, columns(text, call), 0, name, sizeof name);
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
    expect_made("a = queue.Queue(); b, c = threading.Lock(), Lock()", 2, "c");
}

static void of_several_calls_it_is_the_one_in_those_columns(void **state)
{
    (void)state;
    expect_made_by("n = len(x); lock = Lock()", "Lock()", "lock");
    expect_made_by("n, lock = len(x), Lock()", "Lock()", "lock");
    expect_made_by("n, lock = (len(x), Lock())  # both", "Lock()", "lock");
    expect_made_by("self.jobs = Queue(3); n = 1\n", "Queue(3)", "jobs");
    expect_made_by("cond = Condition(RLock())", "RLock()", "cond");
    expect_made_by("a, b = pair(Event(), Lock())", "Lock()", "");
    expect_made_by("a = 1; use(Lock()); b = 2", "Lock()", "");
    expect_made_by("with Pool(4) as a, Crew(2) as self.b:", "Crew(2)", "b");
    expect_made_by("with closing(Pool(4)) as a:", "Pool(4)", "a");
    expect_made_by("with Pool(Lock(), 4) as a:", "Lock()", "");
    expect_made("n = len(x); lock = Lock()", 0, "");
    expect_made("n, lock = len(x), Lock()", 0, "");
    expect_made("one, other = Lock(), Lock(); n = 3", 1, "other");
}

static void elements_of_a_list_have_their_places(void **state)
{
    (void)state;
    expect_made_by("qs = [Queue(1), Queue(2), Queue(3)]", "Queue(1)", "qs[0]");
    expect_made_by("self.qs = [Queue(1), Queue(2) , Queue(3)]", "Queue(2)", "qs[1]");
    expect_made_by("qs = [Queue() for _ in range(3)]", "Queue()", "qs");
    expect_made_by("a, b = [Queue(1), Queue(2)]", "Queue(2)", "b");
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
    gs_names_in_text(text, (struct gs_columns){0}, name, sizeof name);
    assert_string_equal(name, expected);
}

static void expect_waited_in(const char *text, const char *expression, const char *expected)
{
    char name[32];
    gs_names_in_text(text, columns(text, expression), name, sizeof name);
    assert_string_equal(name, expected);
}

static void what_a_line_waits_for_has_its_name(void **state)
{
    (void)state;
    expect_waited("with journal_lock:", "journal_lock");
    expect_waited("    item = self.jobs.get(timeout=1)", "jobs");
    expect_waited("with open(path):", "");
    expect_waited("x = 1", "");
    expect_waited("qs[0].get()", "qs[0]");
    expect_waited("qs[i].get()", "");
}

static void where_nothing_says_which_no_name_is_wrong(void **state)
{
    (void)state;
    expect_waited("lifo.get(); prio.get()", "");
    expect_waited("jobs.get(); jobs.get()", "jobs");
    expect_waited("jobs.put(', '.join(words))", "jobs");
    expect_waited("r.put(crew.submit(leaf).result())", "");
    expect_waited("with one, other:", "");
    expect_waited("with one: jobs.get()", "");
}

static void what_the_columns_say_is_waited_for(void **state)
{
    (void)state;
    expect_waited_in("lifo.get(); prio.get(); simple.get()", "prio.get()", "prio");
    expect_waited_in("lifo.get(); prio.get(); simple.get()", "simple.get()", "simple");
    expect_waited_in("r.put(crew.submit(leaf).result())", "crew.submit(leaf).result()", "");
    expect_waited_in("r.put(crew.submit(leaf).result())", "r.put(crew.submit(leaf).result())", "r");
    expect_waited_in("r.put(d.get(')('))", "r.put(d.get(')('))", "r");
    expect_waited_in("x = await self.jobs.get()", "await self.jobs.get()", "jobs");
    expect_waited_in("with one, self.other:", "self.other", "other");
    expect_waited_in("with one: jobs.get()", "with one: jobs.get()", "one");
    expect_waited_in("box.locks[0].acquire()", "box.locks[0].acquire()", "box.locks[0]");
    expect_waited_in("box().lock.acquire()", "box().lock.acquire()", "");
}

static void a_call_is_the_outermost_of_its_columns(void **state)
{
    (void)state;
    const char *text = "lock.acquire(d.get(1)); q.get()";
    assert_false(gs_names_calls_in_text(text, columns(text, "lock.acquire(d.get(1))"), ".get("));
    assert_true(gs_names_calls_in_text(text, columns(text, "q.get()"), ".get("));
    assert_true(gs_names_calls_in_text(text, (struct gs_columns){0}, ".get("));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_has_the_name_that_it_is_given),
        cmocka_unit_test(what_with_makes_has_the_name_behind_as),
        cmocka_unit_test(of_several_calls_it_is_the_one_in_those_columns),
        cmocka_unit_test(elements_of_a_list_have_their_places),
        cmocka_unit_test(what_a_line_waits_for_has_its_name),
        cmocka_unit_test(where_nothing_says_which_no_name_is_wrong),
        cmocka_unit_test(what_the_columns_say_is_waited_for),
        cmocka_unit_test(a_call_is_the_outermost_of_its_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
