/* Memory that is made ready ahead: it comes, and nobody touches what was taken back. */
#include "base/fresh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { MB = 1 << 20, PLACES = 64, ALL = PLACES * MB };

static char *map(void *at)
{
    char *got = mmap(at, ALL, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (at ? MAP_FIXED : 0), -1, 0);
    assert_true(got != MAP_FAILED);
    return got;
}

/* How many pages of these bytes are memory. */
static size_t pages_of(char *at, size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), count = bytes / page, there = 0;
    unsigned char *in = malloc(count);
    assert_non_null(in);
    assert_int_equal(mincore(at, bytes, in), 0);
    for (size_t i = 0; i < count; i++)
        there += in[i] & 1;
    free(in);
    return there;
}

static size_t pages_in(size_t bytes)
{
    return bytes / (size_t)sysconf(_SC_PAGESIZE);
}

static size_t ask_for_all(char *at)
{
    size_t asked = 0;
    while (asked < PLACES && gs_fresh_ask(at + asked * MB, MB))
        asked++;
    return asked;
}

static void what_is_asked_for_comes(void **state)
{
    char *at = map(NULL);
    (void)state;
    assert_true(gs_fresh_ask(at, 4 * MB));
    for (int i = 0; i < 1000 && pages_of(at, 4 * MB) < pages_in(4 * MB); i++)
        usleep(10000);
    assert_int_equal(pages_of(at, ALL), pages_in(4 * MB));
    gs_fresh_settle(at, ALL);
    assert_true(gs_fresh_take(at));
    munmap(at, ALL);
}

static void what_is_taken_is_not_begun(void **state)
{
    char *at = map(NULL);
    (void)state;
    size_t last = ask_for_all(at) - 1;
    bool ready = gs_fresh_take(at + last * MB);
    size_t before = pages_of(at + last * MB, MB);
    usleep(100000);
    if (!ready && before == 0)
        assert_int_equal(pages_of(at + last * MB, MB), 0);
    gs_fresh_settle(at, ALL);
    munmap(at, ALL);
}

static void what_is_settled_stays_as_it_is(void **state)
{
    char *at = map(NULL);
    (void)state;
    for (int round = 0; round < 20; round++) {
        ask_for_all(at);
        usleep((useconds_t)round * 50);
        gs_fresh_settle(at, ALL);
        map(at);
        usleep(2000);
        assert_int_equal(pages_of(at, ALL), 0);
    }
    munmap(at, ALL);
}

/* What has been begun is waited for. */
static void nothing_is_worked_on_afterwards(void **state)
{
    char *at = map(NULL);
    (void)state;
    for (int round = 0; round < 5; round++) {
        assert_true(gs_fresh_ask(at, ALL));
        usleep((useconds_t)round * 1000);
        gs_fresh_settle(at, ALL);
        size_t there = pages_of(at, ALL);
        usleep(10000);
        assert_int_equal(pages_of(at, ALL), there);
        map(at);
    }
    munmap(at, ALL);
}

static void too_much_at_once_is_refused(void **state)
{
    char *at = map(NULL);
    size_t asked = 0;
    (void)state;
    while (asked < 100000 && gs_fresh_ask(at, ALL))
        asked++;
    assert_in_range(asked, 1, 99999);
    gs_fresh_settle(at, ALL);
    munmap(at, ALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_for_comes),
        cmocka_unit_test(what_is_taken_is_not_begun),
        cmocka_unit_test(what_is_settled_stays_as_it_is),
        cmocka_unit_test(nothing_is_worked_on_afterwards),
        cmocka_unit_test(too_much_at_once_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
