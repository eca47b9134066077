/* The sentences, word for word: they are what a reader gets. */
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *say(const struct fake_trace *f, uint32_t actor, uint64_t time)
{
    static char text[600];
    return gs_explain(text, sizeof text, f->timeline, actor, time);
}

static void who_wants_the_gil(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct fake_trace *f = x.trace;
    assert_string_equal(say(f, x.t2, FAKE_MS(1)),
                        "Thread 2 has wanted the GIL for 800 µs. Thread 1 holds it; Thread 2 asks "
                        "for it in 4.3 ms. The wait ends in 4.3 ms.");
    assert_string_equal(
        say(f, x.t2, FAKE_MS(5.3) - 500),
        "Thread 2 has wanted the GIL for 5.1 ms. Thread 1 holds it; the request is "
        "set; Thread 1 lets go at its next loop jump or call (line 12). The wait ends in 500 ns.");
    assert_string_equal(
        say(f, x.t1, FAKE_MS(5.3)),
        "Thread 1 was asked after 5.0 ms and let go at line 12, and wants it back. "
        "Thread 2 holds it; Thread 1 asks for it in 5.0 ms. The wait ends in 5.0 ms.");
    assert_string_equal(say(f, x.t1, FAKE_US(100)),
                        "Thread 1 wants the GIL from here on: it has just begun. main holds it; "
                        "main lets go in 200 µs, when it waits for the end of Thread 1 (line 22). "
                        "The wait ends in 200 µs.");
    assert_string_equal(
        say(f, x.t2, FAKE_US(250)),
        "Thread 2 has wanted the GIL for 50.0 µs. main holds it; main lets go in "
        "50.0 µs, when it waits for the end of Thread 1 (line 22). The wait ends in 5.05 ms, "
        "after one other turn.");
    assert_string_equal(say(f, x.main, FAKE_MS(55)),
                        "main wants the GIL from here on: Thread 1 woke it. Thread 2 holds it; "
                        "main asks for it in 4.0 ms. The wait ends in 4.0 ms.");
    fake_close(x.trace);
}

static void who_runs(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct fake_trace *f = x.trace;
    assert_string_equal(say(f, x.t2, FAKE_MS(5.3)),
                        "Thread 2 took the GIL: Thread 1 was asked after 5.0 ms and let go at line "
                        "12. Thread 1 wants it and asks for it in 5.0 ms.");
    assert_string_equal(say(f, x.t2, FAKE_MS(7)),
                        "Thread 2 has been running for 1.7 ms (line 12), since Thread 1 was asked "
                        "after 5.0 ms and let go at line 12. Thread 1 wants it and asks for it in "
                        "3.3 ms.");
    assert_string_equal(say(f, x.main, 0),
                        "main took the GIL: nobody had it before. Nobody else wants it.");
    assert_string_equal(
        say(f, x.t1, FAKE_MS(1)),
        "Thread 1 has been running for 700 µs (line 12), since main let go of the "
        "GIL at line 22, because it waits for the end of Thread 1. Thread 2 wants it and asks "
        "for it in 4.3 ms.");
    assert_string_equal(say(f, x.t2, FAKE_MS(55)),
                        "Thread 2 took the GIL: Thread 1 ended and left it. main wants it and asks "
                        "for it in 4.0 ms.");
    fake_close(x.trace);
}

/* On the real clock a hand-over takes its time: the state begins before the drop, the take is told
 * before the state that it leads to. */
struct slow_hand_over {
    struct fake_trace *f;
    uint32_t gil, a, b;
};

static struct slow_hand_over slow_hand_over(void)
{
    struct slow_hand_over x = {.f = fake_open()};
    struct fake_trace *f = x.f;
    x.gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    x.a = fake_thread(f, x.gil, "Thread 1");
    x.b = fake_thread(f, x.gil, "Thread 2");
    fake_born(f, x.a, 0, 0);
    fake_born(f, x.b, 0, 0);
    fake_take(f, x.a, 0, x.gil, 12);
    fake_state(f, x.a, 300, GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
    fake_state(f, x.b, FAKE_US(1), GS_STATE_WANTS_GIL, 0, 12, GS_CAUSE_NONE);
    fake_request(f, x.b, FAKE_MS(5), x.gil, x.a);
    fake_state(f, x.a, FAKE_MS(6), GS_STATE_WANTS_GIL, 0, 13, x.b);
    fake_drop(f, x.a, FAKE_MS(6) + 500, x.gil, GS_DROP_ASKED, 13);
    fake_take(f, x.b, FAKE_MS(6) + 900, x.gil, 12);
    fake_state(f, x.b, FAKE_MS(6) + 1300, GS_STATE_RUNNING, 0, 12, x.a);
    fake_state(f, x.b, FAKE_MS(9), GS_STATE_NONE, 0, 14, GS_CAUSE_NONE);
    fake_drop(f, x.b, FAKE_MS(9) + 100, x.gil, GS_DROP_EXIT, 14);
    fake_died(f, x.b, FAKE_MS(9) + 700, false);
    fake_take(f, x.a, FAKE_MS(9) + 900, x.gil, 13);
    fake_state(f, x.a, FAKE_MS(9) + 1300, GS_STATE_RUNNING, 0, 13, x.b);
    fake_state(f, x.a, FAKE_MS(10), GS_STATE_NONE, 0, 14, GS_CAUSE_NONE);
    fake_drop(f, x.a, FAKE_MS(10) + 100, x.gil, GS_DROP_EXIT, 14);
    fake_died(f, x.a, FAKE_MS(10) + 700, false);
    fake_end(f, FAKE_MS(10) + 700, 0);
    return x;
}

static void the_new_owner_does_not_want_it(void **state)
{
    (void)state;
    struct slow_hand_over x = slow_hand_over();
    assert_string_equal(say(x.f, x.gil, FAKE_MS(9) + 900),
                        "Thread 1 took the GIL: Thread 2 ended and left it. Nobody else wants it.");
    assert_string_equal(say(x.f, x.gil, FAKE_MS(6) + 900),
                        "Thread 2 took the GIL: Thread 1 was asked after 5.0 ms and let go at line "
                        "13. Thread 1 wants it; Thread 2 lets go in 3.0 ms, when it ends (line "
                        "14).");
    fake_close(x.f);
}

static void a_hand_over_reads_as_on_the_virtual_clock(void **state)
{
    (void)state;
    struct slow_hand_over x = slow_hand_over();
    assert_string_equal(say(x.f, x.a, FAKE_MS(6)),
                        "Thread 1 was asked after 5.0 ms and let go at line 13, and wants it back. "
                        "The wait ends in 3.0 ms, after one other turn.");
    assert_string_equal(
        say(x.f, x.a, FAKE_MS(6) + 200),
        "Thread 1 has wanted the GIL for 200 ns. Thread 1 lets go of it in 300 ns. The "
        "wait ends in 3.0 ms, after one other turn.");
    assert_string_equal(say(x.f, x.b, FAKE_MS(6) + 900),
                        "Thread 2 took the GIL: Thread 1 was asked after 5.0 ms and let go at line "
                        "13. Thread 1 wants it; Thread 2 lets go in 3.0 ms, when it ends (line "
                        "14).");
    assert_string_equal(say(x.f, x.b, FAKE_MS(6) + 1000),
                        "Thread 2 took the GIL 100 ns ago: Thread 1 was asked after 5.0 ms and let "
                        "go at line 13. Thread 1 wants it; Thread 2 lets go in 3.0 ms, when it "
                        "ends (line 14).");
    fake_close(x.f);
}

static void who_calls_elsewhere_wants_the_gil_there(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "main interpreter", true);
    uint32_t sub = fake_interpreter(f, process, "sub", true);
    uint32_t a = fake_thread(f, gil, "Thread 1");
    fake_born(f, a, 0, 0);
    fake_take(f, a, 0, gil, 12);
    fake_state(f, a, 300, GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
    fake_state(f, a, FAKE_MS(6), GS_STATE_WANTS_GIL, 0, 13, GS_CAUSE_NONE);
    fake_drop(f, a, FAKE_MS(6) + 500, gil, GS_DROP_BLOCKING, 13);
    fake_enter(f, a, FAKE_MS(6) + 600, sub);
    fake_take(f, a, FAKE_MS(6) + 800, sub, 13);
    fake_state(f, a, FAKE_MS(6) + 900, GS_STATE_RUNNING, 0, 13, GS_CAUSE_NONE);
    assert_string_equal(say(f, a, FAKE_MS(6)), "Thread 1 wants the GIL from here on. Nobody holds "
                                               "it at this instant. The wait ends in 900 ns.");
    assert_string_equal(say(f, a, FAKE_MS(6) + 850),
                        "Thread 1 took the GIL of sub 50 ns ago: nobody had it before. Nobody else "
                        "wants it.");
    fake_close(f);
}

/* On the real clock a life begins before its first state, and ends after its last one. */
static void while_it_is_started_and_while_it_ends(void **state)
{
    (void)state;
    struct slow_hand_over x = slow_hand_over();
    assert_string_equal(say(x.f, x.a, FAKE_MS(10) + 200),
                        "Thread 1 is ending; that takes 500 ns more.");
    assert_string_equal(say(x.f, x.b, 200), "Thread 2 is being started; that takes 800 ns more.");
    uint32_t late = fake_thread(x.f, x.gil, "Thread 3");
    fake_born(x.f, late, FAKE_MS(10), x.a);
    assert_string_equal(say(x.f, late, FAKE_MS(10)), "Thread 3 is being started.");
    fake_state(x.f, late, FAKE_MS(10), GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(x.f, late, FAKE_MS(10) + 100, GS_STATE_NONE, 0, 1, GS_CAUSE_NONE);
    assert_string_equal(say(x.f, late, FAKE_MS(10) + 100), "Thread 3 is ending.");
    fake_close(x.f);
}

/* The drop has not been drained yet. */
static void a_hand_over_under_way(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    uint32_t a = fake_thread(f, gil, "Thread 1");
    fake_born(f, a, 0, 0);
    fake_take(f, a, 0, gil, 12);
    fake_state(f, a, 300, GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
    fake_state(f, a, FAKE_MS(6), GS_STATE_WANTS_GIL, 0, 13, GS_CAUSE_NONE);
    assert_string_equal(say(f, a, FAKE_MS(6)),
                        "Thread 1 wants the GIL from here on. Thread 1 is about to let go of it.");
    fake_close(f);
}

static void before_birth_and_after_death(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct fake_trace *f = x.trace;
    assert_string_equal(say(f, x.t1, FAKE_US(50)),
                        "Thread 1 is not there yet: main starts it in 50.0 µs.");
    assert_string_equal(say(f, x.t1, FAKE_MS(57)), "Thread 1 ended at 55.0 ms, after 54.9 ms.");
    assert_string_equal(say(f, x.t1, UINT64_MAX), "Thread 1 ended at 55.0 ms, after 54.9 ms.");
    assert_string_equal(say(f, 4000, 0), "Nothing is known of actor 4000.");
    fake_close(x.trace);
}

static void a_process_and_its_gil(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct fake_trace *f = x.trace;
    assert_string_equal(say(f, x.process, FAKE_MS(1)),
                        "process 1 has 3 threads: 1 running, 1 wants-gil, 1 waiting.");
    assert_string_equal(say(f, x.process, FAKE_MS(60)), "Nobody lives in process 1 now.");
    assert_string_equal(say(f, x.gil, FAKE_MS(5.3)),
                        "Thread 2 took the GIL: Thread 1 was asked after 5.0 ms and let go at line "
                        "12. Thread 1 wants it and asks for it in 5.0 ms.");
    assert_string_equal(say(f, x.gil, FAKE_US(250)),
                        "main has held the GIL for 250 µs: nobody had it before. Thread 1 and "
                        "Thread 2 want it; main lets go in 50.0 µs, when it waits for the end of "
                        "Thread 1 (line 22).");
    assert_string_equal(say(f, x.gil, FAKE_MS(60)),
                        "Nobody holds the GIL: main ended and left it.");
    fake_close(x.trace);
}

/* Python's last thread ends with its GIL: nobody traces a drop after that. */
static void who_has_ended_holds_no_gil(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    uint32_t a = fake_thread(f, gil, "Thread 1");
    fake_born(f, a, 0, 0);
    fake_take(f, a, 0, gil, 12);
    fake_state(f, a, 0, GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
    fake_died(f, a, FAKE_MS(6), false);
    gs_timeline_extend(f->timeline, FAKE_MS(8));
    assert_string_equal(say(f, gil, FAKE_MS(5)),
                        "Thread 1 has held the GIL for 5.0 ms: nobody had it before. Nobody else "
                        "wants it.");
    assert_string_equal(say(f, gil, FAKE_MS(6)),
                        "Nobody holds the GIL: Thread 1 ended and left it.");
    assert_string_equal(say(f, gil, FAKE_MS(8)),
                        "Nobody has held the GIL for 2.0 ms: Thread 1 ended and left it.");
    fake_close(f);
}

/* Threads of the first process have no process in their names. */
static void of_several_processes_a_gil_says_whose_it_is(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t first = fake_process(f, "process 1"), second = fake_process(f, "worker");
    uint32_t gil = fake_interpreter(f, first, "interpreter 1", true);
    uint32_t other = fake_interpreter(f, second, "interpreter 1", true);
    uint32_t a = fake_thread(f, gil, "MainThread"), b = fake_thread(f, other, "MainThread");
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, a);
    fake_take(f, a, 0, gil, 12);
    fake_take(f, b, 0, other, 12);
    fake_drop(f, b, FAKE_MS(2), other, GS_DROP_EXIT, 12);
    gs_timeline_extend(f->timeline, FAKE_MS(3));
    assert_string_equal(say(f, gil, 0),
                        "MainThread took the GIL of process 1: nobody had it before. Nobody else "
                        "wants it.");
    assert_string_equal(say(f, gil, FAKE_MS(1)),
                        "MainThread has held the GIL of process 1 for 1.0 ms: nobody had it "
                        "before. Nobody else wants it.");
    assert_string_equal(say(f, other, FAKE_MS(1)),
                        "MainThread of worker has held the GIL for 1.0 ms: nobody had it before. "
                        "Nobody else wants it.");
    assert_string_equal(say(f, other, FAKE_MS(3)),
                        "Nobody has held the GIL of worker for 1.0 ms: MainThread of worker ended "
                        "and left it.");
    fake_close(f);
}

struct pair {
    struct fake_trace *f;
    uint32_t gil, a, b;
};

static struct pair pair_by(enum gs_gil_profile profile)
{
    struct pair p = {.f = fake_open()};
    p.gil = fake_interpreter_by(p.f, fake_process(p.f, "p"), "interpreter 1", profile, FAKE_MS(5));
    p.a = fake_thread(p.f, p.gil, "Thread 1");
    p.b = fake_thread(p.f, p.gil, "Thread 2");
    fake_born(p.f, p.a, 0, 0);
    fake_born(p.f, p.b, 0, p.a);
    return p;
}

static struct pair pair_open(void)
{
    return pair_by(GS_GIL_312);
}

/* b has held the GIL since 1 ms and a wants it since 2 ms; nothing has ended yet. */
static struct pair open_wait(enum gs_gil_profile profile)
{
    struct pair p = pair_by(profile);
    fake_take(p.f, p.b, FAKE_MS(1), p.gil, 7);
    fake_state(p.f, p.b, FAKE_MS(1), GS_STATE_RUNNING, 0, 7, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WANTS_GIL, 0, 9, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(4));
    return p;
}

static void a_live_wait_tells_the_profiles_rule(void **state)
{
    (void)state;
    struct pair p = open_wait(GS_GIL_312);
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has wanted the GIL for 2.0 ms. Thread 2 holds it; the request is "
                        "set once it has not changed hands for 5.0 ms.");
    fake_request(p.f, p.a, FAKE_MS(7), p.gil, p.b);
    assert_string_equal(say(p.f, p.a, FAKE_MS(7)),
                        "Thread 1 has wanted the GIL for 5.0 ms. Thread 2 holds it; the request is "
                        "set; Thread 2 lets go at its next loop jump or call.");
    fake_close(p.f);
    p = open_wait(GS_GIL_39);
    fake_request(p.f, p.a, FAKE_MS(7), p.gil, p.b);
    assert_string_equal(say(p.f, p.a, FAKE_MS(7)),
                        "Thread 1 has wanted the GIL for 5.0 ms. Thread 2 holds it; the request is "
                        "set; Thread 2 lets go at its next instruction.");
    fake_close(p.f);
}

static void the_old_gil_races(void **state)
{
    (void)state;
    struct pair p = open_wait(GS_GIL_27);
    for (int i = 0; i < 3; i++)
        fake_event(
            p.f, (struct gs_event){
                     .time = FAKE_MS(3 + i), .actor = p.a, .kind = GS_EVENT_GIL_MISS, .a = p.gil});
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has wanted the GIL for 2.0 ms. Thread 2 holds it; Thread 2 "
                        "releases it every 100 instructions, and races for it again at once. "
                        "Thread 1 was woken for it 2 times and came too late.");
    fake_state(p.f, p.b, FAKE_MS(6), GS_STATE_WANTS_GIL, 0, 8, p.a);
    fake_drop(p.f, p.b, FAKE_MS(6), p.gil, GS_DROP_ASKED, 8);
    fake_take(p.f, p.a, FAKE_MS(6), p.gil, 9);
    fake_state(p.f, p.a, FAKE_MS(6), GS_STATE_RUNNING, 0, 9, p.b);
    assert_string_equal(say(p.f, p.a, FAKE_MS(6)),
                        "Thread 1 took the GIL: Thread 2 released it at line 8 and lost the race "
                        "for it. Thread 2 wants it; Thread 1 releases it every 100 instructions, "
                        "and races for it again at once.");
    fake_close(p.f);
}

/* main's interpreter is as of 3.12, the one that Thread 3 and Thread 4 entered as of 2.7. */
static void each_gil_goes_by_its_own_rules(void **state)
{
    (void)state;
    struct pair p = open_wait(GS_GIL_312);
    uint32_t old = fake_interpreter_by(p.f, 1, "old", GS_GIL_27, FAKE_MS(5));
    uint32_t c = fake_thread(p.f, old, "Thread 3"), d = fake_thread(p.f, old, "Thread 4");
    fake_born(p.f, c, FAKE_MS(1), p.a);
    fake_born(p.f, d, FAKE_MS(1), p.a);
    fake_take(p.f, c, FAKE_MS(1), old, 3);
    fake_state(p.f, c, FAKE_MS(1), GS_STATE_RUNNING, 0, 3, GS_CAUSE_NONE);
    fake_state(p.f, d, FAKE_MS(2), GS_STATE_WANTS_GIL, 0, 3, GS_CAUSE_NONE);
    assert_string_equal(say(p.f, d, FAKE_MS(4)),
                        "Thread 4 has wanted the GIL for 2.0 ms. Thread 3 holds it; Thread 3 "
                        "releases it every 100 instructions, and races for it again at once.");
    assert_string_equal(say(p.f, old, FAKE_MS(4)),
                        "Thread 3 has held the GIL for 3.0 ms: nobody had it before. Thread 4 "
                        "wants it; Thread 3 releases it every 100 instructions, and races for it "
                        "again at once.");
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has wanted the GIL for 2.0 ms. Thread 2 holds it; the request is "
                        "set once it has not changed hands for 5.0 ms.");
    fake_close(p.f);
}

static void the_interval_is_that_of_the_instant(void **state)
{
    (void)state;
    struct pair p = open_wait(GS_GIL_312);
    uint32_t sub = fake_interpreter_by(p.f, 1, "sub", GS_GIL_312, FAKE_MS(20));
    /* Told by two threads, the later one first. */
    fake_interval(p.f, p.a, FAKE_MS(9), p.gil, FAKE_US(200));
    fake_interval(p.f, p.b, FAKE_MS(6), p.gil, FAKE_MS(1));
    fake_interval(p.f, p.b, FAKE_MS(6), 4000, FAKE_MS(1));
    const char *until = "set once it has not changed hands for ";
    assert_non_null(strstr(strstr(say(p.f, p.a, FAKE_MS(5)), until), "5.0 ms"));
    assert_non_null(strstr(strstr(say(p.f, p.a, FAKE_MS(6)), until), "1.0 ms"));
    assert_non_null(strstr(strstr(say(p.f, p.a, FAKE_MS(9)), until), "200 µs"));
    assert_int_equal(gs_timeline_interval(p.f->timeline, sub, FAKE_MS(9)), FAKE_MS(20));
    assert_int_equal(gs_timeline_interval(p.f->timeline, 4000, FAKE_MS(9)), 0);
    assert_int_equal(gs_timeline_strays(p.f->timeline), 1);
    fake_close(p.f);
}

static void who_has_the_gil_may_have_no_core(void **state)
{
    (void)state;
    struct pair p = pair_open();
    gs_segment_tell_facts(p.f->segment, &(struct gs_facts){.clock = GS_CLOCK_REAL});
    fake_take(p.f, p.a, FAKE_MS(1), p.gil, 7);
    fake_state(p.f, p.a, FAKE_MS(1), GS_STATE_RUNNING, 0, 7, GS_CAUSE_NONE);
    fake_state(p.f, p.b, FAKE_MS(2), GS_STATE_WANTS_GIL, 0, 9, GS_CAUSE_NONE);
    fake_request(p.f, p.b, FAKE_MS(7), p.gil, p.a);
    fake_off_core(p.f, p.a, FAKE_MS(60), FAKE_MS(8), FAKE_MS(58));
    fake_state(p.f, p.a, FAKE_MS(60), GS_STATE_WANTS_GIL, 0, 8, p.b);
    fake_drop(p.f, p.a, FAKE_MS(60), p.gil, GS_DROP_ASKED, 8);
    assert_non_null(strstr(say(p.f, p.a, FAKE_MS(5)), ": nobody had it before. It is at line 7. "));
    assert_string_equal(
        say(p.f, p.a, FAKE_MS(30)),
        "Thread 1 has been ready to run for 22.0 ms, but the kernel runs somebody "
        "else on its core, though it holds the GIL. This ends in 28.0 ms: a core is "
        "free.");
    assert_string_equal(say(p.f, p.b, FAKE_MS(30)),
                        "Thread 2 has wanted the GIL for 28.0 ms. Thread 1 holds it; the request "
                        "is set; Thread 1 lets go at its next loop jump or call (line 8), once it "
                        "has a core.");
    fake_close(p.f);
}

static void without_a_gil_all_run(void **state)
{
    (void)state;
    struct pair p = pair_by(GS_GIL_OFF);
    fake_state(p.f, p.a, FAKE_MS(1), GS_STATE_RUNNING, 0, 7, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(4));
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has been running for 3.0 ms (line 7). There is no GIL here: "
                        "others can run at the same time.");
    assert_string_equal(say(p.f, p.gil, FAKE_MS(4)),
                        "interpreter 1 has no GIL: its threads run side by side.");
    fake_close(p.f);
}

static void a_second_interpreters_gil_has_a_name(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t sub = fake_interpreter(p.f, 1, "sub", true);
    fake_enter(p.f, p.a, FAKE_MS(1), sub);
    fake_take(p.f, p.a, FAKE_MS(1), sub, 3);
    fake_state(p.f, p.a, FAKE_MS(1), GS_STATE_RUNNING, 0, 3, GS_CAUSE_NONE);
    assert_string_equal(
        say(p.f, p.a, FAKE_MS(1)),
        "Thread 1 took the GIL of sub: nobody had it before. Nobody else wants it.");
    fake_close(p.f);
}

/* Thread 1 is in the state from 1 ms on, and until 5 ms if it has a cause; asked at 4 ms. */
static void expect_state(unsigned in_state, enum gs_object_kind kind, const char *name,
                         uint32_t cause, const char *expected)
{
    struct pair p = pair_open();
    uint32_t on = name ? fake_object(p.f, kind, name) : 0;
    fake_state(p.f, p.a, FAKE_MS(1), in_state, on, 9, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(4));
    if (cause)
        fake_state(p.f, p.a, FAKE_MS(5), GS_STATE_NONE, 0, 9, cause);
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)), expected);
    fake_close(p.f);
}

enum { THREAD_2 = 4 }; /* its id in a pair */

static void every_other_state(void **state)
{
    (void)state;
    expect_state(
        GS_STATE_NATIVE, 0, NULL, GS_CAUSE_WORK,
        "Thread 1 has been computing outside the interpreter for 3.0 ms (line 9). It let "
        "go of the GIL for that: others can run meanwhile. This ends in 1.0 ms: its work is "
        "done.");
    expect_state(
        GS_STATE_SLEEPING, 0, NULL, GS_CAUSE_CLOCK,
        "Thread 1 has been sleeping for 3.0 ms (line 9). This ends in 1.0 ms: its sleep is "
        "over.");
    expect_state(
        GS_STATE_IO, GS_OBJECT_SOCKET, "example.org", GS_CAUSE_WORK,
        "Thread 1 has been blocked on example.org for 3.0 ms (line 9). This ends in 1.0 ms: "
        "the answer is there.");
    expect_state(GS_STATE_IO, 0, NULL, 0,
                 "Thread 1 has been blocked on a socket or pipe for 3.0 ms (line 9).");
    expect_state(GS_STATE_READY, 0, NULL, GS_CAUSE_CORE,
                 "Thread 1 has been ready to run for 3.0 ms, but no core is free. This ends in 1.0 "
                 "ms: a core is free.");
    expect_state(GS_STATE_AWAITING, GS_OBJECT_FUTURE, "task 2", THREAD_2,
                 "Thread 1 has awaited the result of task 2 for 3.0 ms (line 9). This ends in 1.0 "
                 "ms: Thread 2 wakes it.");
}

static void every_kind_of_wait(void **state)
{
    (void)state;
    expect_state(GS_STATE_WAITING, GS_OBJECT_LOCK, "Lock 1", THREAD_2,
                 "Thread 1 has waited for Lock 1 for 3.0 ms (line 9). Nobody holds it at this "
                 "instant. This ends in 1.0 ms: Thread 2 wakes it.");
    expect_state(GS_STATE_WAITING, GS_OBJECT_LOCK, "Lock 1", GS_CAUSE_CLOCK,
                 "Thread 1 has waited for Lock 1 for 3.0 ms (line 9). Nobody holds it at this "
                 "instant. This ends in 1.0 ms: its time limit runs out.");
    expect_state(GS_STATE_WAITING, GS_OBJECT_EVENT, "go", 0,
                 "Thread 1 has waited for somebody to set go for 3.0 ms (line 9).");
    expect_state(GS_STATE_WAITING, GS_OBJECT_CONDITION, "full", 0,
                 "Thread 1 has waited for somebody to notify full for 3.0 ms (line 9).");
    expect_state(GS_STATE_WAITING, GS_OBJECT_BARRIER, "line", 0,
                 "Thread 1 has waited for the others to arrive at line for 3.0 ms (line 9).");
    expect_state(GS_STATE_WAITING, GS_OBJECT_QUEUE, "jobs", 0,
                 "Thread 1 has waited for jobs for 3.0 ms (line 9).");
    expect_state(GS_STATE_WAITING, GS_OBJECT_THREAD, "Thread 9", 0,
                 "Thread 1 has waited for the end of Thread 9 for 3.0 ms (line 9).");
    expect_state(GS_STATE_WAITING, GS_OBJECT_FUTURE, "f", 0,
                 "Thread 1 has waited for the result of f for 3.0 ms (line 9).");
    expect_state(GS_STATE_WAITING, 0, NULL, 0,
                 "Thread 1 has waited for somebody for 3.0 ms (line 9).");
}

static void the_start_of_a_thread_is_not_its_end(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    fake_state(p.f, p.a, FAKE_MS(1), GS_STATE_WAITING,
               fake_object(p.f, GS_OBJECT_THREAD, "Thread 3"), 9, GS_CAUSE_NONE);
    fake_born(p.f, c, FAKE_MS(2), p.a);
    fake_state(p.f, p.a, FAKE_MS(3), GS_STATE_WANTS_GIL, 0, 9, c);
    assert_string_equal(say(p.f, p.a, FAKE_MS(1)),
                        "Thread 1 begins to wait for the start of Thread 3 (line 9). This ends in "
                        "2.0 ms: Thread 3 wakes it.");
    fake_close(p.f);
}

/* While the wait goes on it is known by this: who is joined has run before. */
static void an_open_wait_tells_the_two_apart(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    uint32_t of_c = fake_end_of(p.f, c, "Thread 3");
    fake_state(p.f, p.a, FAKE_MS(1), GS_STATE_WAITING, of_c, 9, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(2));
    assert_string_equal(say(p.f, p.a, FAKE_MS(2)),
                        "Thread 1 has waited for the start of Thread 3 for 1.0 ms (line 9).");
    fake_born(p.f, c, FAKE_MS(2), p.a);
    fake_state(p.f, c, FAKE_MS(2), GS_STATE_WANTS_GIL, 0, 4, GS_CAUSE_NONE);
    fake_state(p.f, c, FAKE_MS(3), GS_STATE_RUNNING, 0, 4, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(3), GS_STATE_WAITING, of_c, 10, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(4));
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has waited for the start of Thread 3 for 3.0 ms (line 10).");
    fake_state(p.f, p.a, FAKE_MS(4), GS_STATE_RUNNING, 0, 9, c);
    fake_state(p.f, p.a, FAKE_MS(5), GS_STATE_WAITING, of_c, 11, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(6));
    assert_string_equal(say(p.f, p.a, FAKE_MS(6)),
                        "Thread 1 has waited for the end of Thread 3 for 1.0 ms (line 11).");
    fake_close(p.f);
}

/* On the real clock a thread may be born before its starter is told to wait. */
static void a_thread_that_lives_on_was_not_joined(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    uint32_t of_c = fake_object(p.f, GS_OBJECT_THREAD, "Thread 3");
    fake_born(p.f, c, FAKE_MS(1), p.a);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, of_c, 9, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(3), GS_STATE_RUNNING, 0, 9, c);
    fake_state(p.f, p.a, FAKE_MS(4), GS_STATE_WAITING, of_c, 9, GS_CAUSE_NONE);
    fake_died(p.f, c, FAKE_MS(6), false);
    fake_state(p.f, p.a, FAKE_MS(6), GS_STATE_RUNNING, 0, 9, c);
    assert_string_equal(say(p.f, p.a, FAKE_MS(2)),
                        "Thread 1 begins to wait for the start of Thread 3 (line 9). This ends in "
                        "1.0 ms: Thread 3 wakes it.");
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 begins to wait for the end of Thread 3 (line 9). This ends in "
                        "2.0 ms: Thread 3 wakes it.");
    fake_close(p.f);
}

/* On the real clock who is joined may tell his death after the joiner has gone on. */
static void a_death_told_late_is_no_start(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    uint32_t of_c = fake_end_of(p.f, c, "Thread 3");
    fake_born(p.f, c, FAKE_MS(1), p.a);
    fake_state(p.f, c, FAKE_MS(1), GS_STATE_RUNNING, 0, 4, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, of_c, 9, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(30), GS_STATE_RUNNING, 0, 9, c);
    fake_died(p.f, c, FAKE_MS(31), false);
    assert_string_equal(say(p.f, p.a, FAKE_MS(2)),
                        "Thread 1 begins to wait for the end of Thread 3 (line 9). This ends in "
                        "28.0 ms: Thread 3 wakes it.");
    fake_close(p.f);
}

static void wait_in_call(struct fake_trace *f, uint32_t actor, uint64_t time, uint32_t on,
                         const char *call)
{
    fake_event(f, (struct gs_event){.time = time,
                                    .actor = actor,
                                    .kind = GS_EVENT_STATE,
                                    .flags = GS_STATE_WAITING,
                                    .place = fake_place(f, NULL, call),
                                    .a = on,
                                    .b = gs_event_pack(9, GS_CAUSE_NONE)});
}

/* Whatever the times are: it lived for a shorter time than it took to die, or ran before. */
static void the_librarys_function_tells_the_two_apart(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    uint32_t of_c = fake_end_of(p.f, c, "Thread 3");
    fake_born(p.f, c, FAKE_MS(1), p.a);
    fake_state(p.f, c, FAKE_MS(1), GS_STATE_RUNNING, 0, 4, GS_CAUSE_NONE);
    wait_in_call(p.f, p.a, FAKE_MS(2), of_c, "Thread.start");
    gs_timeline_extend(p.f->timeline, FAKE_MS(3));
    assert_string_equal(say(p.f, p.a, FAKE_MS(3)),
                        "Thread 1 has waited for the start of Thread 3 for 1.0 ms (line 9, in "
                        "Thread.start).");
    fake_state(p.f, p.a, FAKE_MS(3), GS_STATE_RUNNING, 0, 9, c);
    wait_in_call(p.f, p.a, FAKE_MS(4), of_c, "Thread.join");
    fake_state(p.f, p.a, FAKE_MS(5), GS_STATE_RUNNING, 0, 9, c);
    fake_died(p.f, c, FAKE_MS(20), false);
    assert_string_equal(say(p.f, p.a, FAKE_MS(2)),
                        "Thread 1 begins to wait for the start of Thread 3 (line 9, in "
                        "Thread.start). This ends in 1.0 ms: Thread 3 wakes it.");
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 begins to wait for the end of Thread 3 (line 9, in "
                        "Thread.join). This ends in 1.0 ms: Thread 3 wakes it.");
    fake_close(p.f);
}

static void who_holds_the_lock(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t lock = fake_object(p.f, GS_OBJECT_LOCK, "Lock 1");
    fake_acquire(p.f, p.b, FAKE_MS(1), lock, 7, 1);
    fake_state(p.f, p.b, FAKE_MS(1), GS_STATE_SLEEPING, 0, 8, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, lock, 9, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(4));
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has waited for Lock 1 for 2.0 ms (line 9). Thread 2 has held it "
                        "for 3.0 ms (line 7) and sleeps.");
    fake_close(p.f);
}

static void how_much_a_queue_holds(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t jobs = fake_object(p.f, GS_OBJECT_QUEUE, "jobs");
    fake_counter(p.f, p.b, FAKE_MS(1), jobs, 17);
    fake_counter(p.f, p.b, FAKE_MS(3), jobs, 0);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, jobs, 9, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(3));
    assert_string_equal(say(p.f, p.a, FAKE_MS(2)),
                        "Thread 1 begins to wait for jobs (line 9). It holds 17 items.");
    assert_string_equal(say(p.f, p.a, FAKE_MS(3)),
                        "Thread 1 has waited for jobs for 1.0 ms (line 9). It is empty.");
    fake_close(p.f);
}

static void a_gil_that_lies_idle(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, FAKE_MS(1), p.gil, 7);
    fake_state(p.f, p.a, FAKE_MS(1), GS_STATE_RUNNING, 0, 7, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WANTS_GIL, 0, 8, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, FAKE_MS(2), p.gil, GS_DROP_BLOCKING, 8);
    gs_timeline_extend(p.f->timeline, FAKE_MS(5));
    assert_string_equal(say(p.f, p.gil, FAKE_MS(5)),
                        "Nobody has held the GIL for 3.0 ms: Thread 1 let go of it at line 8, "
                        "because it goes to another interpreter.");
    assert_string_equal(say(p.f, p.gil, FAKE_US(1)), "Nobody holds the GIL.");
    fake_close(p.f);
}

static void a_circle_of_locks(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t one = fake_object(p.f, GS_OBJECT_LOCK, "Lock 1");
    uint32_t two = fake_object(p.f, GS_OBJECT_RLOCK, "Lock 2");
    fake_acquire(p.f, p.a, FAKE_MS(1), two, 6, 1);
    fake_acquire(p.f, p.b, FAKE_MS(1), one, 7, 1);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, one, 9, GS_CAUSE_NONE);
    fake_state(p.f, p.b, FAKE_MS(3), GS_STATE_WAITING, two, 10, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(4));
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has waited for Lock 1 for 2.0 ms (line 9). Thread 2 has held it "
                        "for 3.0 ms (line 7) and waits for Lock 2, which Thread 1 holds: neither "
                        "can go on.");
    fake_text(p.f, p.b, FAKE_MS(4), GS_EVENT_DEADLOCK, "deadlock: …", 0);
    assert_string_equal(say(p.f, p.b, FAKE_MS(4)),
                        "Thread 2 has waited for Lock 2 for 1.0 ms (line 10). Thread 1 has held it "
                        "for 3.0 ms (line 6) and waits for Lock 1, which Thread 2 holds: neither "
                        "can go on. Nobody can end that any more: the run stands in a deadlock.");
    assert_string_equal(
        say(p.f, p.a, FAKE_MS(2)),
        "Thread 1 begins to wait for Lock 1 (line 9). Thread 2 has held it for 1.0 "
        "ms (line 7) and has not begun. It never ends: in 2.0 ms the run comes to a "
        "deadlock.");
    fake_close(p.f);
}

static void a_circle_of_one_and_of_three(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3"), who[] = {p.a, p.b, c};
    uint32_t own = fake_object(p.f, GS_OBJECT_LOCK, "own"), locks[3];
    fake_acquire(p.f, p.a, 10, own, 6, 1);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, own, 9, GS_CAUSE_NONE);
    assert_string_equal(say(p.f, p.a, FAKE_MS(2)),
                        "Thread 1 begins to wait for own (line 9). Thread 1 itself holds it (line "
                        "6), and can never have it a second time.");
    for (int i = 0; i < 3; i++) {
        locks[i] = fake_object(p.f, GS_OBJECT_LOCK, "ring");
        fake_acquire(p.f, who[i], FAKE_MS(2), locks[i], 6, 1);
    }
    for (int i = 0; i < 3; i++)
        fake_state(p.f, who[i], FAKE_MS(3), GS_STATE_WAITING, locks[(i + 1) % 3], 9, 0);
    assert_string_equal(say(p.f, p.b, FAKE_MS(3)),
                        "Thread 2 begins to wait for ring #3 (line 9). Thread 3 has held it for "
                        "1.0 ms (line 6) and waits for ring: a circle of 3, in which nobody can go "
                        "on.");
    fake_close(p.f);
}

static void who_has_a_semaphores_units(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t s = fake_object(p.f, GS_OBJECT_SEMAPHORE, "slots");
    for (uint32_t i = 1; i <= 5; i++) {
        char name[16];
        snprintf(name, sizeof name, "Query %u", i);
        fake_acquire(p.f, fake_thread(p.f, p.gil, name), i, s, 7, i);
    }
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, s, 9, GS_CAUSE_NONE);
    assert_string_equal(say(p.f, p.a, FAKE_MS(2)),
                        "Thread 1 begins to wait for slots (line 9). Its units are taken, by Query "
                        "5, Query 4 and 3 others.");
    fake_close(p.f);
}

static void a_task_waits_for_its_loop(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t task = fake_task(p.f, fake_loop(p.f, p.a, "loop"), "task 1");
    fake_born(p.f, task, 0, p.a);
    fake_state(p.f, task, FAKE_MS(1), GS_STATE_READY, 0, 9, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(2));
    assert_string_equal(say(p.f, task, FAKE_MS(2)),
                        "task 1 has been ready to run for 1.0 ms: Thread 1 created it. Nobody has "
                        "the turn on loop just now.");
    assert_string_equal(say(p.f, 1, FAKE_MS(2)), "p has 0 threads and 1 task: 1 ready.");
    fake_close(p.f);
}

static void where_enter_goes(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_timeline *t = x.trace->timeline;
    uint32_t actor;
    uint64_t time;
    assert_true(gs_explain_cause(t, x.t2, FAKE_MS(1), &actor, &time));
    assert_int_equal(actor, x.t1);
    assert_int_equal(time, FAKE_MS(5.3));
    assert_true(gs_explain_cause(t, x.main, FAKE_MS(20), &actor, &time));
    assert_int_equal(actor, x.t1);
    assert_int_equal(time, FAKE_MS(55));
    assert_true(gs_explain_cause(t, x.t1, 0, &actor, &time));
    assert_int_equal(actor, x.main);
    assert_int_equal(time, FAKE_US(100));
    assert_false(gs_explain_cause(t, x.t1, FAKE_MS(57), &actor, &time));
    assert_false(gs_explain_cause(t, 999, FAKE_MS(1), &actor, &time));
    fake_close(x.trace);
    struct pair p = open_wait(GS_GIL_312);
    assert_true(gs_explain_cause(p.f->timeline, p.a, FAKE_MS(4), &actor, &time));
    assert_int_equal(actor, p.b);
    assert_int_equal(time, FAKE_MS(4));
    fake_close(p.f);
}

/* The cause is what was done, a moment before whoever waited could go on. */
static void enter_goes_to_the_deed(void **state)
{
    (void)state;
    struct pair p = open_wait(GS_GIL_312);
    fake_request(p.f, p.a, FAKE_MS(7), p.gil, p.b);
    fake_state(p.f, p.b, FAKE_MS(8), GS_STATE_WANTS_GIL, 0, 7, GS_CAUSE_NONE);
    fake_drop(p.f, p.b, FAKE_MS(8), p.gil, GS_DROP_ASKED, 7);
    fake_take(p.f, p.a, FAKE_MS(8.1), p.gil, 9);
    fake_state(p.f, p.a, FAKE_MS(8.1), GS_STATE_RUNNING, 0, 9, p.b);
    uint32_t lock = fake_object(p.f, GS_OBJECT_LOCK, "lock"), actor;
    fake_state(p.f, p.a, FAKE_MS(9), GS_STATE_WAITING, lock, 10, GS_CAUSE_NONE);
    fake_drop(p.f, p.a, FAKE_MS(9), p.gil, GS_DROP_BLOCKING, 10);
    fake_take(p.f, p.b, FAKE_MS(9.1), p.gil, 7);
    fake_state(p.f, p.b, FAKE_MS(9.1), GS_STATE_RUNNING, 0, 7, p.a);
    fake_wake(p.f, p.b, FAKE_MS(10), p.a, lock);
    fake_drop(p.f, p.b, FAKE_MS(10.05), p.gil, GS_DROP_BLOCKING, 8);
    fake_state(p.f, p.a, FAKE_MS(10.1), GS_STATE_WANTS_GIL, 0, 10, p.b);
    gs_timeline_extend(p.f->timeline, FAKE_MS(11));
    uint64_t time;
    assert_true(gs_explain_cause(p.f->timeline, p.a, FAKE_MS(4), &actor, &time));
    assert_int_equal(actor, p.b);
    assert_int_equal(time, FAKE_MS(8));
    assert_true(gs_explain_cause(p.f->timeline, p.a, FAKE_MS(9.5), &actor, &time));
    assert_int_equal(actor, p.b);
    assert_int_equal(time, FAKE_MS(10));
    fake_close(p.f);
}

static void names_cannot_steer_the_terminal(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t evil = fake_thread(p.f, p.gil, "\x1b[31mred");
    fake_born(p.f, evil, FAKE_MS(3), p.a);
    assert_string_equal(say(p.f, evil, FAKE_MS(1)),
                        "^[[31mred is not there yet: Thread 1 starts it in 2.0 ms.");
    fake_close(p.f);
}

/* Any size of buffer: cut, ended, and no half character at the end. */
static void a_small_buffer_cuts_between_characters(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t thread = fake_thread(p.f, p.gil, "µ€😀µ€😀");
    fake_born(p.f, thread, FAKE_MS(3), p.a);
    const char *whole = say(p.f, thread, FAKE_MS(1));
    for (size_t size = 1; size <= strlen(whole) + 1; size++) {
        char text[200];
        memset(text, '#', sizeof text);
        gs_explain(text, size, p.f->timeline, thread, FAKE_MS(1));
        assert_true(memchr(text, '\0', size));
        assert_int_equal(text[size], '#');
        assert_memory_equal(text, whole, strlen(text));
        assert_true((whole[strlen(text)] & 0xc0) != 0x80);
    }
    fake_close(p.f);
}

/* Who joins, with a limit, a thread that waits for a lock of its own: the limit is not the end of
 * the sentence. */
static void what_a_joined_thread_waits_for(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    uint32_t lock = fake_object(p.f, GS_OBJECT_LOCK, "accounts");
    uint32_t other = fake_object(p.f, GS_OBJECT_LOCK, "journal");
    uint32_t end = fake_end_of(p.f, p.b, "Thread 2");
    fake_acquire(p.f, p.a, FAKE_MS(1), lock, 6, 1);
    fake_state(p.f, p.b, FAKE_MS(2), GS_STATE_WAITING, lock, 9, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(3), GS_STATE_WAITING, end, 7, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(9), GS_STATE_RUNNING, 0, 7, GS_CAUSE_CLOCK);
    assert_string_equal(say(p.f, p.a, FAKE_MS(4)),
                        "Thread 1 has waited for the end of Thread 2 for 1.0 ms (line 7). Thread 2 "
                        "waits for accounts (line 9), which Thread 1 holds: neither can go on. "
                        "This ends in 5.0 ms: its time limit runs out.");
    fake_acquire(p.f, c, FAKE_MS(9), other, 3, 1);
    fake_state(p.f, c, FAKE_MS(10), GS_STATE_SLEEPING, 0, 4, GS_CAUSE_NONE);
    fake_state(p.f, p.a, FAKE_MS(11), GS_STATE_WAITING, other, 8, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(12));
    assert_string_equal(say(p.f, p.b, FAKE_MS(12)),
                        "Thread 2 has waited for accounts for 10.0 ms (line 9). Thread 1 has held "
                        "it for 11.0 ms (line 6) and waits for journal, which Thread 3 holds. "
                        "Thread 3 sleeps (line 4).");
    uint32_t cause;
    uint64_t when;
    assert_true(gs_explain_cause(p.f->timeline, p.b, FAKE_MS(12), &cause, &when));
    assert_int_equal(cause, p.a);
    fake_close(p.f);
}

static void a_chain_into_a_circle_stops(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t c = fake_thread(p.f, p.gil, "Thread 3");
    uint32_t one = fake_object(p.f, GS_OBJECT_LOCK, "one");
    uint32_t two = fake_object(p.f, GS_OBJECT_LOCK, "two");
    fake_acquire(p.f, p.a, FAKE_MS(1), one, 5, 1);
    fake_acquire(p.f, p.b, FAKE_MS(1), two, 6, 1);
    fake_state(p.f, p.a, FAKE_MS(2), GS_STATE_WAITING, two, 7, GS_CAUSE_NONE);
    fake_state(p.f, p.b, FAKE_MS(2), GS_STATE_WAITING, one, 8, GS_CAUSE_NONE);
    fake_state(p.f, c, FAKE_MS(2), GS_STATE_WAITING, one, 9, GS_CAUSE_NONE);
    gs_timeline_extend(p.f->timeline, FAKE_MS(3));
    assert_string_equal(say(p.f, c, FAKE_MS(3)),
                        "Thread 3 has waited for one for 1.0 ms (line 9). Thread 1 has held it for "
                        "2.0 ms (line 5) and waits for two, which Thread 2 holds: neither of them "
                        "can go on.");
    fake_close(p.f);
}

static void tasks_that_are_not_done(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t worker = fake_thread(p.f, p.gil, "worker"), again = fake_thread(p.f, p.gil, "worker");
    uint32_t queue = fake_object(p.f, GS_OBJECT_QUEUE, "jobs");
    uint32_t tasks = fake_tasks(p.f, queue, "jobs");
    for (uint64_t i = 1; i <= 3; i++)
        fake_counter(p.f, p.a, i, queue, i);
    fake_acquire(p.f, again, 10, tasks, 5, 1);
    fake_release(p.f, again, 20, tasks, 6, 0);
    fake_acquire(p.f, again, 30, tasks, 5, 1);
    fake_event(p.f,
               (struct gs_event){
                   .time = 40, .actor = again, .kind = GS_EVENT_RELEASE, .flags = 1, .a = tasks});
    fake_acquire(p.f, again, 50, tasks, 5, 1);
    fake_counter(p.f, again, 50, queue, 1);
    fake_died(p.f, again, 60, true);
    fake_state(p.f, p.a, 70, GS_STATE_WAITING, tasks, 9, GS_CAUSE_NONE);
    assert_string_equal(say(p.f, p.a, 70),
                        "Thread 1 begins to wait for the tasks of jobs (line 9). 2 of 3 tasks are "
                        "not done: worker #2 took 1 and ended with an error, 1 still in the "
                        "queue.");
    fake_counter(p.f, worker, 80, queue, 0);
    fake_acquire(p.f, worker, 80, tasks, 5, 1);
    fake_release(p.f, worker, 90, tasks, 6, 0);
    gs_timeline_extend(p.f->timeline, 170);
    assert_string_equal(say(p.f, p.a, 170),
                        "Thread 1 has waited for the tasks of jobs for 100 ns (line 9). 1 of 3 "
                        "tasks is not done: worker #2 took it and ended with an error.");
    fake_close(p.f);
}

static void who_has_units_of_how_many(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t s = fake_object_of(p.f, GS_OBJECT_SEMAPHORE, "slots", 3);
    fake_acquire(p.f, p.b, 10, s, 7, 1);
    fake_acquire(p.f, p.b, 20, s, 7, 2);
    uint32_t gone = fake_thread(p.f, p.gil, "gone");
    fake_acquire(p.f, gone, 30, s, 7, 3);
    fake_died(p.f, gone, 40, false);
    fake_state(p.f, p.a, 50, GS_STATE_WAITING, s, 9, GS_CAUSE_NONE);
    assert_string_equal(say(p.f, p.a, 50),
                        "Thread 1 begins to wait for slots (line 9). Its 3 units are taken, by "
                        "gone (ended) and Thread 2 (2).");
    fake_close(p.f);
}

static void how_many_are_at_a_barrier(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t gate = fake_object_of(p.f, GS_OBJECT_BARRIER, "gate", 3);
    fake_state(p.f, p.a, 10, GS_STATE_WAITING, gate, 9, GS_CAUSE_NONE);
    fake_state(p.f, p.b, 20, GS_STATE_WAITING, gate, 9, GS_CAUSE_NONE);
    assert_string_equal(say(p.f, p.a, 10), "Thread 1 begins to wait for the others to arrive at "
                                           "gate (line 9). 1 of 3 is there.");
    assert_string_equal(say(p.f, p.b, 20), "Thread 2 begins to wait for the others to arrive at "
                                           "gate (line 9). 2 of 3 are there.");
    fake_stall(p.f, p.b, 30, "stall: …");
    assert_string_equal(say(p.f, p.b, 20), "Thread 2 begins to wait for the others to arrive at "
                                           "gate (line 9). 2 of 3 are there. It never ends: in 10 "
                                           "ns the run comes to a standstill.");
    assert_string_equal(say(p.f, p.b, 30), "Thread 2 has waited for the others to arrive at gate "
                                           "for 10 ns (line 9). 2 of 3 are there. Nobody can end "
                                           "that any more: the run stands still.");
    fake_close(p.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_wants_the_gil),
        cmocka_unit_test(who_runs),
        cmocka_unit_test(the_new_owner_does_not_want_it),
        cmocka_unit_test(a_hand_over_reads_as_on_the_virtual_clock),
        cmocka_unit_test(who_calls_elsewhere_wants_the_gil_there),
        cmocka_unit_test(while_it_is_started_and_while_it_ends),
        cmocka_unit_test(a_hand_over_under_way),
        cmocka_unit_test(before_birth_and_after_death),
        cmocka_unit_test(a_process_and_its_gil),
        cmocka_unit_test(who_has_ended_holds_no_gil),
        cmocka_unit_test(of_several_processes_a_gil_says_whose_it_is),
        cmocka_unit_test(a_live_wait_tells_the_profiles_rule),
        cmocka_unit_test(the_old_gil_races),
        cmocka_unit_test(each_gil_goes_by_its_own_rules),
        cmocka_unit_test(the_interval_is_that_of_the_instant),
        cmocka_unit_test(who_has_the_gil_may_have_no_core),
        cmocka_unit_test(without_a_gil_all_run),
        cmocka_unit_test(a_second_interpreters_gil_has_a_name),
        cmocka_unit_test(every_other_state),
        cmocka_unit_test(every_kind_of_wait),
        cmocka_unit_test(the_start_of_a_thread_is_not_its_end),
        cmocka_unit_test(an_open_wait_tells_the_two_apart),
        cmocka_unit_test(a_thread_that_lives_on_was_not_joined),
        cmocka_unit_test(a_death_told_late_is_no_start),
        cmocka_unit_test(the_librarys_function_tells_the_two_apart),
        cmocka_unit_test(who_holds_the_lock),
        cmocka_unit_test(how_much_a_queue_holds),
        cmocka_unit_test(a_gil_that_lies_idle),
        cmocka_unit_test(what_a_joined_thread_waits_for),
        cmocka_unit_test(a_chain_into_a_circle_stops),
        cmocka_unit_test(tasks_that_are_not_done),
        cmocka_unit_test(who_has_units_of_how_many),
        cmocka_unit_test(how_many_are_at_a_barrier),
        cmocka_unit_test(a_circle_of_locks),
        cmocka_unit_test(a_circle_of_one_and_of_three),
        cmocka_unit_test(who_has_a_semaphores_units),
        cmocka_unit_test(a_task_waits_for_its_loop),
        cmocka_unit_test(where_enter_goes),
        cmocka_unit_test(enter_goes_to_the_deed),
        cmocka_unit_test(names_cannot_steer_the_terminal),
        cmocka_unit_test(a_small_buffer_cuts_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
