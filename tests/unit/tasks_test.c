/* Event loops and their tasks, wherever a reader tells of them. */
#include "export/export.h"
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"
#include "timeline/judge/verify.h"
#include "timeline/rows.h"
#include "timeline/turns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A thread that runs a loop with two tasks, the second of which was created by the first. */
struct loop {
    struct fake_trace *f;
    uint32_t process, gil, thread, loop, main, fetch;
    uint32_t end_of_fetch; /* what main awaits */
};

static struct loop open_loop(void)
{
    struct loop x = {.f = fake_open()};
    x.process = fake_process(x.f, "process 1");
    x.gil = fake_interpreter(x.f, x.process, "main interpreter", false);
    x.thread = fake_thread(x.f, x.gil, "MainThread");
    x.loop = fake_loop(x.f, x.thread, "loop");
    x.main = fake_task_of(x.f, x.loop, "main", "main");
    x.fetch = fake_task_of(x.f, x.loop, "fetch-1", "Client.get");
    x.end_of_fetch = fake_end_of_task(x.f, x.fetch);
    fake_born(x.f, x.process, 0, 0);
    fake_born(x.f, x.thread, 0, 0);
    fake_state(x.f, x.thread, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_born(x.f, x.loop, FAKE_MS(1), x.thread);
    fake_state(x.f, x.loop, FAKE_MS(1), GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_born(x.f, x.main, FAKE_MS(1), x.thread);
    fake_state(x.f, x.main, FAKE_MS(1), GS_STATE_RUNNING, 0, 4, x.thread);
    fake_born(x.f, x.fetch, FAKE_MS(2), x.main);
    fake_state(x.f, x.fetch, FAKE_MS(2), GS_STATE_READY, 0, 0, x.main);
    return x;
}

/* The thread goes over into a state, and with it its loop and who is on that. */
static void all_do(struct loop *x, uint32_t task, uint64_t ns, unsigned state, uint32_t line,
                   uint32_t cause)
{
    fake_state(x->f, x->thread, ns, state, 0, line, cause);
    fake_state(x->f, x->loop, ns, state, 0, line, cause);
    if (task)
        fake_state(x->f, task, ns, state, 0, line, cause);
}

/* main awaits fetch-1, which has its turn. */
static void give_way(struct loop *x, uint64_t ns)
{
    fake_state(x->f, x->main, ns, GS_STATE_AWAITING, x->end_of_fetch, 6, GS_CAUSE_NONE);
    fake_state(x->f, x->fetch, ns, GS_STATE_RUNNING, 0, 11, x->main);
}

static void expect_sentence(const struct loop *x, uint32_t actor, uint64_t ns, const char *expected)
{
    char text[600];
    assert_string_equal(gs_explain(text, sizeof text, x->f->timeline, actor, ns), expected);
}

/* Whoever awaits several goes on by the end of the last one, which is over by then. */
static void the_last_of_several_is_done(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t gather = fake_object(x.f, GS_OBJECT_FUTURE, "gather"), actor;
    uint64_t time;
    fake_state(x.f, x.main, FAKE_MS(4), GS_STATE_AWAITING, gather, 6, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_RUNNING, 0, 11, x.main);
    fake_died(x.f, x.fetch, FAKE_MS(9), false);
    fake_state(x.f, x.main, FAKE_MS(10), GS_STATE_READY, 0, 6, x.fetch);
    expect_sentence(&x, x.main, FAKE_MS(4),
                    "main awaits the result of gather (line 6). This ends in 6.0 ms: fetch-1 is "
                    "done.");
    assert_true(gs_explain_cause(x.f->timeline, x.main, FAKE_MS(5), &actor, &time));
    assert_int_equal(actor, x.fetch);
    assert_int_equal(time, FAKE_MS(9) - 1);
    fake_close(x.f);
}

static void expect_event(const struct loop *x, const char *expected)
{
    char text[600];
    const struct gs_event *last = &x->f->events.items[x->f->events.count - 1];
    assert_string_equal(gs_explain_event(text, sizeof text, x->f->timeline, last), expected);
}

static void expect_said(const struct loop *x, const char *format, const char *const *texts)
{
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    const struct gs_export_source source = {
        .timeline = x->f->timeline, .width = 100, .clock = GS_CLOCK_REAL, .at = FAKE_MS(9)};
    assert_true(gs_exporter_find(format)->write(out, &source, &err));
    fclose(out);
    for (; *texts; texts++) {
        if (!strstr(text, *texts))
            fail_msg("nowhere: %s\n%s", *texts, text);
    }
    free(text);
}
#define EXPECT(x, format, ...) expect_said(x, format, (const char *const[]){__VA_ARGS__, NULL})

/* How a task came to its end, in the sentence at the cursor, for the event, as text and as JSON. */
static void expect_end(enum gs_death how, const char *error, const char *words, const char *text,
                       const char *json)
{
    struct loop x = open_loop();
    char sentence[200];
    give_way(&x, FAKE_MS(3));
    uint32_t by = how == GS_DEATH_CANCELLED ? x.main : 0;
    if (error)
        by = gs_segment_add_string(x.f->segment, error, strlen(error));
    fake_died_by(x.f, x.fetch, FAKE_MS(5), how, by);
    snprintf(sentence, sizeof sentence, "fetch-1 ended%s.", words);
    expect_event(&x, sentence);
    snprintf(sentence, sizeof sentence, "fetch-1 ended at 5.0 ms, after 3.0 ms%s.", words);
    expect_sentence(&x, x.fetch, FAKE_MS(5), sentence);
    EXPECT(&x, "text", text);
    if (json)
        EXPECT(&x, "json", json);
    fake_close(x.f);
}

static void a_task_s_end_tells_how(void **state)
{
    (void)state;
    expect_end(0, NULL, "", "5.0 ms: fetch-1 ends.\n", NULL);
    expect_end(GS_DEATH_CANCELLED, NULL, ": main cancelled it",
               "5.0 ms: fetch-1 ends, cancelled by main.\n",
               "{\"type\":\"died\",\"time\":5000000,\"actor\":6,\"how\":\"cancelled\",\"by\":5}\n");
    expect_end(GS_DEATH_ERROR, "ValueError: no", ": it failed with ValueError: no",
               "5.0 ms: fetch-1 ends with ValueError: no.\n",
               "\"actor\":6,\"how\":\"failed\",\"error\":\"ValueError: no\"}\n");
    expect_end(GS_DEATH_CUT_OFF, NULL, ", before it was done",
               "5.0 ms: fetch-1 ends before it is done.\n", "\"actor\":6,\"how\":\"cut-off\"}\n");
}

/* main, fetch-1, which computes outside on the way, the selector, main again. */
static struct loop open_turns(void)
{
    struct loop x = open_loop();
    give_way(&x, FAKE_MS(3));
    all_do(&x, x.fetch, FAKE_MS(4), GS_STATE_NATIVE, 12, GS_CAUSE_NONE);
    all_do(&x, x.fetch, FAKE_MS(6), GS_STATE_RUNNING, 13, GS_CAUSE_WORK);
    fake_state(x.f, x.main, FAKE_MS(7), GS_STATE_READY, 0, 0, x.fetch);
    fake_died(x.f, x.fetch, FAKE_MS(7), false);
    all_do(&x, 0, FAKE_MS(7), GS_STATE_IO, 0, GS_CAUSE_NONE);
    all_do(&x, 0, FAKE_MS(9), GS_STATE_RUNNING, 0, GS_CAUSE_WORK);
    fake_state(x.f, x.main, FAKE_MS(9), GS_STATE_RUNNING, 0, 7, GS_CAUSE_NONE);
    return x;
}

static void expect_turn(const struct loop *x, size_t i, uint32_t owner, uint64_t start,
                        uint64_t end)
{
    const struct gs_lane *loop = gs_timeline_lane(x->f->timeline, x->loop);
    assert_true(i < loop->holds.count);
    assert_int_equal(loop->holds.items[i].owner, owner);
    assert_int_equal(loop->holds.items[i].start, start);
    assert_int_equal(gs_hold_end(x->f->timeline, &loop->holds.items[i]), end);
}

static void expect_crowd(const struct loop *x, uint64_t ns, uint32_t on, uint32_t ready,
                         uint32_t awaiting)
{
    struct gs_crowd crowd = gs_crowd_at(x->f->timeline, x->loop, ns);
    assert_int_equal(crowd.on, on);
    assert_int_equal(crowd.ready, ready);
    assert_int_equal(crowd.awaiting, awaiting);
}

static void a_loop_has_turns(void **state)
{
    (void)state;
    struct loop x = open_turns();
    fake_end(x.f, FAKE_MS(10), 0);
    assert_int_equal(gs_timeline_lane(x.f->timeline, x.loop)->holds.count, 3);
    expect_turn(&x, 0, x.main, FAKE_MS(1), FAKE_MS(3));
    expect_turn(&x, 1, x.fetch, FAKE_MS(3), FAKE_MS(7));
    expect_turn(&x, 2, x.main, FAKE_MS(9), FAKE_MS(10));
    fake_close(x.f);
}

static void a_loop_s_tasks_are_counted(void **state)
{
    (void)state;
    struct loop x = open_turns();
    fake_end(x.f, FAKE_MS(11), 0);
    expect_crowd(&x, 0, 0, 0, 0);
    expect_crowd(&x, FAKE_MS(2.5), 1, 1, 0);
    expect_crowd(&x, FAKE_MS(5), 1, 0, 1);
    expect_crowd(&x, FAKE_MS(8), 0, 1, 0);
    expect_crowd(&x, FAKE_MS(99), 1, 0, 0);
    struct gs_crowd_mean mean =
        gs_crowd_between(x.f->timeline, x.loop, FAKE_MS(2), FAKE_MS(12)); /* it ends at 11 */
    assert_int_equal(mean.on * 9 + .5, 1 + 4 + 2);
    assert_int_equal(mean.ready * 9 + .5, 1 + 2);
    assert_int_equal(mean.awaiting * 9 + .5, 4);
    assert_int_equal(gs_crowd_between(x.f->timeline, x.gil, 0, 99).on, 0);
    fake_close(x.f);
}

/* helper runs its first step inside main's, and is suspended in it. */
static void a_step_inside_a_step_has_the_turn(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t helper = fake_task(x.f, x.loop, "helper");
    struct gs_violations violations;
    fake_born(x.f, helper, FAKE_MS(3), x.main);
    fake_state(x.f, helper, FAKE_MS(3), GS_STATE_RUNNING, 0, 20, GS_CAUSE_NONE);
    all_do(&x, helper, FAKE_MS(4), GS_STATE_SLEEPING, 21, GS_CAUSE_NONE);
    all_do(&x, helper, FAKE_MS(5), GS_STATE_RUNNING, 21, GS_CAUSE_CLOCK);
    fake_state(x.f, helper, FAKE_MS(6), GS_STATE_AWAITING, 0, 22, GS_CAUSE_NONE);
    fake_end(x.f, FAKE_MS(8), 0);
    expect_turn(&x, 0, x.main, FAKE_MS(1), FAKE_MS(3));
    expect_turn(&x, 1, helper, FAKE_MS(3), FAKE_MS(6));
    expect_turn(&x, 2, x.main, FAKE_MS(6), FAKE_MS(8));
    expect_crowd(&x, FAKE_MS(5), 2, 1, 0);
    assert_true(gs_verify(x.f->timeline, &violations));
    fake_close(x.f);
}

/* NULL: no rule is broken. */
static void expect_breach(struct loop *x, const char *text)
{
    struct gs_violations violations;
    fake_end(x->f, FAKE_MS(10), 0);
    bool good = gs_verify(x->f->timeline, &violations);
    if (!text && !good)
        fail_msg("%s", violations.list.items[0].text);
    if (text) {
        assert_false(good);
        assert_string_equal(violations.list.items[0].text, text);
    }
    gs_vec_free(&violations.list);
    fake_close(x->f);
}

static void what_a_loop_does_is_verified(void **state)
{
    (void)state;
    struct loop x = open_turns();
    expect_breach(&x, NULL);

    x = open_loop(); /* before main is off the loop */
    fake_state(x.f, x.fetch, FAKE_MS(3), GS_STATE_RUNNING, 0, 11, GS_CAUSE_NONE);
    fake_state(x.f, x.main, FAKE_MS(4), GS_STATE_AWAITING, x.end_of_fetch, 6, GS_CAUSE_NONE);
    expect_breach(&x, "fetch-1 comes on its loop at 3.0 ms, while main is on it and did not begin "
                      "it.");

    x = open_loop();
    all_do(&x, 0, FAKE_MS(3), GS_STATE_SLEEPING, 5, GS_CAUSE_NONE);
    expect_breach(&x, "main is 'running' at 3.0 ms, which its thread, MainThread, is not.");

    x = open_loop();
    fake_state(x.f, x.thread, FAKE_MS(3), GS_STATE_SLEEPING, 0, 5, GS_CAUSE_NONE);
    fake_state(x.f, x.main, FAKE_MS(3), GS_STATE_SLEEPING, 0, 5, GS_CAUSE_NONE);
    expect_breach(&x, "loop is 'running' at 3.0 ms, which its thread, MainThread, is not.");

    x = open_loop(); /* who lost its core is ready, and on the loop */
    fake_off_core(x.f, x.thread, FAKE_MS(5), FAKE_MS(3), FAKE_MS(4));
    expect_breach(&x, NULL);

    x = open_loop();
    give_way(&x, FAKE_MS(3));
    fake_state(x.f, x.main, FAKE_MS(5), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    expect_breach(&x, "main awaited (fetch-1) until 5.0 ms, for 2.0 ms, and nobody ended that.");

    x = open_loop();
    give_way(&x, FAKE_MS(3));
    fake_died(x.f, x.fetch, FAKE_MS(4), false);
    fake_state(x.f, x.fetch, FAKE_MS(5), GS_STATE_READY, 0, 0, x.main);
    expect_breach(&x, "fetch-1 is dead, and yet it has a 'state' event at 5.0 ms.");
}

/* fetch-1 sleeps and is cancelled before its time: by whom, in the sentence at it and as text. */
static void expect_canceller(struct loop *x, uint32_t by, const char *before, const char *after,
                             const char *text)
{
    expect_sentence(x, x->fetch, FAKE_MS(5), before);
    expect_sentence(x, x->fetch, FAKE_MS(6), after);
    fake_died_by(x->f, x->fetch, FAKE_MS(7), GS_DEATH_CANCELLED, by);
    EXPECT(x, "text", text);
    fake_close(x->f);
}

/* main cancels it, or (callback) its loop does, in what it calls. */
static struct loop sleeper(const char *callback)
{
    struct loop x = open_loop();
    give_way(&x, FAKE_MS(3));
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_AWAITING,
               fake_object(x.f, GS_OBJECT_SLEEP, "sleep"), 14, GS_CAUSE_NONE);
    if (callback)
        fake_label(x.f, x.loop, FAKE_MS(6), callback, 0);
    fake_state(x.f, x.fetch, FAKE_MS(6), GS_STATE_READY, 0, 14, callback ? x.loop : x.main);
    if (callback)
        fake_label_end(x.f, x.loop, FAKE_MS(6.5));
    fake_state(x.f, x.fetch, FAKE_MS(7), GS_STATE_RUNNING, 0, 14, GS_CAUSE_NONE);
    return x;
}

/* fetch-1 sleeps until 6 ms; main has its turn from 5 ms on, and blocks the loop. */
static struct loop late_sleeper(void)
{
    struct loop x = open_loop();
    give_way(&x, FAKE_MS(3));
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_AWAITING,
               fake_object(x.f, GS_OBJECT_SLEEP, "sleep"), 14, GS_CAUSE_NONE);
    fake_due(x.f, x.fetch, FAKE_MS(4), FAKE_MS(6));
    fake_state(x.f, x.main, FAKE_MS(5), GS_STATE_READY, 0, 8, x.thread);
    fake_state(x.f, x.main, FAKE_MS(5), GS_STATE_RUNNING, 0, 8, GS_CAUSE_NONE);
    all_do(&x, x.main, FAKE_MS(5), GS_STATE_SLEEPING, 8, GS_CAUSE_NONE);
    return x;
}

static void a_sleep_that_is_over_waits_for_its_loop(void **state)
{
    (void)state;
    struct loop x = late_sleeper();
    gs_timeline_extend(x.f->timeline, FAKE_MS(10));
    expect_sentence(&x, x.fetch, FAKE_MS(5),
                    "fetch-1 has slept for 1.0 ms (line 14), and keeps nobody from running. This "
                    "is over in 1.0 ms.");
    expect_sentence(&x, x.fetch, FAKE_MS(8),
                    "fetch-1 has slept for 4.0 ms (line 14), and keeps nobody from running. Its "
                    "time came 2.0 ms ago, and its loop has had no turn since to wake it. main has "
                    "had its turn on loop for 3.0 ms, and blocks it: it sleeps (line 8).");
    expect_sentence(&x, x.main, FAKE_MS(8),
                    "main has been sleeping for 3.0 ms (line 8). It blocks its loop; it keeps 1 "
                    "task waiting: fetch-1.");
    assert_int_equal(gs_turn_kept_count(x.f->timeline, x.loop, FAKE_MS(6) - 1), 0);
    assert_int_equal(gs_turn_kept_count(x.f->timeline, x.loop, FAKE_MS(6)), 1);
    fake_state(x.f, x.main, FAKE_MS(26), GS_STATE_AWAITING, 0, 9, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(26), GS_STATE_READY, 0, 14, GS_CAUSE_CLOCK);
    expect_sentence(&x, x.fetch, FAKE_MS(5),
                    "fetch-1 has slept for 1.0 ms (line 14), and keeps nobody from running. This "
                    "ends in 21.0 ms: its sleep is over, 20.0 ms late.");
    assert_int_equal(gs_turn_late_count(x.f->timeline, x.loop, FAKE_MS(26) - 1), 1);
    assert_int_equal(gs_turn_late_count(x.f->timeline, x.loop, FAKE_MS(26)), 0);
    EXPECT(&x, "json", "{\"type\":\"due\",\"time\":4000000,\"actor\":6,\"until\":6000000}\n");
    fake_close(x.f);
}

/* fetch-1 awaits something until 6 ms at most. */
static void a_time_limit_that_has_passed_waits_for_its_loop(void **state)
{
    (void)state;
    struct loop x = open_loop();
    give_way(&x, FAKE_MS(3));
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_AWAITING, fake_object(x.f, GS_OBJECT_EVENT, "go"),
               14, GS_CAUSE_NONE);
    fake_limit(x.f, x.fetch, FAKE_MS(4), FAKE_MS(6));
    expect_event(&x, "fetch-1 awaits something, at most until 6.0 ms.");
    gs_timeline_extend(x.f->timeline, FAKE_MS(5));
    expect_sentence(&x, x.main, FAKE_MS(4.5),
                    "main has awaited fetch-1 for 1.5 ms (line 6), which awaits somebody to set go "
                    "at most until 6.0 ms (line 14).");
    fake_state(x.f, x.main, FAKE_MS(5), GS_STATE_READY, 0, 8, x.thread);
    fake_state(x.f, x.main, FAKE_MS(5), GS_STATE_RUNNING, 0, 8, GS_CAUSE_NONE);
    all_do(&x, x.main, FAKE_MS(5), GS_STATE_SLEEPING, 8, GS_CAUSE_NONE);
    gs_timeline_extend(x.f->timeline, FAKE_MS(10));
    expect_sentence(&x, x.fetch, FAKE_MS(5),
                    "fetch-1 has awaited somebody to set go for 1.0 ms (line 14). Its time limit "
                    "runs out in 1.0 "
                    "ms.");
    expect_sentence(&x, x.fetch, FAKE_MS(8),
                    "fetch-1 has awaited somebody to set go for 4.0 ms (line 14). Its time limit "
                    "ran out 2.0 ms "
                    "ago, and its loop has had no turn since to wake it. main has had its turn on "
                    "loop for 3.0 ms, and blocks it: it sleeps (line 8).");
    assert_int_equal(gs_turn_kept_count(x.f->timeline, x.loop, FAKE_MS(6)), 1);
    EXPECT(&x, "json",
           "{\"type\":\"due\",\"time\":4000000,\"actor\":6,\"until\":6000000,\"limit\":true}\n");
    fake_state(x.f, x.main, FAKE_MS(26), GS_STATE_AWAITING, 0, 9, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(26), GS_STATE_READY, 0, 14, x.main);
    expect_sentence(&x, x.fetch, FAKE_MS(5),
                    "fetch-1 has awaited somebody to set go for 1.0 ms (line 14). This ends in "
                    "21.0 ms: main wakes "
                    "it.");
    fake_close(x.f);
}

/* Nobody is late who was cancelled before. */
static void a_sleep_that_is_cut_short_is_never_late(void **state)
{
    (void)state;
    struct loop x = late_sleeper();
    fake_state(x.f, x.fetch, FAKE_MS(5.5), GS_STATE_READY, 0, 14, x.main);
    assert_int_equal(gs_turn_late_count(x.f->timeline, x.loop, FAKE_MS(8)), 0);
    assert_int_equal(gs_turn_due(x.f->timeline, x.fetch, FAKE_MS(5)), FAKE_MS(6));
    assert_int_equal(gs_turn_due(x.f->timeline, x.fetch, FAKE_MS(5.5)), 0);
    fake_close(x.f);
}

static void who_cancels_a_sleep(void **state)
{
    (void)state;
    struct loop x = sleeper(NULL);
    expect_canceller(&x, x.main,
                     "fetch-1 has slept for 1.0 ms (line 14), and keeps nobody from running. This "
                     "ends in 1.0 ms: main cancels it.",
                     "fetch-1 is ready to run: main cancelled it. Nobody has the turn on loop just "
                     "now. Its turn comes in 1.0 ms.",
                     "fetch-1 sleeps (line 14) until 6.0 ms, when main cancels it.");
    x = sleeper("Timeout._on_timeout");
    expect_canceller(
        &x, x.loop,
        "fetch-1 has slept for 1.0 ms (line 14), and keeps nobody from running. This "
        "ends in 1.0 ms: its timeout cancels it.",
        "fetch-1 is ready to run: its timeout cancelled it. Timeout._on_timeout, which "
        "loop calls, begins. Its turn comes in 1.0 ms.",
        "fetch-1 sleeps (line 14) until 6.0 ms, when its timeout cancels it.");
    x = sleeper("Task.cancel");
    expect_canceller(&x, x.loop,
                     "fetch-1 has slept for 1.0 ms (line 14), and keeps nobody from running. This "
                     "ends in 1.0 ms: Task.cancel, which loop calls, cancels it.",
                     "fetch-1 is ready to run: Task.cancel, which loop calls, cancelled it. "
                     "Task.cancel, which loop calls, begins. Its turn comes in 1.0 ms.",
                     "until 6.0 ms, when Task.cancel, which loop calls, cancels it.");
}

/* What else is awaited may end by whoever cancels: known by the end of the task, if that comes of
 * it. */
static void who_cancels_what_is_awaited(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t lock = fake_object(x.f, GS_OBJECT_LOCK, "gate");
    give_way(&x, FAKE_MS(3));
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_AWAITING, lock, 14, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(5), GS_STATE_READY, 0, 14, x.main);
    fake_state(x.f, x.fetch, FAKE_MS(6), GS_STATE_RUNNING, 0, 14, GS_CAUSE_NONE);
    const char woken[] = "fetch-1 awaits gate (line 14). This ends in 1.0 ms: main wakes it.";
    expect_sentence(&x, x.fetch, FAKE_MS(4), woken);
    fake_state(x.f, x.fetch, FAKE_MS(7), GS_STATE_AWAITING, lock, 15, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(8), GS_STATE_READY, 0, 15, x.main);
    fake_died_by(x.f, x.fetch, FAKE_MS(9), GS_DEATH_CANCELLED, x.main);
    expect_sentence(&x, x.fetch, FAKE_MS(4), woken);
    expect_sentence(&x, x.fetch, FAKE_MS(7),
                    "fetch-1 awaits gate (line 15). This ends in 1.0 ms: main cancels it.");
    fake_close(x.f);
}

/* One that sleeps, one that awaits that one, and one that nobody created a name for. */
static void why_a_task_does_not_go_on(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t inner = fake_task_of(x.f, x.loop, "Task-3", "main.<locals>.inner");
    uint32_t end_of_inner = fake_end_of_task(x.f, inner),
             sleep = fake_object(x.f, GS_OBJECT_SLEEP, "sleep");
    fake_born(x.f, inner, FAKE_MS(2), x.main);
    fake_state(x.f, inner, FAKE_MS(2), GS_STATE_READY, 0, 0, x.main);
    give_way(&x, FAKE_MS(3));
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_AWAITING, end_of_inner, 14, GS_CAUSE_NONE);
    fake_state(x.f, inner, FAKE_MS(4), GS_STATE_RUNNING, 0, 20, GS_CAUSE_NONE);
    fake_state(x.f, inner, FAKE_MS(5), GS_STATE_AWAITING, sleep, 21, GS_CAUSE_NONE);
    all_do(&x, 0, FAKE_MS(5), GS_STATE_IO, 0, GS_CAUSE_NONE);
    gs_timeline_extend(x.f->timeline, FAKE_MS(6));
    expect_sentence(&x, x.main, FAKE_MS(6),
                    "main has awaited fetch-1 for 3.0 ms (line 6), which awaits Task-3 (inner) "
                    "(line 14), which sleeps (line 21).");
    expect_sentence(&x, inner, FAKE_MS(5),
                    "Task-3 (inner) goes to sleep (line 21), and keeps nobody from running.");
    expect_sentence(&x, x.loop, FAKE_MS(6),
                    "loop has waited in its selector for 1.0 ms: its 3 tasks await something.");

    all_do(&x, 0, FAKE_MS(8), GS_STATE_RUNNING, 0, GS_CAUSE_CLOCK);
    fake_state(x.f, inner, FAKE_MS(8), GS_STATE_READY, 0, 0, GS_CAUSE_CLOCK);
    fake_state(x.f, inner, FAKE_MS(8.5), GS_STATE_RUNNING, 0, 21, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(9), GS_STATE_READY, 0, 0, inner);
    fake_died(x.f, inner, FAKE_MS(9), false);
    expect_sentence(&x, x.main, FAKE_MS(6),
                    "main has awaited fetch-1 for 3.0 ms (line 6), which awaits Task-3 (inner) "
                    "(line 14), which sleeps until 8.0 ms (line 21).");
    expect_sentence(&x, x.fetch, FAKE_MS(6),
                    "fetch-1 has awaited Task-3 (inner) for 2.0 ms (line 14), which sleeps until "
                    "8.0 ms (line 21). This ends in 3.0 ms: Task-3 (inner) is done.");
    expect_sentence(&x, inner, FAKE_MS(6),
                    "Task-3 (inner) has slept for 1.0 ms (line 21), and keeps nobody from running. "
                    "This ends in 2.0 ms: its sleep is over.");
    expect_sentence(&x, inner, FAKE_MS(8),
                    "Task-3 (inner) is ready to run: its sleep is over. Nobody has the turn on "
                    "loop just now. Its turn comes in 500 µs.");
    expect_sentence(&x, x.loop, FAKE_MS(6),
                    "loop has waited in its selector for 1.0 ms: its 3 tasks await something. It "
                    "goes on in 2.0 ms: a timer is due. The next turn is that of Task-3 (inner), "
                    "in 2.5 ms.");
    expect_sentence(&x, x.process, FAKE_MS(6),
                    "process 1 has 1 thread and 3 tasks: 1 io, 3 awaiting.");
    fake_close(x.f);
}

static void who_wakes_a_loop_is_told(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t poker = fake_thread(x.f, x.gil, "poker");
    fake_state(x.f, x.main, FAKE_MS(3), GS_STATE_AWAITING, x.end_of_fetch, 6, GS_CAUSE_NONE);
    fake_died(x.f, x.fetch, FAKE_MS(3), false);
    all_do(&x, 0, FAKE_MS(5), GS_STATE_IO, 0, GS_CAUSE_NONE);
    all_do(&x, 0, FAKE_MS(8), GS_STATE_RUNNING, 0, poker);
    expect_sentence(&x, x.loop, FAKE_MS(6),
                    "loop has waited in its selector for 1.0 ms: its 1 task awaits something. It "
                    "goes on in 2.0 ms: poker wakes it.");
    fake_close(x.f);
}

static void what_put_a_task_into_the_queue_is_told(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t sleep = fake_object(x.f, GS_OBJECT_SLEEP, "sleep"),
             socket = fake_object(x.f, GS_OBJECT_SOCKET, "server");
    give_way(&x, FAKE_MS(3));
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_AWAITING, sleep, 12, GS_CAUSE_NONE);
    expect_event(&x, "fetch-1 awaits sleep (line 12).");
    fake_state(x.f, x.fetch, FAKE_MS(5), GS_STATE_READY, 0, 0, GS_CAUSE_CLOCK);
    expect_event(&x, "fetch-1 is ready to run: a time was up.");
    fake_state(x.f, x.fetch, FAKE_MS(5), GS_STATE_RUNNING, 0, 12, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(6), GS_STATE_AWAITING, socket, 13, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(7), GS_STATE_READY, 0, 0, GS_CAUSE_WORK);
    expect_event(&x, "fetch-1 is ready to run: a file or socket has something for it.");
    fake_close(x.f);
}

/* As many tasks as that await each the next one, the last one whatever is awaited there. */
static void expect_chain(int length, int last_awaits, const char *expected)
{
    struct loop x = open_loop();
    uint32_t tasks[12];
    tasks[0] = x.fetch;
    for (int i = 1; i < length; i++) {
        char name[16];
        snprintf(name, sizeof name, "t%d", i);
        tasks[i] = fake_task(x.f, x.loop, name);
        fake_born(x.f, tasks[i], FAKE_MS(2), x.main);
    }
    for (int i = 0; i < length; i++) {
        uint32_t on = i + 1 < length    ? fake_end_of_task(x.f, tasks[i + 1])
                      : last_awaits < 0 ? fake_object(x.f, GS_OBJECT_QUEUE, "jobs")
                                        : fake_end_of_task(x.f, tasks[last_awaits]);
        fake_state(x.f, tasks[i], FAKE_MS(3), GS_STATE_AWAITING, on, 0, GS_CAUSE_NONE);
    }
    gs_timeline_extend(x.f->timeline, FAKE_MS(4));
    expect_sentence(&x, x.fetch, FAKE_MS(4), expected);
    fake_close(x.f);
}

static void chains_come_to_an_end(void **state)
{
    (void)state;
    expect_chain(2, -1, "fetch-1 has awaited t1 for 1.0 ms, which awaits jobs.");
    expect_chain(1, 0, "fetch-1 has awaited fetch-1 for 1.0 ms: it can never go on.");
    expect_chain(2, 0,
                 "fetch-1 has awaited t1 for 1.0 ms, which awaits fetch-1: neither can go on.");
    expect_chain(3, 0,
                 "fetch-1 has awaited t1 for 1.0 ms, which awaits t2, which awaits fetch-1: a "
                 "circle of 3, in which nobody can go on.");
    expect_chain(3, 1,
                 "fetch-1 has awaited t1 for 1.0 ms, which awaits t2, which awaits t1: neither can "
                 "go on.");
    expect_chain(
        12, -1,
        "fetch-1 has awaited t1 for 1.0 ms, which awaits t2, which awaits t3, which awaits "
        "t4, which awaits t5, which awaits t6, which awaits t7, which awaits t8, and so "
        "on.");
}

static void a_lock_is_somebody_s(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t lock = fake_object(x.f, GS_OBJECT_LOCK, "lock"),
             sleep = fake_object(x.f, GS_OBJECT_SLEEP, "sleep");
    fake_acquire(x.f, x.main, FAKE_MS(2), lock, 5, 1);
    fake_state(x.f, x.main, FAKE_MS(3), GS_STATE_AWAITING, sleep, 6, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(3), GS_STATE_RUNNING, 0, 11, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(4), GS_STATE_AWAITING, lock, 12, GS_CAUSE_NONE);
    gs_timeline_extend(x.f->timeline, FAKE_MS(6));
    expect_sentence(&x, x.fetch, FAKE_MS(6),
                    "fetch-1 has awaited lock for 2.0 ms (line 12), which main has, which sleeps "
                    "(line 6).");
    fake_close(x.f);
}

/* It tells no line while it computes: the one that is known is where it went on. */
static void who_computes_blocks_its_loop_from_a_line_on(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t sleep = fake_object(x.f, GS_OBJECT_SLEEP, "sleep");
    fake_state(x.f, x.main, FAKE_MS(3), GS_STATE_AWAITING, sleep, 6, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(3), GS_STATE_RUNNING, 0, 11, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(603), GS_STATE_AWAITING, sleep, 12, GS_CAUSE_NONE);
    fake_end(x.f, FAKE_MS(604), 0);
    expect_sentence(
        &x, x.loop, FAKE_MS(103),
        "fetch-1 has had its turn on loop for 100 ms, and blocks it for 600 ms: it runs "
        "on from line 11.");
    fake_close(x.f);
}

enum { DUMPS = 1 }; /* the place that it makes */

/* fetch-1, main and fetch-1 again block the loop, then a callback, then both. */
static struct loop open_computed(void)
{
    struct loop x = open_loop();
    assert_int_equal(fake_place(x.f, "/a/part.py", "json.dumps"), DUMPS);
    fake_state(x.f, x.main, FAKE_MS(3), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(3), GS_STATE_RUNNING, 0, 11, GS_CAUSE_NONE);
    for (unsigned i = 0; i < 3; i++) {
        uint32_t late = fake_task(x.f, x.loop, ((const char *[]){"late", "later", "last"})[i]);
        fake_born(x.f, late, FAKE_MS(4 + i), x.fetch);
        fake_state(x.f, late, FAKE_MS(4 + i), GS_STATE_READY, 0, 0, x.fetch);
    }
    fake_busy(x.f, x.fetch, FAKE_MS(315), "crunch", 14, 0, 93);
    fake_state(x.f, x.fetch, FAKE_MS(315), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_state(x.f, x.main, FAKE_MS(315), GS_STATE_RUNNING, 0, 4, x.loop);
    fake_busy(x.f, x.main, FAKE_MS(465), "pack", 20, DUMPS, 50);
    fake_state(x.f, x.main, FAKE_MS(465), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(465), GS_STATE_RUNNING, 0, 12, x.loop);
    fake_busy(x.f, x.fetch, FAKE_MS(565), "<module>", 21, 0, 49);
    fake_state(x.f, x.fetch, FAKE_MS(565), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_label(x.f, x.loop, FAKE_MS(566), "tick", 40);
    fake_busy(x.f, x.loop, FAKE_MS(766), "crunch", 14, 0, 100);
    fake_label_end(x.f, x.loop, FAKE_MS(766));
    fake_state(x.f, x.fetch, FAKE_MS(766), GS_STATE_RUNNING, 0, 13, x.loop);
    fake_state(x.f, x.fetch, FAKE_MS(900), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_state(x.f, x.main, FAKE_MS(900), GS_STATE_RUNNING, 0, 4, x.loop);
    gs_timeline_extend(x.f->timeline, FAKE_MS(1100));
    return x;
}

/* Where it was for most of the turn it tells when that is over; so nothing of it in the middle. */
static void who_computed_says_where(void **state)
{
    (void)state;
    struct loop x = open_computed();
    expect_sentence(&x, x.loop, FAKE_MS(5),
                    "fetch-1 has had its turn on loop for 2.0 ms, and blocks it for 312 ms: it "
                    "computes at line 14, in crunch; it keeps 3 tasks waiting: main, late and "
                    "later.");
    expect_sentence(&x, x.main, FAKE_MS(103),
                    "main has been ready to run for 100 ms. fetch-1 has had its turn on loop for "
                    "100 ms, and blocks it for 312 ms: it computes at line 14, in crunch; it keeps "
                    "3 more tasks waiting: late, later and last. Its turn comes in 212 ms.");
    expect_sentence(&x, x.fetch, FAKE_MS(103),
                    "fetch-1 has been running for 100 ms (line 11). It blocks its loop for 312 ms, "
                    "at line 14, in crunch; it keeps 4 tasks waiting: main, late and 2 others. It "
                    "gives way in 212 ms.");
    expect_sentence(&x, x.loop, FAKE_MS(415),
                    "main has had its turn on loop for 100 ms, and blocks it for 150 ms: it "
                    "computes mostly at part.py:20, in pack, which calls json.dumps; it keeps 4 "
                    "tasks waiting: fetch-1, late and 2 others.");
    expect_sentence(&x, x.loop, FAKE_MS(475),
                    "fetch-1 has had its turn on loop for 10.0 ms, and blocks it for 100 ms: it "
                    "computes most often at line 21; it keeps 4 tasks waiting: main, late and 2 "
                    "others.");
    expect_sentence(&x, x.loop, FAKE_MS(666),
                    "tick (line 40), which loop calls, has run for 100 ms, and blocks it for 200 "
                    "ms: it computes at line 14, in crunch; it keeps 5 tasks waiting: main, "
                    "fetch-1 and 3 others.");
    expect_sentence(&x, x.loop, FAKE_MS(896),
                    "fetch-1 has had its turn on loop for 130 ms, and blocks it for 134 ms: it "
                    "runs on from line 13; it keeps 4 tasks waiting: main, late and 2 others.");
    expect_sentence(&x, x.loop, FAKE_MS(1050),
                    "main has had its turn on loop for 150 ms, and blocks it: it runs on from "
                    "line 4; it keeps 4 tasks waiting: fetch-1, late and 2 others.");
    fake_close(x.f);
}

/* On the real clock its thread does. */
static void who_computes_is_where_its_thread_is(void **state)
{
    (void)state;
    struct loop x = open_computed();
    fake_state(x.f, x.thread, FAKE_MS(950), GS_STATE_RUNNING, 0, 6, GS_CAUSE_NONE);
    expect_sentence(&x, x.loop, FAKE_MS(1050),
                    "main has had its turn on loop for 150 ms, and blocks it: it runs on from line "
                    "6; it keeps 4 tasks waiting: fetch-1, late and 2 others.");
    EXPECT(&x, "text", "main blocks loop for 200 ms: it runs on from line 6;");
    fake_close(x.f);
}

/* A turn that may never end tells meanwhile. */
static void who_computes_for_long_says_where(void **state)
{
    (void)state;
    struct loop x = open_computed();
    fake_busy(x.f, x.main, FAKE_MS(1000), "spin", 5, 0, 60);
    fake_busy(x.f, x.main, FAKE_MS(1100), "spin", 5, 0, 95);
    expect_sentence(&x, x.loop, FAKE_MS(1050),
                    "main has had its turn on loop for 150 ms, and blocks it: it computes at line "
                    "5, in spin; it keeps 4 tasks waiting: fetch-1, late and 2 others.");
    expect_sentence(&x, x.main, FAKE_MS(1050),
                    "main has been running for 150 ms (line 4). It blocks its loop, at line 5, in "
                    "spin; it keeps 4 tasks waiting: fetch-1, late and 2 others.");
    EXPECT(&x, "text", "main blocks loop for 200 ms: it computes at line 5, in spin;");
    fake_close(x.f);
}

/* fetch-1 sleeps as a thread does, and a task stands in the queue all the while. */
static void who_blocks_a_loop_stands_out(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t late = fake_task(x.f, x.loop, "late");
    fake_born(x.f, late, FAKE_MS(2), x.main);
    fake_state(x.f, late, FAKE_MS(2), GS_STATE_READY, 0, 0, x.main);
    give_way(&x, FAKE_MS(3));
    all_do(&x, x.fetch, FAKE_MS(4), GS_STATE_SLEEPING, 12, GS_CAUSE_NONE);
    all_do(&x, x.fetch, FAKE_MS(9), GS_STATE_RUNNING, 12, GS_CAUSE_CLOCK);
    fake_died(x.f, x.fetch, FAKE_MS(10), false);
    fake_state(x.f, x.main, FAKE_MS(10), GS_STATE_READY, 0, 0, x.fetch);
    fake_state(x.f, late, FAKE_MS(10), GS_STATE_RUNNING, 0, 30, GS_CAUSE_NONE);
    fake_end(x.f, FAKE_MS(12), 0);
    expect_sentence(&x, x.fetch, FAKE_MS(6),
                    "fetch-1 has been sleeping for 2.0 ms (line 12). Its turn on the loop has "
                    "lasted for 3.0 ms. It blocks its loop for 7.0 ms; it keeps 1 task waiting: "
                    "late. It gives way in 4.0 ms.");
    expect_sentence(&x, late, FAKE_MS(6),
                    "late has been ready to run for 4.0 ms: main created it. fetch-1 has had its "
                    "turn on loop for 3.0 ms, and blocks it for 7.0 ms: it sleeps (line 12). Its "
                    "turn comes in 4.0 ms.");
    expect_sentence(&x, x.loop, FAKE_MS(6),
                    "fetch-1 has had its turn on loop for 3.0 ms, and blocks it for 7.0 ms: it "
                    "sleeps (line 12); it keeps 1 task waiting: late.");
    expect_sentence(&x, x.fetch, FAKE_MS(2),
                    "fetch-1 is ready to run: main created it. main has had its turn on loop for "
                    "1.0 ms (line 4); 2 tasks stand in its queue. Its turn comes in 1.0 ms.");
    expect_sentence(&x, late, FAKE_MS(11),
                    "late has been running for 1.0 ms (line 30). 1 other is ready, and has to wait "
                    "for its turn.");
    fake_close(x.f);
}

static void a_loop_runs_callbacks_too(void **state)
{
    (void)state;
    struct loop x = open_turns();
    fake_label(x.f, x.loop, FAKE_MS(9), "Timer.tick", 40);
    fake_state(x.f, x.main, FAKE_MS(9), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    gs_timeline_extend(x.f->timeline, FAKE_MS(10));
    expect_sentence(&x, x.loop, FAKE_MS(10),
                    "Timer.tick (line 40), which loop calls, has run for 1.0 ms.");
    EXPECT(&x, "boxes", " █   loop      calls Timer.tick · 0 ns ");
    char text[200];
    gs_explain_tasks_of(text, sizeof text, x.f->timeline, x.loop, FAKE_MS(6));
    assert_string_equal(text, "loop has 2 tasks now: 1 in its turn, 0 ready, 1 awaiting. z shows a "
                              "lane for each.");
    fake_close(x.f);
}

static void expect_figures(const struct loop *x,
                           bool (*write)(FILE *, const struct gs_export_source *,
                                         struct gs_error *),
                           const char *const *texts)
{
    char *text = NULL;
    size_t size = 0;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    const struct gs_export_source source = {.timeline = x->f->timeline, .clock = GS_CLOCK_REAL};
    assert_true(write(out, &source, &err));
    fclose(out);
    for (; *texts; texts++) {
        if (!strstr(text, *texts))
            fail_msg("nowhere: %s\n%s", *texts, text);
    }
    free(text);
}
#define FIGURES(x, write, ...) expect_figures(x, write, (const char *const[]){__VA_ARGS__, NULL})

/* From 5 ms to 15 ms the loop calls one that sleeps, while fetch-1 is ready; then a short one. */
static struct loop open_callback(void)
{
    struct loop x = open_loop();
    fake_state(x.f, x.main, FAKE_MS(4), GS_STATE_AWAITING, x.end_of_fetch, 6, GS_CAUSE_NONE);
    fake_label(x.f, x.loop, FAKE_MS(5), "main.<locals>.poll", 40);
    all_do(&x, 0, FAKE_MS(6), GS_STATE_SLEEPING, 41, GS_CAUSE_NONE);
    all_do(&x, 0, FAKE_MS(14), GS_STATE_RUNNING, 41, GS_CAUSE_CLOCK);
    fake_label_end(x.f, x.loop, FAKE_MS(15));
    expect_event(&x, "main.<locals>.poll, which loop called, is over.");
    fake_label(x.f, x.loop, FAKE_MS(15), "tick", 50);
    expect_event(&x, "loop calls tick (line 50).");
    fake_label_end(x.f, x.loop, FAKE_MS(17));
    fake_state(x.f, x.fetch, FAKE_MS(18), GS_STATE_RUNNING, 0, 11, GS_CAUSE_NONE);
    return x;
}

static void a_callback_that_blocks_its_loop_stands_out(void **state)
{
    (void)state;
    struct loop x = open_callback();
    gs_timeline_extend(x.f->timeline, FAKE_MS(20));
    EXPECT(&x, "lanes",
           "    loop          ▏ main ──────▏   ▏main.<locals>.poll blocks ────────────────▏tick ───"
           "    ▏fetch-1─\n");
    EXPECT(&x, "text",
           "6.0 ms: MainThread sleeps in the callback main.<locals>.poll and blocks its loop "
           "(line 41) until 14.0 ms.");
    FIGURES(&x, gs_export_stats,
            "\nloop      2      2  89.5 %       10.0 ms  line 41  main.<locals>.poll ");
    FIGURES(&x, gs_export_stats_json, "\"turns\":2,\"busy\":17000000,",
            "\"longest_turn\":{\"task\":null,\"start\":5000000,\"duration\":10000000,"
            "\"state\":\"sleeping\",\"callback\":\"main.<locals>.poll\",\"line\":41");
    EXPECT(&x, "boxes", " ·   loop      blocked by main.<locals>.poll · 4.0 ms ");
    expect_sentence(&x, x.fetch, FAKE_MS(9),
                    "fetch-1 has been ready to run for 7.0 ms: main created it. "
                    "main.<locals>.poll (line 40), which loop calls, has run for 4.0 ms, and "
                    "blocks it for 10.0 ms: it sleeps (line 41). Its turn comes in 9.0 ms.");
    expect_sentence(&x, x.loop, FAKE_MS(15), "tick (line 50), which loop calls, begins.");
    struct gs_violations violations;
    fake_end(x.f, FAKE_MS(20), 0);
    assert_true(gs_verify(x.f->timeline, &violations));
    fake_close(x.f);

    x = open_loop();
    fake_label(x.f, x.loop, FAKE_MS(3), "tick", 50);
    fake_label_end(x.f, x.loop, FAKE_MS(4));
    expect_breach(&x, "loop calls tick at 3.0 ms, while main has its turn on it.");
}

/* Where Enter leads to. */
static void expect_cause(const struct loop *x, uint32_t actor, uint64_t ns, uint32_t cause)
{
    uint32_t found = 0;
    uint64_t time;
    assert_int_equal(gs_explain_cause(x->f->timeline, actor, ns, &found, &time), cause != 0);
    if (cause)
        assert_int_equal(found, cause);
}

static void the_cause_is_who_has_the_turn(void **state)
{
    (void)state;
    struct loop x = open_turns();
    expect_cause(&x, x.fetch, FAKE_MS(2.5), x.main); /* it is ready, and main runs */
    expect_cause(&x, x.main, FAKE_MS(5), x.fetch);   /* which will wake it */
    expect_cause(&x, x.loop, FAKE_MS(5), x.fetch);
    fake_close(x.f);
}

/* fetch-1 blocks the loop from 4 to 9 ms. */
static struct loop open_blocked(void)
{
    struct loop x = open_loop();
    give_way(&x, FAKE_MS(3));
    all_do(&x, x.fetch, FAKE_MS(4), GS_STATE_SLEEPING, 12, GS_CAUSE_NONE);
    all_do(&x, x.fetch, FAKE_MS(9), GS_STATE_RUNNING, 12, GS_CAUSE_CLOCK);
    fake_state(x.f, x.main, FAKE_MS(10), GS_STATE_READY, 0, 0, x.fetch);
    fake_died(x.f, x.fetch, FAKE_MS(10), false);
    all_do(&x, 0, FAKE_MS(10), GS_STATE_IO, 0, GS_CAUSE_NONE);
    all_do(&x, 0, FAKE_MS(14), GS_STATE_RUNNING, 0, GS_CAUSE_WORK);
    fake_state(x.f, x.main, FAKE_MS(14), GS_STATE_RUNNING, 0, 7, GS_CAUSE_NONE);
    return x;
}

static void a_loop_and_its_tasks_have_lanes(void **state)
{
    (void)state;
    struct loop x = open_blocked();
    fake_end(x.f, FAKE_MS(20), 0);
    EXPECT(
        &x, "lanes",
        "  MainThread  █████████████████········sleep·········████──────wait───────█████████████",
        "    loop          ▏ main ──▏fetch-1 blocks ──────────────▏                "
        "▏ main ───────────────────\n",
        "    main          █████████┈┈┈┈┈┈┈┈┈┈┈fetch-1┈┈┈┈┈┈┈┈┈┈┈┈▸▸▸▸▸▸ready▸▸▸▸▸▸█████████████",
        "    fetch-1            ▸▸▸▸████········sleep·········████\n");
    fake_close(x.f);
}

/* Thirty of them, of which each has its turn once, while the others stand in the queue. */
static void many_tasks_are_one_lane(void **state)
{
    (void)state;
    enum { MANY = 30 };
    struct loop x = open_loop();
    uint32_t tasks[MANY], sleep = fake_object(x.f, GS_OBJECT_SLEEP, "sleep");
    for (int i = 0; i < MANY; i++) {
        tasks[i] = fake_task_of(x.f, x.loop, "", "work");
        fake_born(x.f, tasks[i], FAKE_MS(2), x.main);
        fake_state(x.f, tasks[i], FAKE_MS(2), GS_STATE_READY, 0, 0, x.main);
    }
    give_way(&x, FAKE_MS(3));
    fake_died(x.f, x.fetch, FAKE_MS(4), false);
    for (int i = 0; i < MANY; i++) {
        fake_state(x.f, tasks[i], FAKE_MS(4 + i), GS_STATE_RUNNING, 0, 9, GS_CAUSE_NONE);
        fake_state(x.f, tasks[i], FAKE_MS(5 + i), GS_STATE_AWAITING, sleep, 9, GS_CAUSE_NONE);
    }
    all_do(&x, 0, FAKE_MS(4 + MANY), GS_STATE_IO, 0, GS_CAUSE_NONE);
    fake_end(x.f, FAKE_MS(60), 0);
    EXPECT(
        &x, "lanes", "    loop       ▏m─11abbcdeefgghiijkllnoopqqrsstuvvwxxyzzABCCDEE▏\n",
        "    32 tasks   █▄▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▆▆▆▆▆▆▆▆▆▆▆▆▅▅▅▅▅▅▄▄▄▄▃▃▃▂██┈┈┈┈┈┈┈┈┈┈┈┈┈┈31 await┈┈┈",
        "▇ tasks ready, up to 31");
    fake_close(x.f);
}

static void boxes_show_tasks_under_their_thread(void **state)
{
    (void)state;
    struct loop x = open_blocked();
    gs_timeline_extend(x.f->timeline, FAKE_MS(20));
    EXPECT(&x, "boxes", " █ MainThread  runs · line 12 · 0 ns ",
           " █   loop      blocked by fetch-1 · 6.0 ms ",
           " ┈   main      awaits fetch-1 · line 6 · 6.0 ms ",
           " █   fetch-1   runs · line 12 · 0 ns ");
    fake_close(x.f);
}

static const struct gs_row *row_at(const struct gs_rows *rows, size_t i)
{
    assert_true(i < rows->list.count);
    return &rows->list.items[i];
}

/* As many as the filter keeps, beside process, thread and loop. */
static void expect_kept(const struct loop *x, const char *filter, uint64_t ns, size_t tasks)
{
    struct gs_rows rows = {0};
    gs_rows_build(&rows, x->f->timeline, &(struct gs_row_choice){.filter = filter, .time = ns});
    assert_int_equal(rows.list.count, tasks ? 3 + tasks : 0);
    gs_rows_free(&rows);
}

static void tasks_are_filtered_by_what_they_run_and_do(void **state)
{
    (void)state;
    struct loop x = open_blocked();
    expect_kept(&x, "client", FAKE_MS(5), 1); /* the coroutine of fetch-1 */
    expect_kept(&x, "fetch", FAKE_MS(5), 1);
    expect_kept(&x, "nobody", FAKE_MS(5), 0);
    expect_kept(&x, "Awaiting", FAKE_MS(5), 1);
    expect_kept(&x, "awaiting", FAKE_MS(2), 0);
    expect_kept(&x, "ready", FAKE_MS(2.5), 1);
    fake_close(x.f);
}

/* In sentences, and in sums: what is the same coroutine or callback in the same line is one. */
static void who_computed_has_figures(void **state)
{
    (void)state;
    struct loop x = open_computed();
    fake_busy(x.f, x.main, FAKE_MS(1100), "pack", 20, DUMPS, 50);
    fake_state(x.f, x.main, FAKE_MS(1100), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_end(x.f, FAKE_MS(1100), 0);
    EXPECT(&x, "text",
           "3.0 ms: fetch-1 blocks loop for 312 ms: it computes at line 14, in crunch; it keeps 4 "
           "tasks waiting: main, late and 2 others.\n",
           "315 ms: main blocks loop for 150 ms: it computes mostly at part.py:20, in pack, which "
           "calls json.dumps; it keeps",
           "566 ms: The callback tick blocks loop for 200 ms: it computes at line 14, in crunch; "
           "it keeps 5 tasks waiting: main, fetch-1 and 3 others.\n",
           "766 ms: fetch-1 blocks loop for 134 ms: it runs on from line 13; it keeps",
           "the longest lasts 312 ms, that of fetch-1 (line 14)");
    FIGURES(&x, gs_export_stats,
            "blocked loop  by          times  in all  longest  kept waiting  it is    at\n"
            "loop          main            2  350 ms   200 ms             4  running  part.py:20, "
            "in json.dumps\n"
            "loop          Client.get      1  312 ms   312 ms             4  running  line 14\n"
            "loop          tick            1  200 ms   200 ms             5  running  line 14\n"
            "loop          Client.get      1  134 ms   134 ms             4  running  line 13\n"
            "loop          Client.get      1  100 ms   100 ms             4  running  line 21\n");
    FIGURES(
        &x, gs_export_stats_json,
        "{\"type\":\"blocked\",\"loop\":4,\"coroutine\":\"main\",\"times\":2,\"total\":350000000,"
        "\"longest\":200000000,\"longest_at\":900000000,\"kept_waiting\":4,\"state\":\"running\","
        "\"line\":20,\"file\":\"/a/part.py\",\"call\":\"json.dumps\"}\n",
        "\"callback\":\"tick\",\"times\":1");
    EXPECT(&x, "json",
           "{\"type\":\"busy\",\"time\":465000000,\"actor\":5,\"function\":\"pack\",\"line\":20,"
           "\"file\":\"/a/part.py\",\"call\":\"json.dumps\",\"percent\":50}\n");
    fake_close(x.f);
}

/* A task that is made in a turn's last moment has not waited for that. */
static void who_comes_late_is_kept_by_nobody(void **state)
{
    (void)state;
    struct loop x = open_loop();
    fake_state(x.f, x.main, FAKE_MS(3), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_state(x.f, x.fetch, FAKE_MS(3), GS_STATE_RUNNING, 0, 11, GS_CAUSE_NONE);
    uint32_t late = fake_task(x.f, x.loop, "late");
    fake_born(x.f, late, FAKE_MS(202), x.fetch);
    fake_state(x.f, late, FAKE_MS(202), GS_STATE_READY, 0, 0, x.fetch);
    fake_state(x.f, x.fetch, FAKE_MS(203), GS_STATE_READY, 0, 0, GS_CAUSE_NONE);
    fake_end(x.f, FAKE_MS(204), 0);
    EXPECT(&x, "text", "it keeps 1 task waiting: main.\n");
    fake_close(x.f);
}

/* By number, and by whoever wants it otherwise. */
static void a_loop_s_tasks_fold(void **state)
{
    (void)state;
    struct loop x = open_blocked();
    struct gs_rows rows = {0};
    struct gs_row_choice choice = {.most_tasks = 2};
    gs_rows_build(&rows, x.f->timeline, &choice);
    assert_int_equal(row_at(&rows, 2)->kind, GS_ROW_LOOP);
    assert_int_equal(row_at(&rows, 3)->kind, GS_ROW_LANE);
    choice.most_tasks = 1;
    gs_rows_build(&rows, x.f->timeline, &choice);
    assert_int_equal(rows.list.count, 4);
    assert_int_equal(row_at(&rows, 3)->kind, GS_ROW_TASKS);
    assert_int_equal(row_at(&rows, 3)->hidden, 2);
    choice.opened = &x.loop;
    choice.opened_count = 1;
    gs_rows_build(&rows, x.f->timeline, &choice);
    assert_int_equal(row_at(&rows, 4)->kind, GS_ROW_LANE);
    choice = (struct gs_row_choice){.folded = &x.loop, .folded_count = 1};
    gs_rows_build(&rows, x.f->timeline, &choice);
    assert_int_equal(row_at(&rows, 3)->kind, GS_ROW_TASKS);
    choice.folded = &x.process;
    gs_rows_build(&rows, x.f->timeline, &choice);
    assert_int_equal(row_at(&rows, 0)->hidden, 4);
    gs_rows_free(&rows);
    fake_close(x.f);
}

/* Where a loop tidies up: shown to whoever asks. */
static void a_loop_s_own_tasks_are_left_out(void **state)
{
    (void)state;
    struct loop x = open_loop();
    uint32_t own = fake_helper(x.f, GS_ACTOR_TASK, x.loop, "Task-3");
    struct gs_rows rows = {0};
    fake_born(x.f, own, FAKE_MS(2), x.thread);
    gs_rows_build(&rows, x.f->timeline, NULL);
    assert_int_equal(rows.list.count, 5);
    assert_int_equal(row_at(&rows, 0)->helpers, 1);
    gs_rows_build(&rows, x.f->timeline, &(struct gs_row_choice){.most_tasks = 1});
    assert_int_equal(row_at(&rows, 3)->hidden, 2);
    gs_rows_build(&rows, x.f->timeline, &(struct gs_row_choice){.helpers = true});
    assert_int_equal(row_at(&rows, 5)->actor, own);
    gs_rows_free(&rows);
    fake_close(x.f);
}

static void loops_and_tasks_have_figures(void **state)
{
    (void)state;
    struct loop x = open_blocked();
    fake_end(x.f, FAKE_MS(21), 0);
    FIGURES(
        &x, gs_export_stats,
        "\nloop      2      3  80.0 %        7.0 ms  line 12  fetch-1                   1.0 ms  "
        "4.0 ms   4.0 ms\n",
        "\nmain     main            2       9.0 ms  4.0 ms    7.0 ms       0          0        "
        "7.0 ms  line 7\n",
        "\nfetch-1  Client.get      1       7.0 ms  1.0 ms      0 ns ");
    FIGURES(&x, gs_export_stats_json,
            "{\"type\":\"loop\",\"actor\":4,\"tasks\":2,\"turns\":3,\"busy\":16000000,",
            "\"longest_turn\":{\"task\":6,\"start\":3000000,\"duration\":7000000,\"state\":"
            "\"sleeping\",\"line\":12",
            "{\"type\":\"task\",\"loop\":4,\"coroutine\":\"Client.get\",\"actor\":6,\"steps\":1,"
            "\"on_loop\":7000000,\"ready\":1000000,\"awaiting\":0,",
            "{\"type\":\"coroutine\",\"loop\":4,\"coroutine\":\"Client.get\",\"tasks\":1,");
    EXPECT(&x, "text",
           "3.0 ms: main awaits fetch-1 (line 6) until 10.0 ms, when fetch-1 ends the "
           "wait.\n",
           "4.0 ms: fetch-1 sleeps and blocks its loop (line 12) until 9.0 ms.\n",
           "10.0 ms: loop waits in its selector until 14.0 ms.\n",
           "loop has 2 tasks, which have 3 turns and take 80 % of its time; the longest lasts 7.0 "
           "ms, that of fetch-1 (line 12); who is ready waits for its turn for up to 4.0 ms.\n");
    fake_close(x.f);
}

static void a_loop_may_have_one_task(void **state)
{
    (void)state;
    struct loop x = {.f = fake_open()};
    x.process = fake_process(x.f, "process 1");
    x.gil = fake_interpreter(x.f, x.process, "main interpreter", false);
    x.thread = fake_thread(x.f, x.gil, "MainThread");
    x.loop = fake_loop(x.f, x.thread, "loop");
    x.main = fake_task_of(x.f, x.loop, "main", "main");
    fake_born(x.f, x.loop, 0, x.thread);
    fake_state(x.f, x.loop, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_born(x.f, x.main, 0, x.thread);
    fake_state(x.f, x.main, 0, GS_STATE_RUNNING, 0, 4, x.thread);
    fake_died(x.f, x.main, FAKE_MS(2), false);
    fake_end(x.f, FAKE_MS(4), 0);
    EXPECT(&x, "text", "loop has 1 task, which has 1 turn and takes 50 % of its time");
    fake_close(x.f);
}

/* helper's first step lies in main's, which is one step all the same; more of them are a line. */
static void tasks_that_run_the_same_are_one_figure(void **state)
{
    (void)state;
    struct loop x = open_loop();
    for (int i = 0; i < 30; i++) {
        uint32_t helper = fake_task_of(x.f, x.loop, "", "helper");
        fake_born(x.f, helper, FAKE_MS(3 + i), x.main);
        fake_state(x.f, helper, FAKE_MS(3 + i), GS_STATE_RUNNING, 0, 20, GS_CAUSE_NONE);
        fake_died(x.f, helper, FAKE_MS(3.5 + i), i == 7);
    }
    fake_end(x.f, FAKE_MS(40), 0);
    FIGURES(&x, gs_export_stats, "\nloop     32     31  100.0 %        7.5 ms  line 4  main ",
            "\nhelper         30     30      15.0 ms     0 ns      0 ns       1 ");
    fake_close(x.f);
}

static void a_task_has_its_coroutine(void **state)
{
    (void)state;
    struct loop x = open_loop();
    EXPECT(&x, "json",
           "{\"type\":\"actor\",\"id\":4,\"kind\":\"loop\",\"name\":\"loop\",\"parent\":3}\n",
           "{\"type\":\"actor\",\"id\":6,\"kind\":\"task\",\"name\":\"fetch-1\",\"parent\":4,"
           "\"coroutine\":\"Client.get\"}\n");
    fake_close(x.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_of_several_is_done),
        cmocka_unit_test(a_loop_may_have_one_task),
        cmocka_unit_test(a_task_s_end_tells_how),
        cmocka_unit_test(a_task_has_its_coroutine),
        cmocka_unit_test(a_loop_has_turns),
        cmocka_unit_test(a_sleep_that_is_over_waits_for_its_loop),
        cmocka_unit_test(a_time_limit_that_has_passed_waits_for_its_loop),
        cmocka_unit_test(a_sleep_that_is_cut_short_is_never_late),
        cmocka_unit_test(who_cancels_a_sleep),
        cmocka_unit_test(who_cancels_what_is_awaited),
        cmocka_unit_test(a_loop_s_tasks_are_counted),
        cmocka_unit_test(a_step_inside_a_step_has_the_turn),
        cmocka_unit_test(what_a_loop_does_is_verified),
        cmocka_unit_test(why_a_task_does_not_go_on),
        cmocka_unit_test(who_wakes_a_loop_is_told),
        cmocka_unit_test(what_put_a_task_into_the_queue_is_told),
        cmocka_unit_test(chains_come_to_an_end),
        cmocka_unit_test(a_lock_is_somebody_s),
        cmocka_unit_test(who_computes_blocks_its_loop_from_a_line_on),
        cmocka_unit_test(who_computed_says_where),
        cmocka_unit_test(who_computes_is_where_its_thread_is),
        cmocka_unit_test(who_computes_for_long_says_where),
        cmocka_unit_test(who_computed_has_figures),
        cmocka_unit_test(who_comes_late_is_kept_by_nobody),
        cmocka_unit_test(who_blocks_a_loop_stands_out),
        cmocka_unit_test(a_loop_runs_callbacks_too),
        cmocka_unit_test(a_callback_that_blocks_its_loop_stands_out),
        cmocka_unit_test(the_cause_is_who_has_the_turn),
        cmocka_unit_test(a_loop_and_its_tasks_have_lanes),
        cmocka_unit_test(many_tasks_are_one_lane),
        cmocka_unit_test(boxes_show_tasks_under_their_thread),
        cmocka_unit_test(tasks_are_filtered_by_what_they_run_and_do),
        cmocka_unit_test(a_loop_s_tasks_fold),
        cmocka_unit_test(a_loop_s_own_tasks_are_left_out),
        cmocka_unit_test(loops_and_tasks_have_figures),
        cmocka_unit_test(tasks_that_run_the_same_are_one_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
