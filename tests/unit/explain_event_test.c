/* Every kind of event as a sentence. */
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct scene {
    struct fake_trace *f;
    uint32_t gil, a, b, lock, rlock, slots, queue, traffic;
};

static struct scene scene_open(void)
{
    struct scene s = {.f = fake_open()};
    s.gil = fake_interpreter(s.f, fake_process(s.f, "p"), "interpreter 1", true);
    s.a = fake_thread(s.f, s.gil, "Thread 1");
    s.b = fake_thread(s.f, s.gil, "Thread 2");
    s.lock = fake_object(s.f, GS_OBJECT_LOCK, "Lock 1");
    s.rlock = fake_object(s.f, GS_OBJECT_RLOCK, "RLock 1");
    s.slots = fake_object(s.f, GS_OBJECT_SEMAPHORE, "slots");
    s.queue = fake_object(s.f, GS_OBJECT_QUEUE, "jobs");
    s.traffic = fake_object(s.f, GS_OBJECT_SOCKET, "traffic");
    return s;
}

/* The sentence of the last event. */
static void expect(const struct scene *s, const char *expected)
{
    char text[600];
    const struct gs_event *last = &s->f->events.items[s->f->events.count - 1];
    assert_string_equal(gs_explain_event(text, sizeof text, s->f->timeline, last), expected);
}

static void lives_and_states(void **state)
{
    (void)state;
    struct scene s = scene_open();
    fake_born(s.f, s.a, 0, 0);
    expect(&s, "Thread 1 began.");
    fake_born(s.f, s.b, 0, s.a);
    expect(&s, "Thread 1 started Thread 2.");
    fake_state(s.f, s.a, 10, GS_STATE_SLEEPING, 0, 4, GS_CAUSE_NONE);
    expect(&s, "Thread 1 goes to sleep (line 4).");
    fake_state(s.f, s.a, 20, GS_STATE_WANTS_GIL, 0, 4, GS_CAUSE_CLOCK);
    expect(&s, "Thread 1 wants the GIL (line 4): its sleep is over.");
    fake_state(s.f, s.a, 30, GS_STATE_RUNNING, 0, 5, s.b);
    expect(&s, "Thread 1 runs (line 5): Thread 2 let go.");
    fake_state(s.f, s.a, 40, GS_STATE_WAITING, s.lock, 6, GS_CAUSE_NONE);
    expect(&s, "Thread 1 waits for Lock 1 (line 6).");
    fake_state(s.f, s.a, 50, GS_STATE_RUNNING, 0, 6, s.b);
    expect(&s, "Thread 1 runs (line 6): Thread 2 woke it.");
    fake_enter(s.f, s.a, 60, s.gil);
    expect(&s, "Thread 1 entered interpreter 1.");
    fake_died(s.f, s.a, 70, true);
    expect(&s, "Thread 1 ended, by an uncaught error.");
    fake_died(s.f, s.b, 70, false);
    expect(&s, "Thread 2 ended.");
    fake_close(s.f);
}

static void around_the_gil(void **state)
{
    (void)state;
    struct scene s = scene_open();
    fake_take(s.f, s.a, 0, s.gil, 12);
    expect(&s, "Thread 1 took the GIL (line 12).");
    fake_request(s.f, s.b, FAKE_MS(5), s.gil, s.a);
    expect(&s, "Thread 2 asked Thread 1 to let go of the GIL.");
    fake_drop(s.f, s.a, FAKE_MS(5.1), s.gil, GS_DROP_ASKED, 12);
    expect(&s, "Thread 1 let go of the GIL (line 12): Thread 2 had asked it to after 5.0 ms.");
    fake_take(s.f, s.b, FAKE_MS(5.1), s.gil, 0);
    fake_state(s.f, s.b, FAKE_MS(6), GS_STATE_SLEEPING, 0, 13, GS_CAUSE_NONE);
    fake_drop(s.f, s.b, FAKE_MS(6), s.gil, GS_DROP_BLOCKING, 13);
    expect(&s, "Thread 2 let go of the GIL (line 13): it sleeps.");
    fake_take(s.f, s.a, FAKE_MS(7), s.gil, 0);
    fake_drop(s.f, s.a, FAKE_MS(8), s.gil, GS_DROP_ASKED, 14);
    expect(&s, "Thread 1 let go of the GIL (line 14): its turn was over.");
    fake_take(s.f, s.a, FAKE_MS(9), s.gil, 0);
    fake_drop(s.f, s.a, FAKE_MS(9), s.gil, GS_DROP_EXIT, 0);
    expect(&s, "Thread 1 let go of the GIL: it ends.");
    fake_event(s.f, (struct gs_event){.actor = s.b, .kind = GS_EVENT_GIL_TIMEOUT, .a = s.gil});
    expect(&s, "Thread 2 waited a switch interval for the GIL; others had it meanwhile, so it does "
               "not ask yet.");
    fake_event(s.f, (struct gs_event){.actor = s.b, .kind = GS_EVENT_GIL_MISS, .a = s.gil});
    expect(&s, "Thread 2 was woken for the GIL, but it had been taken again first.");
    fake_interval(s.f, s.a, FAKE_MS(9), s.gil, FAKE_US(500));
    expect(&s, "Thread 1 set the switch interval of the GIL to 500 µs.");
    fake_take(s.f, s.a, FAKE_MS(10), fake_interpreter(s.f, 1, "sub", true), 3);
    expect(&s, "Thread 1 took the GIL of sub (line 3).");
    fake_close(s.f);
}

/* Nobody asks for the old GIL: its holder lets go by itself and races the others for it. */
static void around_the_old_gil(void **state)
{
    (void)state;
    struct scene s = scene_open();
    uint32_t old = fake_interpreter_by(s.f, 1, "old", GS_GIL_27, FAKE_MS(5));
    uint32_t c = fake_thread(s.f, old, "Thread 3");
    fake_born(s.f, c, 0, 0);
    fake_take(s.f, c, 0, old, 1);
    fake_state(s.f, c, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(s.f, c, 100, GS_STATE_WANTS_GIL, 0, 2, s.a);
    expect(&s, "Thread 3 wants the GIL (line 2): Thread 1 won the race for it.");
    fake_drop(s.f, c, 100, old, GS_DROP_ASKED, 2);
    expect(&s, "Thread 3 let go of the GIL (line 2): its turn was over.");
    fake_close(s.f);
}

/* A call into another interpreter, and back: on the virtual clock all at one instant. */
static void between_two_interpreters(void **state)
{
    (void)state;
    struct scene s = scene_open();
    char text[300];
    uint32_t sub = fake_interpreter(s.f, 1, "sub", true);
    for (uint64_t step = 0; step < 2; step++) { /* one virtual call, one real one */
        uint64_t at = FAKE_MS(1 + 10 * step);
        fake_take(s.f, s.a, at, s.gil, 1);
        fake_state(s.f, s.a, at, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
        at += FAKE_MS(1);
        fake_state(s.f, s.a, at, GS_STATE_WANTS_GIL, 0, 3, GS_CAUSE_NONE);
        fake_drop(s.f, s.a, at + step, s.gil, GS_DROP_BLOCKING, 3);
        const struct gs_event goes = s.f->events.items[s.f->events.count - 1];
        fake_enter(s.f, s.a, at + 2 * step, sub);
        fake_take(s.f, s.a, at + 3 * step, sub, 3);
        fake_state(s.f, s.a, at + 3 * step, GS_STATE_RUNNING, 0, 3, GS_CAUSE_NONE);
        at += FAKE_MS(1);
        fake_state(s.f, s.a, at, GS_STATE_SLEEPING, 0, 3, GS_CAUSE_NONE);
        fake_drop(s.f, s.a, at, sub, GS_DROP_BLOCKING, 3);
        expect(&s, "Thread 1 let go of the GIL of sub (line 3): it sleeps.");
        at += FAKE_MS(1);
        fake_take(s.f, s.a, at, sub, 3);
        fake_state(s.f, s.a, at, GS_STATE_RUNNING, 0, 3, GS_CAUSE_CLOCK);
        at += FAKE_MS(1);
        fake_state(s.f, s.a, at, GS_STATE_WANTS_GIL, 0, 3, GS_CAUSE_NONE);
        fake_drop(s.f, s.a, at + step, sub, GS_DROP_BLOCKING, 0);
        const struct gs_event leaves = s.f->events.items[s.f->events.count - 1];
        fake_enter(s.f, s.a, at + 2 * step, s.gil);
        fake_take(s.f, s.a, at + 3 * step, s.gil, 3);
        fake_state(s.f, s.a, at + 3 * step, GS_STATE_RUNNING, 0, 3, GS_CAUSE_NONE);
        at += FAKE_MS(1);
        fake_state(s.f, s.a, at, GS_STATE_SLEEPING, 0, 3, GS_CAUSE_NONE);
        fake_drop(s.f, s.a, at, s.gil, GS_DROP_BLOCKING, 3);
        gs_explain_event(text, sizeof text, s.f->timeline, &goes);
        assert_string_equal(text,
                            "Thread 1 let go of the GIL (line 3): it goes to another interpreter.");
        gs_explain_event(text, sizeof text, s.f->timeline, &leaves);
        assert_string_equal(text,
                            "Thread 1 let go of the GIL of sub: it is done with its call there.");
        gs_explain(text, sizeof text, s.f->timeline, sub, at);
        assert_string_equal(text, "Nobody has held the GIL for 1.0 ms: Thread 1 let go of it, "
                                  "because it is done with its call there.");
    }
    fake_close(s.f);
}

/* A sleep of no time is a sleep all the same. */
static void a_block_of_no_length(void **state)
{
    (void)state;
    struct scene s = scene_open();
    fake_take(s.f, s.a, 0, s.gil, 1);
    fake_state(s.f, s.a, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_state(s.f, s.a, 10, GS_STATE_SLEEPING, 0, 3, GS_CAUSE_NONE);
    fake_drop(s.f, s.a, 10, s.gil, GS_DROP_BLOCKING, 3);
    const struct gs_event drop = s.f->events.items[s.f->events.count - 1];
    fake_take(s.f, s.a, 10, s.gil, 3);
    fake_state(s.f, s.a, 10, GS_STATE_RUNNING, 0, 3, GS_CAUSE_CLOCK);
    fake_state(s.f, s.a, 20, GS_STATE_SLEEPING, 0, 4, GS_CAUSE_NONE);
    char text[200];
    gs_explain_event(text, sizeof text, s.f->timeline, &drop);
    assert_string_equal(text, "Thread 1 let go of the GIL (line 3): it sleeps.");
    fake_close(s.f);
}

/* Where nothing costs anything, all of it is of one instant: it had to wait for the GIL before. */
static void a_block_at_the_instant_of_the_take(void **state)
{
    (void)state;
    struct scene s = scene_open();
    fake_state(s.f, s.a, 0, GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    fake_take(s.f, s.a, 0, s.gil, 1);
    for (int i = 0; i < 2; i++) {
        fake_state(s.f, s.a, 10 * i, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
        fake_state(s.f, s.a, 10 * i, GS_STATE_SLEEPING, 0, 3, GS_CAUSE_NONE);
        fake_drop(s.f, s.a, 10 * i, s.gil, GS_DROP_BLOCKING, 3);
        expect(&s, "Thread 1 let go of the GIL (line 3): it sleeps.");
        const struct gs_event drop = s.f->events.items[s.f->events.count - 1];
        fake_state(s.f, s.a, 10 * i + 10, GS_STATE_WANTS_GIL, 0, 3, GS_CAUSE_CLOCK);
        fake_take(s.f, s.a, 10 * i + 10, s.gil, 3);
        char text[200];
        gs_explain_event(text, sizeof text, s.f->timeline, &drop);
        assert_string_equal(text, "Thread 1 let go of the GIL (line 3): it sleeps.");
    }
    fake_close(s.f);
}

static void locks_and_messages(void **state)
{
    (void)state;
    struct scene s = scene_open();
    fake_acquire(s.f, s.a, 0, s.lock, 4, 1);
    expect(&s, "Thread 1 took Lock 1 (line 4).");
    fake_release(s.f, s.a, 0, s.lock, 5, 0);
    expect(&s, "Thread 1 released Lock 1 (line 5).");
    fake_acquire(s.f, s.a, 0, s.rlock, 4, 2);
    expect(&s, "Thread 1 took RLock 1, which it has now taken 2 times (line 4).");
    fake_acquire(s.f, s.a, 0, s.slots, 0, 2);
    expect(&s, "Thread 1 took a unit of slots.");
    fake_wake(s.f, s.a, 0, s.b, s.lock);
    expect(&s, "Thread 1 woke Thread 2, which waited for Lock 1.");
    fake_wake(s.f, s.a, 0, s.b, 0);
    expect(&s, "Thread 1 woke Thread 2.");
    fake_message(s.f, s.a, 0, true, s.queue, 120);
    expect(&s, "Thread 1 sent 120 bytes into jobs.");
    fake_message(s.f, s.b, 0, false, s.queue, 1);
    expect(&s, "Thread 2 received 1 byte from jobs.");
    fake_off_core(s.f, s.a, 0, FAKE_MS(2), FAKE_MS(9));
    expect(&s, "Thread 1 was without a core for 7.0 ms: the kernel ran somebody else.");
    fake_off_core(s.f, s.a, 0, FAKE_MS(9), FAKE_MS(2));
    expect(&s, "Thread 1 was without a core for 0 ns: the kernel ran somebody else.");
    fake_counter(s.f, s.a, 0, s.traffic, 4096);
    expect(&s, "traffic is 4096 now.");
    fake_counter(s.f, s.a, 0, s.queue, 1);
    expect(&s, "jobs holds 1 item now.");
    fake_close(s.f);
}

static void what_the_scene_says(void **state)
{
    (void)state;
    struct scene s = scene_open();
    fake_label(s.f, s.a, 10, "outer", 4);
    expect(&s, "Thread 1 began 'outer' (line 4).");
    fake_label(s.f, s.a, 20, "inner", 5);
    fake_label_end(s.f, s.a, 30);
    expect(&s, "Thread 1 ended 'inner'.");
    fake_label_end(s.f, s.a, 30);
    fake_label_end(s.f, s.a, 40);
    expect(&s, "Thread 1 ended a label.");
    fake_text(s.f, s.a, 50, GS_EVENT_PHASE, "warm up", 6);
    expect(&s, "Phase: warm up (line 6)");
    fake_text(s.f, s.a, 50, GS_EVENT_PHASE, NULL, 0);
    expect(&s, "The phase ends.");
    fake_text(s.f, s.a, 50, GS_EVENT_NOTE, "Look here.", 0);
    expect(&s, "Note: Look here.");
    fake_text(s.f, s.a, 50, GS_EVENT_MARK, "start", 7);
    expect(&s, "Mark: start (line 7)");
    fake_text(s.f, s.a, 50, GS_EVENT_OUTPUT, "a\tb", 0);
    expect(&s, "Thread 1 printed: a^Ib");
    fake_check(s.f, s.a, 50, true, "it is exact", 0);
    expect(&s, "Check holds: it is exact");
    fake_check(s.f, s.a, 50, false, "it is exact", 8);
    expect(&s, "Check FAILED: it is exact (line 8)");
    fake_text(s.f, s.a, 50, GS_EVENT_ERROR, "x.lua:3: no", 0);
    expect(&s, "Error: x.lua:3: no");
    fake_text(s.f, s.a, 50, GS_EVENT_DEADLOCK, "deadlock: a waits for b.", 0);
    expect(&s, "Deadlock: a waits for b.");
    fake_stall(s.f, s.a, 50, "stall: nobody is left.");
    expect(&s, "Stall: nobody is left.");
    fake_lost(s.f, s.a, 50, 12);
    expect(&s, "12 events of Thread 1 did not fit and are lost.");
    fake_end(s.f, 60, 1);
    expect(&s, "The run ended with exit status 1.");
    fake_close(s.f);
}

static void tasks_are_taken_and_done(void **state)
{
    (void)state;
    struct scene s = scene_open();
    uint32_t tasks = fake_tasks(s.f, s.queue, "jobs");
    fake_acquire(s.f, s.a, 10, tasks, 5, 1);
    expect(&s, "Thread 1 took a task of jobs (line 5).");
    fake_release(s.f, s.a, 20, tasks, 6, 0);
    expect(&s, "Thread 1 is done with a task of jobs (line 6).");
    fake_event(s.f, (struct gs_event){.time = 30,
                                      .actor = s.a,
                                      .kind = GS_EVENT_RELEASE,
                                      .flags = 1,
                                      .a = tasks,
                                      .b = gs_event_pack(7, 0)});
    expect(&s, "Thread 1 put back a task of jobs (line 7).");
    fake_close(s.f);
}

/* In the words of the sentence at the cursor. */
static void what_is_waited_for(void **state)
{
    (void)state;
    struct scene s = scene_open();
    uint32_t of_b = fake_object(s.f, GS_OBJECT_THREAD, "Thread 2");
    fake_born(s.f, s.a, 0, 0);
    fake_state(s.f, s.a, 10, GS_STATE_WAITING, of_b, 4, GS_CAUSE_NONE);
    const struct gs_event starts = s.f->events.items[s.f->events.count - 1];
    fake_born(s.f, s.b, 20, s.a);
    fake_wake(s.f, s.b, 30, s.a, of_b);
    const struct gs_event wakes = s.f->events.items[s.f->events.count - 1];
    fake_state(s.f, s.a, 35, GS_STATE_RUNNING, 0, 4, s.b);
    fake_state(s.f, s.a, 40, GS_STATE_WAITING, of_b, 5, GS_CAUSE_NONE);
    expect(&s, "Thread 1 waits for the end of Thread 2 (line 5).");
    char text[200];
    gs_explain_event(text, sizeof text, s.f->timeline, &starts);
    assert_string_equal(text, "Thread 1 waits for the start of Thread 2 (line 4).");
    gs_explain_event(text, sizeof text, s.f->timeline, &wakes);
    assert_string_equal(text, "Thread 2 woke Thread 1, which waited for the start of Thread 2.");
    fake_close(s.f);
}

static void garbage_has_a_sentence_too(void **state)
{
    (void)state;
    struct scene s = scene_open();
    char text[80];
    static const uint64_t numbers[] = {0, 1, 7, 4096, UINT32_MAX, UINT64_MAX};
    for (unsigned kind = 0; kind < 256; kind++) {
        for (unsigned i = 0; i < 216; i++) {
            struct gs_event e = {.actor = (uint32_t)numbers[i % 6],
                                 .kind = (uint8_t)kind,
                                 .flags = (uint8_t)(i * 37),
                                 .a = numbers[i / 6 % 6],
                                 .b = numbers[i / 36]};
            gs_explain_event(text, sizeof text, s.f->timeline, &e);
            assert_true(*text);
        }
    }
    fake_close(s.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lives_and_states),
        cmocka_unit_test(around_the_gil),
        cmocka_unit_test(around_the_old_gil),
        cmocka_unit_test(between_two_interpreters),
        cmocka_unit_test(a_block_of_no_length),
        cmocka_unit_test(a_block_at_the_instant_of_the_take),
        cmocka_unit_test(locks_and_messages),
        cmocka_unit_test(what_the_scene_says),
        cmocka_unit_test(what_is_waited_for),
        cmocka_unit_test(tasks_are_taken_and_done),
        cmocka_unit_test(garbage_has_a_sentence_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
