/* Figures of the fight for the GIL, counted by hand. */
#include "support/fake_trace.h"
#include "timeline/judge/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

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

static struct gs_stats stats_of(const struct fake_trace *f)
{
    struct gs_stats stats;
    gs_stats_take(&stats, f->timeline, 0, UINT64_MAX);
    return stats;
}

static void holds(struct fake_trace *f, uint32_t actor, uint32_t gil, uint64_t from, uint64_t until)
{
    fake_take(f, actor, from, gil, 1);
    fake_drop(f, actor, until, gil, GS_DROP_BLOCKING, 1);
}

/* Who lets go and finds nobody else there has handed nothing over. */
/* Nearest rank: of three, the second is the smallest that is not below half of them. */
static void a_rank_is_rounded_up(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t a = fake_thread(f, gil, "a");
    fake_born(f, a, 0, 0);
    holds(f, a, gil, 0, 10);
    holds(f, a, gil, 100, 120);
    holds(f, a, gil, 200, 230);
    fake_end(f, 300, 0);
    struct gs_stats stats = stats_of(f);
    assert_int_equal(stats.gils.items[0].hold_p50, 20);
    assert_int_equal(stats.gils.items[0].hold_p90, 30);
    gs_stats_free(&stats);
    fake_close(f);
}

static void taking_it_back_is_no_hand_off(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, gil, "b");
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, a);
    for (uint64_t i = 0; i < 3; i++)
        holds(f, a, gil, FAKE_MS(2 * i), FAKE_MS(2 * i + 1));
    holds(f, b, gil, FAKE_MS(6), FAKE_MS(7));
    holds(f, b, gil, FAKE_MS(8), FAKE_MS(9));
    fake_end(f, FAKE_MS(10), 0);
    struct gs_stats stats = stats_of(f);
    assert_int_equal(stats.gils.items[0].holds, 5);
    assert_int_equal(stats.gils.items[0].hand_offs, 1);
    gs_stats_free(&stats);
    fake_close(f);
}

/* An interpreter that was used once for a moment is not busy, however short its use is. */
static void a_gil_is_held_for_a_part_of_its_interpreters_life(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "main interpreter", true);
    uint32_t sub = fake_interpreter(f, process, "sub", true);
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, gil, "b");
    fake_born(f, gil, 0, 0);
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, 0);
    fake_born(f, sub, FAKE_MS(100), process);
    holds(f, a, sub, FAKE_MS(200), FAKE_MS(201));
    holds(f, b, sub, FAKE_MS(201), FAKE_MS(202));
    fake_died(f, sub, FAKE_MS(300), false);
    holds(f, a, gil, FAKE_MS(400), FAKE_MS(500));
    fake_end(f, FAKE_MS(1000), 0);
    struct gs_stats stats = stats_of(f);
    assert_int_equal(stats.gils.items[1].interpreter, sub);
    assert_float_equal(stats.gils.items[1].utilisation, 2 / 200.0, 1e-6);
    assert_float_equal(stats.gils.items[1].hand_offs_second, 1 / 0.2, 1e-4);
    assert_float_equal(stats.gils.items[0].utilisation, 100 / 1000.0, 1e-6);
    gs_stats_free(&stats);
    gs_stats_take(&stats, f->timeline, FAKE_MS(201), FAKE_MS(211));
    assert_float_equal(stats.gils.items[1].utilisation, 1 / 10.0, 1e-6);
    gs_stats_free(&stats);
    fake_close(f);
}

/* Wishes for two GILs, one of them on the way from the one interpreter into the other. */
static void a_wish_counts_for_the_gil_that_it_is_for(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "main interpreter", true);
    uint32_t sub = fake_interpreter(f, process, "sub", true);
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, sub, "b");
    fake_born(f, gil, 0, 0);
    fake_born(f, sub, 0, 0);
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, 0);
    fake_state(f, a, 0, GS_STATE_WANTS_GIL, 0, 1, 0);
    fake_state(f, a, FAKE_MS(1), GS_STATE_RUNNING, 0, 1, 0);
    fake_state(f, a, FAKE_MS(10), GS_STATE_WANTS_GIL, 0, 1, 0);
    fake_enter(f, a, FAKE_MS(11), sub);
    fake_state(f, a, FAKE_MS(13), GS_STATE_RUNNING, 0, 1, 0);
    fake_state(f, b, FAKE_MS(13), GS_STATE_WANTS_GIL, 0, 1, 0);
    fake_request(f, b, FAKE_MS(18), sub, a);
    fake_end(f, FAKE_MS(20), 0);
    struct gs_stats stats = stats_of(f);
    assert_int_equal(stats.gils.items[0].waits, 1);
    assert_int_equal(stats.gils.items[0].wait_max, FAKE_MS(1));
    assert_int_equal(stats.gils.items[0].requests, 0);
    assert_int_equal(stats.gils.items[1].requests, 1);
    assert_int_equal(stats.gils.items[1].waits, 2);
    assert_int_equal(stats.gils.items[1].wait_p50, FAKE_MS(3));
    assert_int_equal(stats.gils.items[1].wait_max, FAKE_MS(7));
    gs_stats_free(&stats);
    fake_close(f);
}

static void the_last_instant_is_part_of_the_run(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    uint32_t a = fake_thread(f, gil, "a");
    fake_born(f, a, 0, 0);
    fake_state(f, a, FAKE_MS(1), GS_STATE_RUNNING, 0, 1, 0);
    fake_state(f, a, FAKE_MS(9), GS_STATE_WANTS_GIL, 0, 1, 0);
    fake_request(f, a, FAKE_MS(9), gil, a);
    holds(f, a, gil, FAKE_MS(9), FAKE_MS(9));
    fake_end(f, FAKE_MS(9), 0);
    struct gs_stats stats = stats_of(f);
    assert_int_equal(stats.duration, FAKE_MS(9));
    assert_int_equal(stats.lanes.items[0].alive, FAKE_MS(9));
    assert_int_equal(stats.lanes.items[0].takes, 1);
    assert_int_equal(stats.lanes.items[0].waits.count, 1);
    assert_int_equal(stats.gils.items[0].requests, 1);
    assert_int_equal(stats.gils.items[0].holds, 1);
    assert_int_equal(stats.gils.items[0].waits, 1);
    gs_stats_free(&stats);
    gs_stats_take(&stats, f->timeline, 0, FAKE_MS(8));
    assert_int_equal(stats.lanes.items[0].takes, 0);
    assert_int_equal(stats.gils.items[0].holds, 0);
    gs_stats_free(&stats);
    fake_close(f);
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

static void counting_takes_time_in_proportion(void **state)
{
    (void)state;
    enum { WAITS = 200000, MOST_SECONDS = 4 };
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main", true);
    uint32_t main = fake_thread(f, gil, "main");
    fake_born(f, main, 0, 0);
    for (uint32_t i = 0; i < WAITS; i++) {
        fake_state(f, main, FAKE_US(2 * i), GS_STATE_WAITING, i + 1, 1, GS_CAUSE_NONE);
        fake_state(f, main, FAKE_US(2 * i + 1), GS_STATE_RUNNING, 0, 1, i + 1);
    }
    struct gs_stats stats;
    clock_t before = clock();
    gs_stats_take(&stats, f->timeline, 0, UINT64_MAX);
    assert_true(clock() - before < MOST_SECONDS * CLOCKS_PER_SEC);
    assert_int_equal(stats.lanes.items[0].waits.count, WAITS);
    assert_int_equal(stats.lanes.items[0].causes.count, WAITS);
    gs_stats_free(&stats);
    fake_close(f);
}

/* A worker starts, pickles and computes; a thread beside it only runs. */
static void a_process_costs_more_than_a_thread(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t first = fake_process(f, "process 1"), worker = fake_process(f, "worker");
    uint32_t own_gil = fake_interpreter(f, first, "own", true);
    uint32_t main = fake_thread(f, own_gil, "MainThread");
    uint32_t inside = fake_thread(f, fake_interpreter(f, worker, "its", true), "MainThread");
    uint32_t thread = fake_thread(f, own_gil, "Thread-1");
    uint32_t memory = fake_memory(f, worker);
    fake_born(f, first, 0, 0);
    fake_born(f, main, 0, 0);
    fake_state(f, main, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_born(f, worker, FAKE_MS(10), first);
    fake_born(f, inside, FAKE_MS(24), main);
    fake_state(f, inside, FAKE_MS(25), GS_STATE_RUNNING, 0, 1, 0);
    fake_born(f, thread, FAKE_MS(30), main);
    fake_state(f, thread, FAKE_MS(31), GS_STATE_RUNNING, 0, 1, 0);
    fake_counter(f, worker, FAKE_MS(30), memory, 9000000);
    fake_counter(f, worker, FAKE_MS(35), memory, 4000000);
    fake_label(f, inside, FAKE_MS(40), "pickle", 2);
    fake_label_end(f, inside, FAKE_MS(43));
    fake_label(f, inside, FAKE_MS(43), "run", 2);
    fake_label_end(f, inside, FAKE_MS(44));
    fake_state(f, inside, FAKE_MS(45), GS_STATE_SLEEPING, 0, 3, 0);
    fake_message(f, inside, FAKE_MS(45), true, fake_object(f, GS_OBJECT_PIPE, "p"), 70);

    struct gs_stats stats;
    gs_stats_take(&stats, f->timeline, 0, UINT64_MAX);
    assert_int_equal(stats.processes.count, 2);
    const struct gs_process_figures *own = &stats.processes.items[0];
    const struct gs_process_figures *its = &stats.processes.items[1];
    assert_int_equal(own->actor, first);
    assert_int_equal(own->ran_after, 0);
    assert_int_equal(own->memory, 0);
    assert_int_equal(its->actor, worker);
    assert_int_equal(its->ran_after, FAKE_MS(15));
    assert_int_equal(its->memory, 9000000);
    assert_int_equal(its->pickling, FAKE_MS(3));
    assert_int_equal(its->computing, FAKE_MS(17));
    assert_int_equal(its->sent_bytes, 70);
    assert_int_equal(stats.started_processes.count, 1);
    assert_int_equal(stats.started_processes.ran_p50, FAKE_MS(15));
    assert_int_equal(stats.started_processes.memory_max, 9000000);
    assert_int_equal(stats.started_threads.count, 1);
    assert_int_equal(stats.started_threads.ran_max, FAKE_MS(1));
    gs_stats_free(&stats);
    gs_stats_take(&stats, f->timeline, FAKE_MS(32), UINT64_MAX);
    assert_int_equal(stats.processes.items[1].memory, 9000000); /* what it has at the beginning */
    assert_int_equal(stats.started_processes.count, 0);
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
        cmocka_unit_test(a_rank_is_rounded_up),
        cmocka_unit_test(taking_it_back_is_no_hand_off),
        cmocka_unit_test(a_gil_is_held_for_a_part_of_its_interpreters_life),
        cmocka_unit_test(a_wish_counts_for_the_gil_that_it_is_for),
        cmocka_unit_test(the_last_instant_is_part_of_the_run),
        cmocka_unit_test(a_window_cuts_what_it_counts),
        cmocka_unit_test(a_life_ends_with_its_last_state),
        cmocka_unit_test(native_work_is_no_wait),
        cmocka_unit_test(counting_takes_time_in_proportion),
        cmocka_unit_test(a_process_costs_more_than_a_thread),
        cmocka_unit_test(causes_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
