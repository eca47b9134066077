/* A stage that writes anything over its segment: the reader goes on. Two seconds of what `./dev
 * fuzz segment` does for as long as one likes, from a seed that is printed where it fails. */
#include "base/clock.h"
#include "support/mangle.h"
#include "trace/collector.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PROGRAM_BYTES = 1500, BATCH = 50, BATCHES = 200 };

/* splitmix64 */
static uint64_t next(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static void run_seed(uint64_t seed)
{
    uint8_t bytes[PROGRAM_BYTES];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)next(&seed);
    mangle_run(bytes, sizeof bytes);
}

/* In a process of its own, which the test outlives. */
static void run_batch(uint64_t first)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        for (uint64_t seed = first; seed < first + BATCH; seed++)
            run_seed(seed);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (status != 0)
        fail_msg("a reader came to harm in one of the seeds %llu to %llu",
                 (unsigned long long)first, (unsigned long long)first + BATCH - 1);
}

static void no_program_hurts_a_reader(void **state)
{
    (void)state;
    uint64_t end = gs_clock_system() + 2000000000u;
    for (uint64_t i = 0; i < BATCHES && gs_clock_system() < end; i++)
        run_batch(i * BATCH);
}

static const struct gs_segment_conf small = {
    .ring_events = 8, .rings = 2, .actors = 4, .objects = 4, .string_bytes = 64};

static void nothing(void *context, const struct gs_event *e)
{
    (void)context;
    (void)e;
}

/* The layout stands in the first bytes: who attaches reads it once, who created it never. */
static void garbage_over_the_header(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_collector *collector = gs_collector_new(segment);
    const struct gs_tables *tables = gs_segment_tables(segment);
    int fd = gs_segment_fd(segment);
    struct gs_ring ring;
    struct gs_error err;
    gs_segment_open_ring(segment, 1, false, &ring);
    gs_ring_put(&ring, 1, 1, GS_EVENT_NOTE, 0, 0, 0);
    memset(gs_segment_control(segment), 0xa5, sizeof(struct gs_control));
    unsigned char garbage[64];
    memset(garbage, 0xa5, sizeof garbage);
    assert_int_equal(pwrite(fd, garbage + 8, 24, 8), 24);
    assert_null(tables->actor(tables, 0xa5a5a5));
    assert_null(tables->object(tables, 0xa5a5a5));
    assert_string_equal(tables->string(tables, 0xa5a5a5), "?");
    assert_int_equal(gs_collector_drain(collector, 0, nothing, NULL), 1);
    assert_null(gs_segment_attach(dup(fd), &err));
    gs_collector_free(collector);
    /* A ring is as large as it was, also for who comes later. */
    atomic_store(&ring.shared->head, (uint64_t)1 << 40);
    collector = gs_collector_new(segment);
    assert_int_equal(gs_collector_drain(collector, 0, nothing, NULL), 8);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

static void nobody_takes_the_memory_away(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    int fd = gs_segment_fd(segment);
    assert_int_not_equal(ftruncate(fd, 0), 0);
    assert_int_not_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), 0);
    gs_segment_close(segment);
}

/* What was looked at once stays what it was. */
static void rows_and_strings_change_no_more(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    const struct gs_tables *tables = gs_segment_tables(segment);
    uint32_t first = gs_segment_add_string(segment, "first", 5);
    uint32_t second = gs_segment_add_string(segment, "second", 6);
    gs_segment_add_actor(segment, &(struct gs_actor_row){.kind = GS_ACTOR_THREAD, .name = second});
    gs_segment_add_actor(segment, &(struct gs_actor_row){.kind = GS_ACTOR_TASK, .parent = 4});
    const struct gs_actor_row *row = tables->actor(tables, 1);
    const char *text = tables->string(tables, second);
    assert_string_equal(text, "second");
    /* A parent is older than its child. */
    assert_int_equal(tables->actor(tables, 2)->parent, 0);

    size_t size = (size_t)lseek(gs_segment_fd(segment), 0, SEEK_END);
    char *raw = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, gs_segment_fd(segment), 0);
    memset(raw + 4096, 'x', size - 4096);
    munmap(raw, size);
    assert_int_equal(row->kind, GS_ACTOR_THREAD);
    assert_string_equal(text, "second");
    /* Overwritten before it was looked at: it ends where the other one does, or the arena. */
    assert_string_equal(tables->string(tables, first), "xxxxxxxxxxxx");
    assert_string_equal(text, "xxxxxx");
    assert_int_equal(strlen(tables->string(tables, 20)), small.string_bytes - 1 - 20);
    gs_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(garbage_over_the_header),
        cmocka_unit_test(nobody_takes_the_memory_away),
        cmocka_unit_test(rows_and_strings_change_no_more),
        cmocka_unit_test(no_program_hurts_a_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
