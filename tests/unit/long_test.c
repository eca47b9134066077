/* Arrays that are longer than memory: what was put there is there, wherever it lies, and the
 * process does not get larger than it may. */
#include "base/long.h"
#include "base/sanitizers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct item {
    uint64_t key;
    uint32_t array, rest[5]; /* 32 bytes, as a span has */
};

struct items {
    GS_LONG(struct item) list;
};

enum { MB = 1 << 20, ARRAYS = 40 };

static struct item item_of(uint32_t array, size_t i)
{
    return (struct item){.key = i * 7, .array = array, .rest = {(uint32_t)i * 31}};
}

static void append(struct items *v, uint32_t array, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct item item = item_of(array, v->list.count);
        gs_long_push(&v->list, item);
    }
}

static void assert_whole(const struct items *v, uint32_t array)
{
    for (size_t i = 0; i < v->list.count; i++) {
        struct item expected = item_of(array, i);
        if (memcmp(&v->list.items[i], &expected, sizeof expected) != 0)
            fail_msg("item %zu of array %u", i, array);
    }
}

/* The scratch file's blocks, in bytes; 0: there is none. */
static uint64_t on_disk(void)
{
    struct stat st;
    for (int fd = 3; fd < 100; fd++)
        if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 0)
            return (uint64_t)st.st_blocks * 512;
    return 0;
}

static uint64_t resident(void)
{
    unsigned long long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%*u %llu", &pages), 1);
    fclose(f);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* In the place of the library's: the keeper gets no core for a while. */
static _Atomic bool keeper_is_late;

int nanosleep(const struct timespec *time, struct timespec *left)
{
    const struct timespec late = {.tv_sec = 1};
    return (int)syscall(SYS_nanosleep, keeper_is_late ? &late : time, left);
}

static void a_short_one_is_no_file(void **state)
{
    (void)state;
    struct items v = {0};
    gs_long_allow(1);
    append(&v, 0, 1000);
    assert_whole(&v, 0);
    assert_int_equal(gs_long_written(), 0);
    assert_int_equal(on_disk(), 0);
    gs_long_free(&v.list);
    assert_null(v.list.items);
    assert_int_equal(v.list.count, 0);
}

static void whatever_lies_where_it_is_there(void **state)
{
    (void)state;
    struct items v[ARRAYS] = {0};
    gs_long_allow(1);
    /* Some grow much quicker than others; the first is moved to wider addresses meanwhile. */
    for (uint32_t round = 0; round < 200; round++)
        for (uint32_t a = 0; a < ARRAYS; a++)
            append(&v[a], a, a == 0 ? 20000 : a * 7);
    assert_true(v[0].list.count * sizeof(struct item) > 100 * (size_t)MB);
    assert_true(gs_long_written() > 90 * (uint64_t)MB);
    assert_true(on_disk() >= gs_long_written());
    for (uint32_t a = 0; a < ARRAYS; a++)
        assert_whole(&v[a], a);
    for (uint32_t a = 0; a < ARRAYS; a++)
        gs_long_free(&v[a].list);
    assert_int_equal(gs_long_written(), 0);
    assert_true(on_disk() < MB);
}

static void what_is_changed_stays_changed(void **state)
{
    (void)state;
    struct items v = {0};
    gs_long_allow(1);
    append(&v, 1, 100000);
    for (size_t i = 0; i < v.list.count; i += 1000)
        v.list.items[i].array = 99;
    append(&v, 1, 1000000); /* the keeper has let go of it by then */
    for (size_t i = 0; i < v.list.count; i++)
        assert_int_equal(v.list.items[i].array, i < 100000 && i % 1000 == 0 ? 99 : 1);
    gs_long_free(&v.list);
}

/* Something else has all that is allowed, so that the arrays keep no more than they have to; a step
 * is larger then than what would not be worth a write. */
static void what_is_not_filled_yet_is_not_written(void **state)
{
    (void)state;
    const size_t allowed = 64 * (size_t)MB;
    struct items v = {0};
    void *other = malloc(allowed);
    assert_non_null(other);
    memset(other, 1, allowed);
    gs_long_allow(allowed);
    while (v.list.count * sizeof(struct item) < allowed / 2) {
        append(&v, 3, 100);
        assert_in_range(gs_long_written(), 0, v.list.count * sizeof(struct item));
    }
    assert_true(gs_long_written() > allowed / 4);
    assert_whole(&v, 3);
    gs_long_free(&v.list);
    free(other);
}

static void what_comes_late_finds_its_place(void **state)
{
    (void)state;
    struct items v = {0};
    gs_long_allow(1);
    for (uint64_t i = 0; i < 100000; i++) {
        uint64_t key = i % 5 == 4 ? i - 3 : i;
        *gs_long_sorted_add(&v.list, key, key) = (struct item){.key = key, .array = 5};
    }
    assert_true(gs_long_written() > MB);
    for (size_t i = 1; i < v.list.count; i++)
        assert_true(v.list.items[i - 1].key <= v.list.items[i].key);
    gs_long_free(&v.list);
}

/* Neither while it grows, nor while all of it is read, nor where the keeper is late. A sanitizer
 * has memory of its own. */
static void the_process_stays_as_large_as_it_may_be(void **state)
{
    keeper_is_late = *state;
    struct items v[4] = {0};
    uint64_t allowed = resident() + 48 * MB, most = 0, sum = 0;
    gs_long_allow(allowed);
    for (uint32_t round = 0; round < 1000; round++) {
        append(&v[round % 4], round % 4, 10000);
        most = resident() > most ? resident() : most;
    }
    assert_true(gs_long_written() > 200 * (uint64_t)MB);
    for (uint32_t a = 0; a < 4; a++)
        for (size_t i = 0; i < v[a].list.count; i++) {
            sum += v[a].list.items[i].key;
            if (i % 10000 == 0)
                most = resident() > most ? resident() : most;
        }
    assert_true(sum > 0);
    if (!GS_ADDRESS_SANITIZER && !GS_THREAD_SANITIZER)
        assert_in_range(most, 0, allowed + 48 * MB); /* the keeper may come late */
    for (uint32_t a = 0; a < 4; a++)
        gs_long_free(&v[a].list);
}

/* An array that grows has its next step made ready behind its back. */
static void what_comes_next_is_ready(void **state)
{
    (void)state;
    struct items v = {0};
    unsigned char in = 0;
    gs_long_allow(GS_LONG_ALLOWED);
    append(&v, 3, 4 * MB / sizeof(struct item));
    for (int i = 0; i < 1000 && !(in & 1); i++) {
        assert_int_equal(mincore(v.list.items + v.list.ready, 1, &in), 0);
        usleep(10000);
    }
    assert_true(in & 1);
    append(&v, 3, 4 * MB / sizeof(struct item));
    assert_whole(&v, 3);
    gs_long_free(&v.list);
}

/* In a process of its own: neither writes into what the other has. */
static void read_there(const struct items *v)
{
    struct items own = {0};
    append(&own, 8, 1000000);
    assert_whole(v, 7);
    assert_whole(&own, 8);
    assert_true(gs_long_written() > 40 * (uint64_t)MB);
    gs_long_free(&own.list);
    _exit(0);
}

static void a_process_that_is_forked_has_them_as_they_were(void **state)
{
    (void)state;
    struct items v = {0}, more = {0};
    int status;
    gs_long_allow(1);
    append(&v, 7, 500000);
    assert_true(gs_long_written() > 10 * (uint64_t)MB);
    pid_t pid = fork();
    if (pid == 0)
        read_there(&v);
    append(&more, 9, 1000000);
    append(&v, 7, 500000);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_whole(&v, 7);
    assert_whole(&more, 9);
    gs_long_free(&v.list);
    gs_long_free(&more.list);
}

static void what_a_full_disk_does_not_take_stays_in_memory(void **state)
{
    (void)state;
    struct items v = {0};
    struct rlimit before, small = {.rlim_cur = 3 * MB};
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    gs_long_allow(1);
    append(&v, 2, 1000000);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_whole(&v, 2);
    assert_in_range(gs_long_written(), 0, 3 * MB);
    gs_long_free(&v.list);
}

int main(void)
{
    /* The runner's log is inherited, and is a file without a name where two of them run at once. */
    for (int fd = 3; fd < 100; fd++)
        close(fd);
    bool late = true;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_one_is_no_file),
        cmocka_unit_test(whatever_lies_where_it_is_there),
        cmocka_unit_test(what_is_changed_stays_changed),
        cmocka_unit_test(what_is_not_filled_yet_is_not_written),
        cmocka_unit_test(what_comes_late_finds_its_place),
        cmocka_unit_test(the_process_stays_as_large_as_it_may_be),
        cmocka_unit_test_prestate(the_process_stays_as_large_as_it_may_be, (void *)&late),
        cmocka_unit_test(what_comes_next_is_ready),
        cmocka_unit_test(a_process_that_is_forked_has_them_as_they_were),
        cmocka_unit_test(what_a_full_disk_does_not_take_stays_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
