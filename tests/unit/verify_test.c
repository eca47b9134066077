/* Every rule has a trace that breaks it, and nothing else. */
#include "support/fake_trace.h"
#include "timeline/judge/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

struct pair {
    struct fake_trace *f;
    uint32_t gil, a, b, lock;
};

static struct pair pair_open(void)
{
    struct pair p = {.f = fake_open()};
    p.gil = fake_interpreter(p.f, fake_process(p.f, "p"), "interpreter 1", true);
    p.a = fake_thread(p.f, p.gil, "Thread 1");
    p.b = fake_thread(p.f, p.gil, "Thread 2");
    p.lock = fake_object(p.f, GS_OBJECT_LOCK, "Lock 1");
    fake_born(p.f, p.a, 0, 0);
    fake_born(p.f, p.b, 0, p.a);
    return p;
}

/* The trace is closed; expected NULL: it breaks no rule, else the one violation it has. */
static void expect(struct pair p, const char *expected)
{
    struct gs_violations found;
    bool good = gs_verify(p.f->timeline, &found);
    if (good != !expected || found.count > 1)
        for (size_t i = 0; i < found.list.count; i++)
            print_message("found: %s\n", found.list.items[i].text);
    assert_int_equal(good, !expected);
    assert_int_equal(found.count, expected ? 1 : 0);
    if (expected)
        assert_string_equal(found.list.items[0].text, expected);
    gs_vec_free(&found.list);
    fake_close(p.f);
}

static void runs(struct pair p, uint32_t actor, uint64_t from, uint64_t until)
{
    fake_take(p.f, actor, from, p.gil, 1);
    fake_state(p.f, actor, from, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, actor, until, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, actor, until, p.gil, GS_DROP_BLOCKING, 1);
}

static void a_fair_fight_breaks_no_rule(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    expect((struct pair){.f = x.trace}, NULL);
}

static void a_gil_has_one_owner(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, FAKE_US(10), p.gil, 1);
    fake_take(p.f, p.b, FAKE_US(50), p.gil, 1);
    fake_drop(p.f, p.a, FAKE_US(90), p.gil, GS_DROP_ASKED, 1);
    fake_drop(p.f, p.b, FAKE_US(99), p.gil, GS_DROP_ASKED, 1);
    expect(p, "Two owners of the GIL of interpreter 1: Thread 2 took it at 50.0 µs, 40.0 µs before "
              "Thread 1 let go.");
}

static void who_ends_has_let_go(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, FAKE_US(10), p.gil, 1);
    fake_state(p.f, p.a, FAKE_US(10), GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_US(20), GS_STATE_NONE, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, FAKE_US(50), p.gil, GS_DROP_EXIT, 1);
    fake_died(p.f, p.a, FAKE_US(50), false);
    expect(p, "Thread 1 is in no state at 20.0 µs, for 30.0 µs, and has the GIL of interpreter 1.");
}

static void an_owner_lets_go(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, FAKE_US(10), p.gil, 1);
    fake_take(p.f, p.b, FAKE_US(50), p.gil, 1);
    fake_drop(p.f, p.b, FAKE_US(99), p.gil, GS_DROP_ASKED, 1);
    expect(p, "Two owners of the GIL of interpreter 1: Thread 2 took it at 50.0 µs, and Thread 1 "
              "has not let go.");
}

static void a_lock_has_one_owner(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_acquire(p.f, p.a, FAKE_US(10), p.lock, 1, 1);
    fake_acquire(p.f, p.b, FAKE_US(50), p.lock, 1, 1);
    fake_release(p.f, p.a, FAKE_US(90), p.lock, 1, 0);
    fake_release(p.f, p.b, FAKE_US(99), p.lock, 1, 0);
    expect(p, "Two owners of Lock 1: Thread 2 took it at 50.0 µs, 40.0 µs before Thread 1 let go.");
}

static void a_lock_is_let_go_before_it_is_taken_again(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_acquire(p.f, p.a, FAKE_US(10), p.lock, 1, 1);
    fake_acquire(p.f, p.b, FAKE_US(50), p.lock, 1, 1);
    fake_release(p.f, p.b, FAKE_US(60), p.lock, 1, 0);
    expect(p, "Two owners of Lock 1: Thread 2 took it at 50.0 µs, and Thread 1 has not let go.");
}

static void a_lock_goes_from_one_to_the_next(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t units = fake_object(p.f, GS_OBJECT_SEMAPHORE, "units");
    fake_acquire(p.f, p.a, 10, p.lock, 1, 1);
    fake_release(p.f, p.b, 20, p.lock, 1, 0); /* anybody may */
    fake_acquire(p.f, p.b, 20, p.lock, 1, 1);
    fake_acquire(p.f, p.a, 21, units, 1, 1);
    fake_acquire(p.f, p.b, 22, units, 1, 2);
    expect(p, NULL);
}

static void a_long_hold_is_seen_behind_short_ones(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, 10, p.gil, 1);
    fake_take(p.f, p.a, 20, p.gil, 1); /* one violation of its own: taken twice */
    fake_drop(p.f, p.a, 900, p.gil, GS_DROP_ASKED, 1);
    for (uint64_t t = 100; t < 200; t += 50) {
        fake_take(p.f, p.b, t, p.gil, 1);
        fake_drop(p.f, p.b, t + 10, p.gil, GS_DROP_ASKED, 1);
    }
    struct gs_violations found;
    assert_false(gs_verify(p.f->timeline, &found));
    assert_int_equal(found.count, 3);
    assert_string_equal(found.list.items[0].text,
                        "Thread 1 takes a GIL at 20 ns, but has not let go of the GIL of "
                        "interpreter 1.");
    gs_vec_free(&found.list);
    fake_close(p.f);
}

static void nobody_runs_without_the_gil(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_state(p.f, p.a, FAKE_US(5), GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_US(9), GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    expect(p, "Thread 1 runs at 5.0 µs, for 4.0 µs, without the GIL of interpreter 1.");
}

static void nobody_runs_on_after_letting_go(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, FAKE_US(5), p.gil, 1);
    fake_state(p.f, p.a, FAKE_US(5), GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, FAKE_US(7), p.gil, GS_DROP_BLOCKING, 1);
    fake_state(p.f, p.a, FAKE_US(9), GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    expect(p, "Thread 1 runs on at 7.0 µs, for 2.0 µs, after it let go of the GIL of "
              "interpreter 1.");
}

static void owning_another_gil_is_no_excuse(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t sub = fake_interpreter(p.f, 0, "sub", true);
    fake_enter(p.f, p.a, 10, sub);
    runs(p, p.a, 10, 20);
    expect(p, "Thread 1 runs at 10 ns, for 10 ns, without the GIL of sub.");
}

static void free_threads_need_no_gil(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t sub = fake_interpreter(p.f, 0, "sub", false);
    fake_enter(p.f, p.a, 10, sub);
    fake_state(p.f, p.a, 10, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, 20, GS_STATE_NONE, 0, 1, GS_CAUSE_NONE);
    expect(p, NULL);
}

static void taking_it_again_at_once_is_still_owning_it(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, 10, p.gil, 1);
    fake_state(p.f, p.a, 10, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, 20, p.gil, GS_DROP_ASKED, 1);
    fake_take(p.f, p.a, 20, p.gil, 1);
    fake_state(p.f, p.a, 30, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, 30, p.gil, GS_DROP_BLOCKING, 1);
    expect(p, NULL);
}

static void time_never_goes_back(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_text(p.f, p.a, FAKE_MS(3), GS_EVENT_NOTE, "n", 1);
    fake_text(p.f, p.a, FAKE_MS(2), GS_EVENT_NOTE, "n", 1);
    expect(p, "The time of Thread 1 goes back at 3.0 ms, by 1.0 ms.");
}

static void a_wake_may_be_told_later_by_the_woken(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_text(p.f, p.a, FAKE_MS(3), GS_EVENT_NOTE, "n", 1);
    fake_event(p.f, (struct gs_event){.time = FAKE_MS(2),
                                      .actor = p.a,
                                      .kind = GS_EVENT_WAKE,
                                      .flags = GS_WAKE_TOLD_BY_WOKEN,
                                      .a = p.b,
                                      .b = p.lock});
    fake_event(p.f, (struct gs_event){.time = FAKE_MS(5),
                                      .actor = p.a,
                                      .kind = GS_EVENT_WAKE,
                                      .flags = GS_WAKE_TOLD_BY_WOKEN,
                                      .a = p.b,
                                      .b = p.lock});
    fake_text(p.f, p.a, FAKE_MS(4), GS_EVENT_NOTE, "n", 1);
    expect(p, NULL);
}

static void a_wait_that_ended_has_a_cause(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_state(p.f, p.a, FAKE_US(1), GS_STATE_WAITING, p.lock, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_US(4), GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    expect(p, "Thread 1 waited (Lock 1) until 4.0 µs, for 3.0 µs, and nobody ended that.");
}

static void a_cause_is_somebody(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_state(p.f, p.a, FAKE_US(1), GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_US(4), GS_STATE_WANTS_GIL, 0, 1, 777);
    expect(p, "Thread 1 slept until 4.0 µs, ended by actor 777, who is unknown.");
}

static void every_state_but_running_is_a_wait(void **state)
{
    (void)state;
    for (unsigned s = GS_STATE_WANTS_GIL; s < GS_STATES; s++) {
        for (int told = 0; told < 2; told++) {
            struct pair p = pair_open();
            struct gs_violations found;
            runs(p, p.b, 0, 50);
            fake_wake(p.f, p.b, 55, p.a, 0);
            fake_state(p.f, p.a, 10, s, 0, 1, GS_CAUSE_NONE);
            fake_state(p.f, p.a, 60, GS_STATE_NATIVE, 0, 1, told ? p.b : GS_CAUSE_NONE);
            assert_int_equal(gs_verify(p.f->timeline, &found), told);
            gs_vec_free(&found.list);
            fake_close(p.f);
        }
    }
}

static void a_free_gil_needs_no_helper(void **state)
{
    (void)state;
    struct pair p = pair_open();
    runs(p, p.b, 0, 10);
    fake_state(p.f, p.a, 10, GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    runs(p, p.a, 12, 20);
    expect(p, NULL);
}

/* The outer GIL has gone on to another owner meanwhile; what was wanted is the inner one. */
static void between_two_interpreters_the_second_one_counts(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t sub = fake_interpreter(p.f, 0, "sub", true);
    fake_take(p.f, p.a, 5, p.gil, 1);
    fake_state(p.f, p.a, 5, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, 10, GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, 10, p.gil, GS_DROP_BLOCKING, 1);
    runs(p, p.b, 11, 50);
    fake_enter(p.f, p.a, 12, sub);
    fake_take(p.f, p.a, 13, sub, 1);
    fake_state(p.f, p.a, 13, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, 20, GS_STATE_NONE, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, 20, sub, GS_DROP_EXIT, 1);
    expect(p, NULL);
}

static void holds(struct pair p, uint32_t actor, uint64_t from, uint64_t until)
{
    fake_take(p.f, actor, from, p.gil, 1);
    fake_drop(p.f, actor, until, p.gil, GS_DROP_BLOCKING, 1);
}

/* Thread 1 wants the GIL from 20 to 60 µs and is told who ended that. */
static void wishes(struct pair p, uint32_t cause)
{
    fake_state(p.f, p.a, FAKE_US(20), GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    fake_take(p.f, p.a, FAKE_US(59), p.gil, 1); /* the state is told a moment later */
    fake_state(p.f, p.a, FAKE_US(60), GS_STATE_RUNNING, 0, 1, cause);
    fake_drop(p.f, p.a, FAKE_US(70), p.gil, GS_DROP_BLOCKING, 1);
    fake_state(p.f, p.a, FAKE_US(70), GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
}

/* Not who asked, nor who took it in between: who let go of it last. */
static void who_ended_a_wish_let_go(void **state)
{
    (void)state;
    for (int wrong = 0; wrong < 4; wrong++) {
        struct pair p = pair_open();
        uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
        fake_born(p.f, c, 0, p.a);
        holds(p, wrong & 1 ? c : p.b, FAKE_US(1), FAKE_US(10)); /* before the wish */
        if (wrong < 3) {
            holds(p, wrong == 2 ? c : p.b, FAKE_US(11), FAKE_US(30));
            holds(p, p.b, FAKE_US(31), FAKE_US(59));
        }
        wishes(p, wrong ? c : p.b);
        expect(p, wrong
                      ? "Thread 1 wanted the GIL until 60.0 µs, ended by Thread 3, who did not let "
                        "go of it last."
                      : NULL);
    }
}

static void of_two_at_one_instant_either_may_be_the_last(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    fake_born(p.f, c, 0, p.a);
    holds(p, p.b, FAKE_US(1), FAKE_US(59));
    holds(p, c, FAKE_US(59), FAKE_US(59));
    wishes(p, p.b);
    expect(p, NULL);
}

/* A thread whose first step is its last lets go of the GIL at the instant at which it took it, and
 * who lost it to that thread may have it back then. */
static void who_has_it_back_at_once_has_let_go(void **state)
{
    (void)state;
    struct pair p = pair_open();
    holds(p, p.b, FAKE_US(1), FAKE_US(60));
    fake_state(p.f, p.a, FAKE_US(20), GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    holds(p, p.a, FAKE_US(60), FAKE_US(60));
    fake_state(p.f, p.a, FAKE_US(60), GS_STATE_RUNNING, 0, 1, p.b);
    fake_state(p.f, p.a, FAKE_US(60), GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    holds(p, p.b, FAKE_US(60), FAKE_US(70));
    expect(p, NULL);
}

static void who_still_has_it_has_not_let_go(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t sub = fake_interpreter(p.f, 0, "sub", true);
    holds((struct pair){.f = p.f, .gil = sub}, p.b, FAKE_US(1), FAKE_US(80));
    fake_state(p.f, p.a, FAKE_US(20), GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    fake_enter(p.f, p.a, FAKE_US(21), sub);
    fake_state(p.f, p.a, FAKE_US(60), GS_STATE_SLEEPING, 0, 1, p.b);
    expect(p, "Thread 1 wanted the GIL until 60.0 µs, ended by Thread 2, who did not let go of it "
              "last.");
}

/* Where interpreters have nothing to do a thread goes through several at one instant: what it had
 * wished for is the first. */
static void what_was_wished_for_is_the_first_of_an_instant(void **state)
{
    (void)state;
    for (int own = 0; own < 2; own++) {
        struct pair p = pair_open();
        uint32_t sub = fake_interpreter(p.f, 0, "sub", true);
        struct pair in_sub = {.f = p.f, .gil = sub};
        holds(own ? p : in_sub, p.b, FAKE_US(1), FAKE_US(59));
        fake_state(p.f, p.a, FAKE_US(20), GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
        if (own)
            holds(p, p.a, FAKE_US(60), FAKE_US(60));
        fake_state(p.f, p.a, FAKE_US(60), GS_STATE_SLEEPING, 0, 1, p.b);
        for (int times = 0; times < 2; times++) {
            fake_enter(p.f, p.a, FAKE_US(60), sub);
            holds(in_sub, p.a, FAKE_US(60), FAKE_US(60));
            fake_enter(p.f, p.a, FAKE_US(60), p.gil);
            holds(p, p.a, FAKE_US(60), FAKE_US(60));
        }
        expect(p, NULL);
    }
}

static void no_timer_lets_go_of_a_gil(void **state)
{
    (void)state;
    struct pair p = pair_open();
    holds(p, p.b, FAKE_US(1), FAKE_US(59));
    wishes(p, GS_CAUSE_CLOCK);
    expect(p,
           "Thread 1 wanted the GIL until 60.0 µs, ended by nobody who could have let go of it.");
}

/* By that actor, of this one, while it waited. */
static void who_ended_a_wait_woke_it(void **state)
{
    (void)state;
    static const struct {
        bool by_other, of_other;
        uint64_t at;
        bool good;
    } wakes[] = {{false, false, FAKE_US(15), true},  {false, false, FAKE_US(10), true},
                 {false, false, FAKE_US(20), true},  {false, false, FAKE_US(9), false},
                 {false, false, FAKE_US(21), false}, {true, false, FAKE_US(15), false},
                 {false, true, FAKE_US(15), false}};
    for (size_t i = 0; i < sizeof wakes / sizeof *wakes; i++) {
        struct pair p = pair_open();
        uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
        fake_born(p.f, c, 0, p.a);
        fake_state(p.f, p.a, FAKE_US(10), GS_STATE_WAITING, p.lock, 1, GS_CAUSE_NONE);
        fake_wake(p.f, wakes[i].by_other ? c : p.b, wakes[i].at, wakes[i].of_other ? c : p.a,
                  p.lock);
        fake_state(p.f, p.a, FAKE_US(20), GS_STATE_SLEEPING, 0, 1, p.b);
        expect(p, wakes[i].good ? NULL
                                : "Thread 1 waited (Lock 1) until 20.0 µs, ended by Thread 2, who "
                                  "did not wake it then.");
    }
}

/* What a task does is told in its thread's ring; which of both it was makes no difference. */
static void a_task_wakes_by_its_thread(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t task = fake_task(p.f, fake_loop(p.f, p.b, "loop"), "task");
    fake_born(p.f, task, 1, p.b);
    fake_state(p.f, p.a, 10, GS_STATE_WAITING, p.lock, 1, GS_CAUSE_NONE);
    fake_wake(p.f, task, 15, p.a, p.lock);
    fake_state(p.f, p.a, 20, GS_STATE_SLEEPING, 0, 1, p.b);
    expect(p, NULL);
}

static void a_task_runs_by_right_of_its_thread(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t task = fake_task(p.f, fake_loop(p.f, p.a, "loop"), "task");
    fake_born(p.f, task, 1, p.a);
    fake_take(p.f, p.a, 5, p.gil, 1);
    fake_state(p.f, p.a, 5, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, task, 5, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, task, 9, GS_STATE_AWAITING, 0, 1, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, 9, p.gil, GS_DROP_BLOCKING, 1);
    fake_state(p.f, p.a, 9, GS_STATE_IO, 0, 1, GS_CAUSE_NONE);
    expect(p, NULL);
}

static void whoever_lives_was_born(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    fake_state(p.f, c, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    expect(p, "Thread 3 lives, but its birth is not told.");
}

static void a_birth_may_be_told_late_but_once(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    fake_state(p.f, c, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_text(p.f, c, 20, GS_EVENT_NOTE, "n", 1);
    fake_born(p.f, c, 5, p.a);
    const struct gs_lane *lane = gs_timeline_lane(p.f->timeline, c);
    assert_int_equal(lane->birth, 5);
    assert_int_equal(lane->points.items[0].event.kind, GS_EVENT_BORN);
    fake_born(p.f, c, 30, p.a);
    expect(p, "Thread 3 is born a second time at 30 ns.");
}

static void whoever_was_born_dies_or_lives_at_the_end(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_state(p.f, p.a, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_died(p.f, p.b, 20, false);
    struct gs_violations found;
    assert_true(gs_verify(p.f->timeline, &found));
    fake_state(p.f, p.a, 30, GS_STATE_NONE, 0, 1, GS_CAUSE_CLOCK);
    assert_true(gs_verify(p.f->timeline, &found));
    fake_end(p.f, 40, 0);
    expect(p, "Thread 1, born at 0 ns, has not died and is in no state at the end.");
}

static void a_daemon_may_start_or_end_at_the_end(void **state)
{
    (void)state;
    struct pair p = pair_open();
    struct gs_actor_row row = {.kind = GS_ACTOR_THREAD,
                               .parent = p.gil,
                               .interpreter = p.gil,
                               .flags = GS_ACTOR_DAEMON,
                               .name = gs_segment_add_string(p.f->segment, "late", 4)};
    uint32_t late = gs_segment_add_actor(p.f->segment, &row);
    fake_state(p.f, p.a, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.b, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_born(p.f, late, 20, p.a);
    fake_end(p.f, 30, 0);
    expect(p, NULL);

    p = pair_open();
    uint32_t joined = fake_thread(p.f, p.gil, "Thread 3");
    fake_state(p.f, p.a, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.b, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_born(p.f, joined, 20, p.a);
    fake_end(p.f, 30, 0);
    expect(p, "Thread 3, born at 20 ns, has not died and is in no state at the end.");
}

static void the_dead_do_nothing(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_died(p.f, p.a, 20, false);
    fake_state(p.f, p.a, 30, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    expect(p, "Thread 1 is dead, and yet it has a 'state' event at 30 ns.");
}

static void labels_end_once(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_label(p.f, p.a, 10, "pickle", 1);
    fake_label_end(p.f, p.a, 20);
    fake_label_end(p.f, p.a, 30);
    expect(p, "Thread 1 ends a label at 30 ns, but none is open.");
}

static void labels_end_before_death(void **state)
{
    (void)state;
    for (int failed = 0; failed < 2; failed++) {
        struct pair p = pair_open();
        fake_label(p.f, p.a, 10, "pickle", 1);
        fake_died(p.f, p.a, 20, failed);
        expect(p, failed ? NULL : "Thread 1 died at 20 ns inside the label 'pickle'.");
    }
    struct pair p = pair_open();
    fake_label(p.f, p.a, 10, "pickle", 1);
    fake_event(p.f, (struct gs_event){
                        .time = 20, .actor = p.a, .kind = GS_EVENT_DIED, .flags = GS_DEATH_KILLED});
    expect(p, NULL);
}

static void a_gil_is_dropped_by_its_owner(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, 10, p.gil, 1);
    fake_drop(p.f, p.b, 20, p.gil, GS_DROP_ASKED, 1);
    expect(p, "Thread 2 lets go of the GIL of interpreter 1 at 20 ns, but does not own it.");
}

static void nonsense_is_told(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_state(p.f, 3000, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, 10, 99, 0, 1, GS_CAUSE_NONE);
    expect(p, "Events that make no sense (unknown actor, kind, state or object): 2.");
}

/* What was lost may explain everything: the same breaches, behind a loss. */
static void behind_a_loss_nothing_is_judged(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t task = fake_task(p.f, fake_loop(p.f, p.a, "loop"), "task");
    fake_take(p.f, p.b, 5, p.gil, 1);
    fake_state(p.f, p.b, 5, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_lost(p.f, p.b, 10, 3); /* its drop and state */
    fake_lost(p.f, p.a, 12, 1); /* the take */
    fake_state(p.f, p.a, 12, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_label_end(p.f, p.a, 14);
    fake_state(p.f, task, 15, GS_STATE_AWAITING, 0, 1, GS_CAUSE_NONE);
    fake_label_end(p.f, task, 16); /* on the thread's ring */
    fake_drop(p.f, p.a, 20, p.gil, GS_DROP_ASKED, 1);
    fake_state(p.f, p.a, 20, GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    expect(p, NULL);
}

static void further_behind_a_loss_everything_is_judged_again(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_lost(p.f, p.a, 5, 1);
    fake_state(p.f, p.a, 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_state(p.f, p.a, 20, GS_STATE_RUNNING, 0, 1, GS_CAUSE_CLOCK);
    fake_state(p.f, p.a, 30, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    expect(p, "Thread 1 runs at 20 ns, for 10 ns, without the GIL of interpreter 1.");
}

/* Its holes explain what is wrong with it, and nobody else's does. */
static void a_loss_excuses_whose_it_is(void **state)
{
    (void)state;
    for (int own = 0; own < 2; own++) {
        struct pair p = pair_open();
        uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
        fake_born(p.f, c, 0, p.a);
        fake_state(p.f, p.a, 10, GS_STATE_WAITING, p.lock, 1, GS_CAUSE_NONE);
        fake_lost(p.f, own ? p.a : c, 15, 1);
        fake_state(p.f, p.a, 20, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
        fake_text(p.f, c, 30, GS_EVENT_NOTE, "n", 1);
        expect(p, own ? NULL
                      : "Thread 1 waited (Lock 1) until 20 ns, for 10 ns, and nobody ended that.");
    }
}

/* The waker's wake may be missing, if it was in its hole that the wait ended. */
static void a_wakers_loss_excuses_what_it_caused_then(void **state)
{
    (void)state;
    for (int then = 0; then < 2; then++) {
        struct pair p = pair_open();
        fake_text(p.f, p.b, 5, GS_EVENT_NOTE, "n", 1);
        fake_lost(p.f, p.b, then ? 30 : 5, 1);
        fake_text(p.f, p.b, then ? 30 : 8, GS_EVENT_NOTE, "n", 1);
        fake_text(p.f, p.b, 40, GS_EVENT_NOTE, "n", 1);
        fake_state(p.f, p.a, 10, GS_STATE_WAITING, p.lock, 1, GS_CAUSE_NONE);
        fake_state(p.f, p.a, 20, GS_STATE_SLEEPING, 0, 1, p.b);
        expect(p, then
                      ? NULL
                      : "Thread 1 waited (Lock 1) until 20 ns, ended by Thread 2, who did not wake "
                        "it then.");
    }
}

/* A GIL that is let go and taken again without a gap, 150,000 times. */
static void judging_takes_time_in_proportion(void **state)
{
    (void)state;
    enum { ROUNDS = 150000, MOST_SECONDS = 4 };
    struct pair p = pair_open();
    for (uint64_t i = 0; i < ROUNDS; i++) {
        fake_take(p.f, p.a, 10 * i, p.gil, 1);
        fake_state(p.f, p.a, 10 * i, GS_STATE_RUNNING, 0, 1, GS_CAUSE_CLOCK);
        fake_state(p.f, p.a, 10 * i + 10, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
        fake_drop(p.f, p.a, 10 * i + 10, p.gil, GS_DROP_BLOCKING, 1);
    }
    clock_t before = clock();
    struct gs_violations found;
    assert_true(gs_verify(p.f->timeline, &found));
    assert_true(clock() - before < MOST_SECONDS * CLOCKS_PER_SEC);
    fake_close(p.f);
}

static void the_first_hundred_by_time_are_told(void **state)
{
    (void)state;
    struct pair p = pair_open();
    for (uint64_t i = 0; i < 60; i++) {
        fake_state(p.f, p.b, 10 * i, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
        fake_state(p.f, p.a, 10 * i + 5, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    }
    struct gs_violations found;
    gs_verify(p.f->timeline, &found);
    assert_int_equal(found.count, 118);
    assert_int_equal(found.list.count, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(found.list.items[i].time, 10 + 5 * i);
    gs_vec_free(&found.list);
    fake_close(p.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fair_fight_breaks_no_rule),
        cmocka_unit_test(a_gil_has_one_owner),
        cmocka_unit_test(who_ends_has_let_go),
        cmocka_unit_test(an_owner_lets_go),
        cmocka_unit_test(a_lock_has_one_owner),
        cmocka_unit_test(a_lock_is_let_go_before_it_is_taken_again),
        cmocka_unit_test(a_lock_goes_from_one_to_the_next),
        cmocka_unit_test(a_long_hold_is_seen_behind_short_ones),
        cmocka_unit_test(nobody_runs_without_the_gil),
        cmocka_unit_test(nobody_runs_on_after_letting_go),
        cmocka_unit_test(owning_another_gil_is_no_excuse),
        cmocka_unit_test(free_threads_need_no_gil),
        cmocka_unit_test(taking_it_again_at_once_is_still_owning_it),
        cmocka_unit_test(time_never_goes_back),
        cmocka_unit_test(a_wake_may_be_told_later_by_the_woken),
        cmocka_unit_test(a_wait_that_ended_has_a_cause),
        cmocka_unit_test(a_cause_is_somebody),
        cmocka_unit_test(every_state_but_running_is_a_wait),
        cmocka_unit_test(a_free_gil_needs_no_helper),
        cmocka_unit_test(between_two_interpreters_the_second_one_counts),
        cmocka_unit_test(who_ended_a_wish_let_go),
        cmocka_unit_test(of_two_at_one_instant_either_may_be_the_last),
        cmocka_unit_test(who_has_it_back_at_once_has_let_go),
        cmocka_unit_test(who_still_has_it_has_not_let_go),
        cmocka_unit_test(what_was_wished_for_is_the_first_of_an_instant),
        cmocka_unit_test(no_timer_lets_go_of_a_gil),
        cmocka_unit_test(who_ended_a_wait_woke_it),
        cmocka_unit_test(a_task_wakes_by_its_thread),
        cmocka_unit_test(a_task_runs_by_right_of_its_thread),
        cmocka_unit_test(whoever_lives_was_born),
        cmocka_unit_test(a_birth_may_be_told_late_but_once),
        cmocka_unit_test(whoever_was_born_dies_or_lives_at_the_end),
        cmocka_unit_test(a_daemon_may_start_or_end_at_the_end),
        cmocka_unit_test(the_dead_do_nothing),
        cmocka_unit_test(labels_end_once),
        cmocka_unit_test(labels_end_before_death),
        cmocka_unit_test(a_gil_is_dropped_by_its_owner),
        cmocka_unit_test(nonsense_is_told),
        cmocka_unit_test(behind_a_loss_nothing_is_judged),
        cmocka_unit_test(further_behind_a_loss_everything_is_judged_again),
        cmocka_unit_test(a_loss_excuses_whose_it_is),
        cmocka_unit_test(a_wakers_loss_excuses_what_it_caused_then),
        cmocka_unit_test(judging_takes_time_in_proportion),
        cmocka_unit_test(the_first_hundred_by_time_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
