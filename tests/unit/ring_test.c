/* Rings and the collector: order, exact loss, rings that are used again, how soon it looks again.
 */
#include "support/tally.h"
#include "trace/collector.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define LONGEST 1000000000u /* ns */

enum { FEW = 8, FLOOD = 20000 };

static void full_ring_counts_what_it_drops(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (uint64_t i = 0; i < 20; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_drain(collector, 0, tally_count, &t);
    assert_int_equal(t.stored, 8);
    gs_ring_put(&ring, 20, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_drain(collector, 0, tally_count, &t);
    assert_int_equal(t.stored, 9);
    assert_int_equal(t.lost, 12);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

static void closed_ring_tells_its_last_loss_and_is_free_again(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct tally t = {0};
    for (int round = 0; round < 10; round++) {
        struct gs_ring ring;
        assert_true(gs_segment_open_ring(segment, 1, false, &ring));
        for (uint64_t i = 0; i < 11; i++)
            gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
        gs_ring_close(&ring);
        gs_collector_drain(collector, 0, tally_count, &t);
        gs_collector_drain(collector, 0, tally_count, &t);
    }
    assert_int_equal(t.stored, 80);
    assert_int_equal(t.lost, 30);
    assert_int_equal(gs_segment_rings(segment), 1);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

/* What was told while the ring was in use is not owed any more when it is closed. */
static void a_loss_is_told_once(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (uint64_t i = 0; i < 11; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_drain(collector, 0, tally_count, &t);
    gs_ring_put(&ring, 11, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_ring_close(&ring);
    gs_collector_drain(collector, 0, tally_count, &t);
    gs_collector_drain(collector, 0, tally_count, &t);
    gs_collector_finish(collector, tally_count, &t);
    assert_int_equal(t.lost, 3);
    assert_int_equal(t.stored, 9);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

/* Its owner was killed before it could tell, and events of it are still there. */
static void the_end_tells_a_loss_behind_the_last_events(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (uint64_t i = 0; i < 11; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_finish(collector, tally_count, &t);
    assert_int_equal(t.stored, 8);
    assert_int_equal(t.lost, 3);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

static void merge_is_by_time(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring rings[3];
    struct tally t = {0};
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(gs_segment_open_ring(segment, i, false, &rings[i]));
        for (uint64_t k = 0; k < 5; k++)
            gs_ring_put(&rings[i], k * 3 + i, i, GS_EVENT_NOTE, 0, 0, 0);
    }
    gs_collector_drain(collector, 0, tally_count, &t);
    assert_int_equal(t.stored, 15);
    assert_int_equal(t.out_of_order, 0);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

struct flood {
    struct gs_segment *segment;
    bool waits;
    _Atomic bool done;
};

static void *flood(void *argument)
{
    struct flood *f = argument;
    struct gs_ring ring;
    gs_segment_open_ring(f->segment, 1, f->waits, &ring);
    for (uint64_t i = 0; i < FLOOD; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_ring_close(&ring);
    f->done = true;
    return NULL;
}

static struct tally run_flood(bool waits)
{
    struct flood f = {.segment = tally_segment(FEW), .waits = waits};
    struct gs_collector *collector = gs_collector_new(f.segment);
    struct tally t = {0};
    pthread_t thread;
    pthread_create(&thread, NULL, flood, &f);
    while (!f.done)
        gs_collector_drain(collector, 0, tally_count, &t);
    pthread_join(thread, NULL);
    gs_collector_finish(collector, tally_count, &t);
    assert_int_equal(t.stored + t.lost, FLOOD);
    assert_int_equal(t.out_of_order, 0);
    gs_collector_free(collector);
    gs_segment_close(f.segment);
    return t;
}

static void overload_is_counted_to_the_event(void **state)
{
    (void)state;
    run_flood(false);
}

static void waiting_ring_loses_nothing(void **state)
{
    (void)state;
    assert_int_equal(run_flood(true).lost, 0);
}

static uint64_t rest_after(struct gs_collector *collector, struct gs_ring *ring, int events)
{
    struct tally t = {0};
    for (int i = 0; i < events; i++)
        gs_ring_put(ring, ring->last, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_drain(collector, 0, tally_count, &t);
    return gs_collector_rest(collector, LONGEST);
}

/* Seconds, so that a machine that is slow to go on does not make the difference. */
static void a_ring_that_fills_is_soon_looked_at_again(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    assert_int_equal(rest_after(collector, &ring, 0), LONGEST);
    assert_int_equal(rest_after(collector, &ring, 3), LONGEST);
    assert_in_range(rest_after(collector, &ring, 5), 0, LONGEST / 2);
    usleep(20000);
    assert_in_range(rest_after(collector, &ring, 3), 10000000, LONGEST);
    assert_in_range(gs_collector_rest(collector, 1000), 1000, 1000);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

/* The consumer may sleep 50 ms after each of the 2,500 rings it gets: two minutes if it did. */
static void who_waits_is_not_slept_over(void **state)
{
    (void)state;
    struct flood f = {.segment = tally_segment(FEW), .waits = true};
    struct gs_collector *collector = gs_collector_new(f.segment);
    struct tally t = {0};
    uint64_t slept = 0;
    pthread_t thread;
    pthread_create(&thread, NULL, flood, &f);
    while (!f.done) {
        gs_collector_drain(collector, 0, tally_count, &t);
        uint64_t rest = gs_collector_rest(collector, 50000000);
        usleep((useconds_t)(rest / 1000));
        slept += rest;
    }
    pthread_join(thread, NULL);
    gs_collector_finish(collector, tally_count, &t);
    assert_int_equal(t.stored, FLOOD);
    assert_in_range(slept, 0, 10000000000);
    gs_collector_free(collector);
    gs_segment_close(f.segment);
}

/* In the place of the library's: inside a program that is watched that is told in the very ring
 * that has no room. */
static _Atomic unsigned told_naps;

int nanosleep(const struct timespec *time, struct timespec *left)
{
    told_naps++;
    return (int)syscall(SYS_nanosleep, time, left);
}

static void who_waits_for_room_calls_nothing_that_is_told(void **state)
{
    (void)state;
    struct flood f = {.segment = tally_segment(FEW), .waits = true};
    struct gs_collector *collector = gs_collector_new(f.segment);
    struct tally t = {0};
    pthread_t thread;
    pthread_create(&thread, NULL, flood, &f);
    usleep(50000); /* longer than anybody only yields */
    while (!f.done)
        gs_collector_drain(collector, 0, tally_count, &t);
    pthread_join(thread, NULL);
    assert_int_equal(told_naps, 0);
    gs_collector_free(collector);
    gs_segment_close(f.segment);
}

static void time_does_not_go_back_in_a_ring_of_one_actor(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_ring one, all;
    assert_true(gs_segment_open_ring(segment, 1, false, &one));
    assert_true(gs_segment_open_ring(segment, 1, true, &all));
    for (uint64_t time = 9; time >= 7; time--) {
        gs_ring_put(&one, time, 1, GS_EVENT_NOTE, 0, 0, 0);
        gs_ring_put(&all, time, 1, GS_EVENT_NOTE, 0, 0, 0);
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(one.events[i].time, 9);
        assert_int_equal(all.events[i].time, 9 - i);
    }
    gs_segment_close(segment);
}

struct order {
    uint32_t actors[16];
    size_t count;
};

static void note_actor(void *context, const struct gs_event *e)
{
    struct order *order = context;
    assert_in_range(order->count, 0, 15);
    order->actors[order->count++] = e->actor;
}

/* Whichever ring was filled first. */
static void of_events_of_one_time_the_lower_ring_is_first(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring rings[4];
    struct order order = {0};
    for (uint32_t i = 0; i < 4; i++)
        assert_true(gs_segment_open_ring(segment, i, false, &rings[i]));
    for (uint32_t i = 4; i-- > 0;)
        for (uint64_t time = 1; time <= 3; time++)
            gs_ring_put(&rings[i], time, i, GS_EVENT_NOTE, 0, 0, 0);
    gs_collector_drain(collector, 0, note_actor, &order);
    assert_int_equal(order.count, 12);
    for (uint32_t i = 0; i < 12; i++)
        assert_int_equal(order.actors[i], i % 4);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

/* A stage that is killed in mid-air, or is not our friend, may leave anything in there. */
static void a_head_that_cannot_be_is_no_more_than_a_full_ring(void **state)
{
    (void)state;
    static const uint64_t heads[] = {9, 1000, UINT64_MAX, (uint64_t)1 << 63, 3};
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct tally t = {0};
        atomic_store(&ring.shared->head, heads[i]);
        assert_int_equal(gs_collector_drain(collector, 0, tally_count, &t), 8);
        assert_int_equal(gs_collector_drain(collector, 0, tally_count, &t), 0);
    }
    gs_collector_free(collector);
    gs_segment_close(segment);
}

/* Pages of the ring from its event `from` on that have memory already. */
static size_t pages_there(const struct gs_ring *ring, uint64_t from, size_t pages)
{
    unsigned char there[64];
    size_t count = 0;
    assert_int_equal(mincore(ring->events + from, pages * 4096, there), 0);
    for (size_t i = 0; i < pages; i++)
        count += there[i] & 1;
    return count;
}

static void warm_ring_has_memory_for_the_next_events(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(8192);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    gs_ring_put(&ring, 0, 1, GS_EVENT_NOTE, 0, 0, 0);
    assert_int_equal(pages_there(&ring, 0, 8), 1);
    gs_ring_warm(&ring);
    assert_int_equal(pages_there(&ring, 0, 8), 8);
    /* More than a round, with a warm one now and then: what was put is not touched. */
    for (uint64_t i = 1; i < 20000; i++) {
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
        if (i % 100 == 0)
            gs_ring_warm(&ring);
        if (i % 1000 == 0)
            gs_collector_drain(collector, 0, tally_count, &t);
    }
    gs_collector_drain(collector, 0, tally_count, &t);
    assert_int_equal(t.stored, 20000);
    assert_int_equal(t.out_of_order, 0);
    assert_int_equal(t.next, 20000);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

static void warm_ring_writes_to_nobody_elses_memory(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(FEW);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring rings[4];
    struct tally t = {0};
    for (uint32_t i = 0; i < 4; i++) {
        assert_true(gs_segment_open_ring(segment, i, false, &rings[i]));
        gs_ring_put(&rings[i], i + 1, i, GS_EVENT_NOTE, 0, i + 1, 0);
    }
    for (uint32_t i = 0; i < 4; i++) {
        gs_ring_warm(&rings[i]);
        gs_ring_put(&rings[i], 10, i, GS_EVENT_NOTE, 0, i + 1, 0);
    }
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(rings[i].events[0].a, i + 1);
    gs_collector_drain(collector, 0, tally_count, &t);
    assert_int_equal(t.stored, 8);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

/* A ring that was used before: what lies ahead of its head is another owner's, not yet drained. */
static void warm_ring_keeps_what_it_holds(void **state)
{
    (void)state;
    struct gs_segment *segment = tally_segment(2048);
    struct gs_collector *collector = gs_collector_new(segment);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (uint64_t i = 0; i < 2048; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    ring.warm = 0;
    gs_ring_warm(&ring);
    gs_collector_drain(collector, 0, tally_count, &t);
    assert_int_equal(t.next, 2048);
    assert_int_equal(t.out_of_order, 0);
    gs_collector_free(collector);
    gs_segment_close(segment);
}

static void warm_segment_has_memory_for_its_first_rings_only(void **state)
{
    (void)state;
    enum { RINGS = 3, RING_EVENTS = 8192, PAGES = 64 };
    struct gs_segment *segment = tally_segment(RING_EVENTS);
    struct gs_ring ring[RINGS];
    for (uint32_t i = 0; i < RINGS; i++) {
        assert_true(gs_segment_open_ring(segment, i + 1, false, &ring[i]));
        assert_int_equal(pages_there(&ring[i], 0, PAGES), 0);
    }
    if (!gs_segment_warm(segment, 2)) {
        gs_segment_close(segment);
        skip();
    }
    assert_int_equal(pages_there(&ring[0], 0, PAGES), PAGES);
    assert_int_equal(pages_there(&ring[1], 0, PAGES), PAGES);
    assert_int_equal(pages_there(&ring[2], 0, PAGES), 0);
    /* More than there are: all of them, and nothing behind. */
    assert_true(gs_segment_warm(segment, 100));
    assert_int_equal(pages_there(&ring[2], 0, PAGES), PAGES);
    gs_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_ring_counts_what_it_drops),
        cmocka_unit_test(closed_ring_tells_its_last_loss_and_is_free_again),
        cmocka_unit_test(a_loss_is_told_once),
        cmocka_unit_test(the_end_tells_a_loss_behind_the_last_events),
        cmocka_unit_test(merge_is_by_time),
        cmocka_unit_test(overload_is_counted_to_the_event),
        cmocka_unit_test(waiting_ring_loses_nothing),
        cmocka_unit_test(warm_ring_has_memory_for_the_next_events),
        cmocka_unit_test(warm_segment_has_memory_for_its_first_rings_only),
        cmocka_unit_test(a_ring_that_fills_is_soon_looked_at_again),
        cmocka_unit_test(who_waits_is_not_slept_over),
        cmocka_unit_test(who_waits_for_room_calls_nothing_that_is_told),
        cmocka_unit_test(time_does_not_go_back_in_a_ring_of_one_actor),
        cmocka_unit_test(of_events_of_one_time_the_lower_ring_is_first),
        cmocka_unit_test(a_head_that_cannot_be_is_no_more_than_a_full_ring),
        cmocka_unit_test(warm_ring_writes_to_nobody_elses_memory),
        cmocka_unit_test(warm_ring_keeps_what_it_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
