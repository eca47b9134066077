/* The rings are emptied while their reader is away; what the queue has no room for is counted. */
#include "trace/intake.h"

#include "base/long.h"
#include "support/tally.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include <cmocka.h>

enum { RING = 64, AWAY = 100 * RING, FLOOD = 200000 };

/* A segment, who empties its rings, and what came out. */
struct emptied {
    struct gs_segment *segment;
    struct gs_intake *intake;
    struct tally tally;
};

static int set_up(void **state)
{
    struct emptied *e = calloc(1, sizeof *e);
    assert_non_null(e);
    e->segment = tally_segment(RING);
    e->intake = gs_intake_new(e->segment);
    *state = e;
    return 0;
}

/* Of 16 MiB a queue has half of one: 16384 events. */
static int set_up_narrow(void **state)
{
    gs_long_allow(16 << 20);
    int status = set_up(state);
    gs_long_allow(GS_LONG_ALLOWED);
    return status;
}

static int tear_down(void **state)
{
    struct emptied *e = *state;
    gs_intake_free(e->intake);
    gs_segment_close(e->segment);
    free(e);
    return 0;
}

/* Up to ten seconds, on whatever machine. */
static void await_room(const struct gs_ring *ring)
{
    for (int turn = 0; turn < 10000 && !gs_ring_has_room(ring); turn++)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    assert_true(gs_ring_has_room(ring));
}

/* The thread looks at the rings now and then. */
static void await_nothing(struct gs_intake *intake)
{
    for (int turn = 0; turn < 10000 && gs_intake_has_more(intake); turn++)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    assert_false(gs_intake_has_more(intake));
}

static void who_is_away_loses_nothing(void **state)
{
    struct emptied *e = *state;
    struct gs_ring ring;
    assert_true(gs_segment_open_ring(e->segment, 1, false, &ring));
    for (uint64_t i = 0; i < AWAY; i++) {
        await_room(&ring);
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
    }
    assert_int_equal(gs_intake_drain(e->intake, UINT64_MAX, tally_count, &e->tally), AWAY);
    assert_int_equal(e->tally.stored, AWAY);
    assert_int_equal(e->tally.out_of_order, 0);
    await_nothing(e->intake);
}

/* It may be cut short by the thread, and says so then. */
static void who_cannot_wait_comes_back(void **state)
{
    struct emptied *e = *state;
    struct gs_ring ring;
    uint64_t taken = 0;
    assert_true(gs_segment_open_ring(e->segment, 1, false, &ring));
    for (uint64_t i = 1; i <= 400000; i++) {
        await_room(&ring);
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
        do {
            taken += gs_intake_drain_at_once(e->intake, 10, tally_count, &e->tally);
        } while (taken < i && gs_intake_has_more(e->intake));
        assert_int_equal(taken, i);
    }
    assert_int_equal(e->tally.out_of_order, 0);
}

/* The virtual clock stands still at a time, and the screen shows all that was before it. */
static void what_is_in_a_ring_is_handed_on_at_once(void **state)
{
    struct emptied *e = *state;
    struct gs_ring ring;
    assert_true(gs_segment_open_ring(e->segment, 1, false, &ring));
    for (uint64_t i = 0; i < 1000; i++) {
        gs_ring_put(&ring, i, 1, GS_EVENT_NOTE, 0, 0, 0);
        assert_int_equal(gs_intake_drain(e->intake, 10, tally_count, &e->tally), 1);
    }
    assert_int_equal(e->tally.out_of_order, 0);
}

/* Each time that it wakes costs a machine that has nothing else to do as much as a small frame. */
static void where_nothing_comes_the_thread_sleeps(void **state)
{
    struct rusage before, after;
    (void)state;
    getrusage(RUSAGE_SELF, &before);
    nanosleep(&(struct timespec){.tv_nsec = 500000000}, NULL);
    getrusage(RUSAGE_SELF, &after);
    assert_in_range(after.ru_nvcsw - before.ru_nvcsw, 1, 70);
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

/* Each is handed on or counted, and once. */
static void end_flood(struct emptied *e)
{
    gs_intake_finish(e->intake, tally_count, &e->tally);
    assert_int_equal(e->tally.stored + e->tally.lost, FLOOD);
    assert_int_equal(e->tally.out_of_order, 0);
}

static void what_does_not_fit_is_counted(void **state)
{
    struct emptied *e = *state;
    flood(e->segment);
    end_flood(e);
    assert_true(e->tally.stored >= RING && e->tally.lost > 0);
}

static void nothing_is_told_twice(void **state)
{
    struct emptied *e = *state;
    pthread_t thread;
    pthread_create(&thread, NULL, flood, e->segment);
    for (int turn = 0; turn < 1000; turn++)
        gs_intake_drain(e->intake, 100, tally_count, &e->tally);
    pthread_join(thread, NULL);
    end_flood(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_away_loses_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_in_a_ring_is_handed_on_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_cannot_wait_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_fit_is_counted, set_up_narrow, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_told_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_nothing_comes_the_thread_sleeps, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
