/* The rings are emptied while their reader is away; what the queue has no room for is counted. */
#include "trace/intake.h"

#include "base/long.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

enum { RING = 64, AWAY = 100 * RING, FLOOD = 200000 };

static const struct gs_segment_conf small = {
    .ring_events = RING, .rings = 4, .actors = 4, .objects = 4, .string_bytes = 64};

struct tally {
    uint64_t stored, lost, next, out_of_order;
};

static void count(void *context, const struct gs_event *e)
{
    struct tally *t = context;
    if (e->kind == GS_EVENT_LOST) {
        t->lost += e->a;
        return;
    }
    t->stored++;
    t->out_of_order += e->time < t->next;
    t->next = e->time + 1;
}

/* Up to ten seconds, on whatever machine. */
static void await_room(const struct gs_ring *ring)
{
    for (int turn = 0; turn < 10000 && !gs_ring_has_room(ring); turn++)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    assert_true(gs_ring_has_room(ring));
}

static void who_is_away_loses_nothing(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_intake *intake = gs_intake_new(segment);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (uint64_t i = 0; i < AWAY; i++) {
        await_room(&ring);
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    }
    assert_int_equal(gs_intake_drain(intake, UINT64_MAX, count, &t), AWAY);
    assert_int_equal(t.stored, AWAY);
    assert_int_equal(t.out_of_order, 0);
    assert_false(gs_intake_has_more(intake));
    gs_intake_free(intake);
    gs_segment_close(segment);
}

/* The virtual clock stands still at a time, and the screen shows all that was before it. */
static void what_is_in_a_ring_is_handed_on_at_once(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_intake *intake = gs_intake_new(segment);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (uint64_t i = 0; i < 1000; i++) {
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
        assert_int_equal(gs_intake_drain(intake, 10, count, &t), 1);
    }
    assert_int_equal(t.out_of_order, 0);
    gs_intake_free(intake);
    gs_segment_close(segment);
}

/* Of 16 MiB a queue has half of one: 16384 events. */
static void what_does_not_fit_is_counted(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    gs_long_allow(16 << 20);
    struct gs_intake *intake = gs_intake_new(segment);
    gs_long_allow(GS_LONG_ALLOWED);
    struct gs_ring ring;
    struct tally t = {0};
    assert_true(gs_segment_open_ring(segment, 1, false, &ring));
    for (uint64_t i = 0; i < FLOOD; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_ring_close(&ring);
    gs_intake_finish(intake, count, &t);
    assert_int_equal(t.stored + t.lost, FLOOD);
    assert_true(t.stored >= RING && t.lost > 0);
    assert_int_equal(t.out_of_order, 0);
    gs_intake_free(intake);
    gs_segment_close(segment);
}

static void *flood(void *segment)
{
    struct gs_ring ring;
    gs_segment_open_ring(segment, 1, false, &ring);
    for (uint64_t i = 0; i < FLOOD; i++)
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    gs_ring_close(&ring);
    return NULL;
}

static void nothing_is_told_twice(void **state)
{
    (void)state;
    struct gs_segment *segment = gs_segment_create(&small, NULL);
    struct gs_intake *intake = gs_intake_new(segment);
    struct tally t = {0};
    pthread_t thread;
    pthread_create(&thread, NULL, flood, segment);
    for (int turn = 0; turn < 1000; turn++)
        gs_intake_drain(intake, 100, count, &t);
    pthread_join(thread, NULL);
    gs_intake_finish(intake, count, &t);
    assert_int_equal(t.stored + t.lost, FLOOD);
    assert_int_equal(t.out_of_order, 0);
    gs_intake_free(intake);
    gs_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_away_loses_nothing),
        cmocka_unit_test(what_is_in_a_ring_is_handed_on_at_once),
        cmocka_unit_test(what_does_not_fit_is_counted),
        cmocka_unit_test(nothing_is_told_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
