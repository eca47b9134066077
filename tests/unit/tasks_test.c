/* Event loops and their tasks, wherever a reader tells of them. */
#include "export/export.h"
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"
#include "timeline/judge/verify.h"
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
               "5.0 ms: fetch-1 ends, cancelled.\n",
               "{\"type\":\"died\",\"time\":5000000,\"actor\":6,\"how\":\"cancelled\",\"by\":5}\n");
    expect_end(GS_DEATH_ERROR, "ValueError: no", ": it failed with ValueError: no",
               "5.0 ms: fetch-1 ends with an uncaught error.\n",
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
        cmocka_unit_test(a_task_s_end_tells_how),
        cmocka_unit_test(a_task_has_its_coroutine),
        cmocka_unit_test(a_loop_has_turns),
        cmocka_unit_test(a_loop_s_tasks_are_counted),
        cmocka_unit_test(a_step_inside_a_step_has_the_turn),
        cmocka_unit_test(what_a_loop_does_is_verified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
