/* Figures of the fight for the GIL, counted by hand. */
#include "support/fake_trace.h"
#include "timeline/judge/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void figures_of_a_lane(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_stats stats;
    char name[96];
    gs_stats_take(&stats, x.trace->timeline, 0, UINT64_MAX);
    assert_int_equal(stats.duration, FAKE_MS(60));
    assert_int_equal(stats.events, x.trace->events.count);
    assert_int_equal(stats.lanes.count, 3);
    const struct gs_lane_figures *t1 = &stats.lanes.items[1];
    assert_int_equal(t1->actor, x.t1);
    assert_int_equal(t1->alive, FAKE_MS(54.9));
    assert_int_equal(t1->takes, 6);
    assert_int_equal(t1->drops_asked, 5);
    assert_int_equal(t1->state_ns[GS_STATE_RUNNING], FAKE_MS(5) * 5 + FAKE_MS(4.7));
    assert_int_equal(t1->state_ns[GS_STATE_NONE], FAKE_MS(5.1));
    assert_int_equal(t1->waits.count, 1);
    const struct gs_wait_figure *wait = &t1->waits.items[0];
    assert_int_equal(wait->count, 6);
    assert_int_equal(wait->total, FAKE_MS(25.2));
    assert_int_equal(wait->longest, FAKE_MS(5));
    assert_int_equal(wait->longest_at, FAKE_MS(5.3));
    assert_string_equal(gs_stats_wait_name(name, sizeof name, x.trace->timeline, x.t1, wait),
                        "wants-gil");
    assert_int_equal(t1->causes.items[0].cause, x.t2);
    assert_int_equal(t1->causes.items[0].count, 5);
    assert_int_equal(t1->causes.items[1].cause, x.main);
    const struct gs_wait_figure *join = &stats.lanes.items[0].waits.items[0];
    assert_string_equal(gs_stats_wait_name(name, sizeof name, x.trace->timeline, x.main, join),
                        "waiting on the end of thread 'Thread 1'");
    assert_int_equal(join->total, FAKE_MS(54.7));
    gs_stats_free(&stats);
    fake_close(x.trace);
}

static void figures_of_a_gil(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_stats stats;
    gs_stats_take(&stats, x.trace->timeline, 0, UINT64_MAX);
    assert_int_equal(stats.gils.count, 1);
    const struct gs_gil_figures *gil = &stats.gils.items[0];
    assert_int_equal(gil->interpreter, x.gil);
    assert_int_equal(gil->held, FAKE_MS(60));
    assert_int_equal(gil->hand_offs, 15);
    assert_int_equal(gil->drops[GS_DROP_ASKED], 11);
    assert_int_equal(gil->drops[GS_DROP_BLOCKING], 2);
    assert_int_equal(gil->drops[GS_DROP_EXIT], 3);
    assert_int_equal(gil->requests, 11);
    assert_true(gil->utilisation > 0.9999 && gil->utilisation < 1.0001);
    assert_true(gil->hand_offs_second > 249.9 && gil->hand_offs_second < 250.1);
    assert_int_equal(gil->hold_p50, FAKE_MS(5));
    assert_int_equal(gil->hold_p90, FAKE_MS(5));
    assert_int_equal(gil->hold_max, FAKE_MS(5));
    assert_int_equal(gil->wait_max, FAKE_MS(5.1));
    gs_stats_free(&stats);
    fake_close(x.trace);
}

static void a_window_cuts_what_it_counts(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_stats stats;
    gs_stats_take(&stats, x.trace->timeline, FAKE_MS(6), FAKE_MS(11));
    assert_int_equal(stats.duration, FAKE_MS(5));
    const struct gs_gil_figures *gil = &stats.gils.items[0];
    assert_int_equal(gil->held, FAKE_MS(5));
    assert_int_equal(gil->hand_offs, 1);
    assert_int_equal(gil->hold_max, FAKE_MS(4.3));
    const struct gs_lane_figures *t1 = &stats.lanes.items[1];
    assert_int_equal(t1->state_ns[GS_STATE_WANTS_GIL], FAKE_MS(4.3));
    assert_int_equal(t1->waits.items[0].total, FAKE_MS(4.3));
    assert_int_equal(t1->takes, 1);
    gs_stats_free(&stats);
    gs_stats_take(&stats, x.trace->timeline, FAKE_MS(70), FAKE_MS(80));
    assert_int_equal(stats.duration, 0);
    gs_stats_free(&stats);
    fake_close(x.trace);
}

/* On the real clock a death is told a moment after the last state: the shares still add up. */
static void a_life_ends_with_its_last_state(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    uint32_t t = fake_thread(f, gil, "main");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(f, t, FAKE_MS(10), GS_STATE_NONE, 0, 1, GS_CAUSE_NONE);
    fake_died(f, t, FAKE_MS(12), false);
    fake_end(f, FAKE_MS(12), 0);
    struct gs_stats stats;
    gs_stats_take(&stats, f->timeline, 0, UINT64_MAX);
    assert_int_equal(stats.lanes.items[0].alive, FAKE_MS(10));
    assert_int_equal(stats.lanes.items[0].state_ns[GS_STATE_RUNNING], FAKE_MS(10));
    gs_stats_free(&stats);
    fake_close(f);
}

static void native_work_is_no_wait(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    uint32_t t = fake_thread(f, gil, "main");
    fake_born(f, t, 0, 0);
    fake_state(f, t, 0, GS_STATE_NATIVE, 0, 1, GS_CAUSE_NONE);
    fake_state(f, t, FAKE_MS(30), GS_STATE_SLEEPING, 0, 2, GS_CAUSE_WORK);
    fake_state(f, t, FAKE_MS(31), GS_STATE_NATIVE, 0, 3, GS_CAUSE_CLOCK);
    fake_end(f, FAKE_MS(60), 0);
    struct gs_stats stats;
    gs_stats_take(&stats, f->timeline, 0, UINT64_MAX);
    const struct gs_wait_figure *wait = gs_stats_longest_wait(&stats.lanes.items[0]);
    assert_non_null(wait);
    assert_int_equal(wait->state, GS_STATE_SLEEPING);
    assert_int_equal(wait->longest, FAKE_MS(1));
    gs_stats_free(&stats);
    fake_close(f);
}

static void causes_have_names(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    char name[96];
    const struct gs_timeline *t = x.trace->timeline;
    assert_string_equal(gs_stats_cause_name(name, sizeof name, t, x.t2), "Thread 2");
    assert_string_equal(gs_stats_cause_name(name, sizeof name, t, GS_CAUSE_CLOCK), "a timer");
    assert_string_equal(gs_stats_cause_name(name, sizeof name, t, 999), "actor 999");
    fake_close(x.trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_a_lane),
        cmocka_unit_test(figures_of_a_gil),
        cmocka_unit_test(a_window_cuts_what_it_counts),
        cmocka_unit_test(a_life_ends_with_its_last_state),
        cmocka_unit_test(native_work_is_no_wait),
        cmocka_unit_test(causes_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
