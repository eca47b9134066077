/* What several tasks stand behind, in the sentence at who awaits it. */
#include "export/export.h"
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"
#include "timeline/members.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TASKS = 5 };

/* main awaits something in line 6 from 2 ms on, and behind it are tasks. */
struct gather {
    struct fake_trace *f;
    uint32_t gil, loop, main, task[TASKS];
};

static struct gather begin(uint32_t of, uint32_t untold, unsigned tasks)
{
    static const char *const names[TASKS] = {"one", "two", "three", "four", "five"};
    struct gather x = {.f = fake_open()};
    uint32_t process = fake_process(x.f, "process 1");
    x.gil = fake_interpreter(x.f, process, "main interpreter", false);
    uint32_t thread = fake_thread(x.f, x.gil, "MainThread");
    x.loop = fake_loop(x.f, thread, "loop");
    x.main = fake_task_of(x.f, x.loop, "main", "main");
    fake_born(x.f, thread, 0, 0);
    fake_born(x.f, x.loop, 0, thread);
    fake_born(x.f, x.main, 0, thread);
    for (unsigned i = 0; i < tasks; i++) {
        x.task[i] = fake_task_of(x.f, x.loop, names[i], "nap");
        fake_born(x.f, x.task[i], FAKE_MS(1), x.main);
    }
    uint32_t gather = fake_object(x.f, GS_OBJECT_FUTURE, "gather");
    fake_state(x.f, x.main, FAKE_MS(2), GS_STATE_AWAITING, gather, 6, GS_CAUSE_NONE);
    for (unsigned i = 0; i < tasks; i++)
        fake_member(x.f, x.main, FAKE_MS(2), x.task[i], of, untold);
    return x;
}

static void expect_at(const struct gather *x, uint64_t ns, const char *expected)
{
    char text[600], whole[600];
    gs_timeline_extend(x->f->timeline, FAKE_MS(20));
    snprintf(whole, sizeof whole, "%s", expected);
    gs_explain(text, sizeof text, x->f->timeline, x->main, ns);
    text[strlen(whole) < sizeof text ? strlen(whole) : 0] = '\0';
    assert_string_equal(text, whole);
}

static void those_that_are_not_done_are_named(void **state)
{
    (void)state;
    struct gather x = begin(3, 0, 3);
    fake_died(x.f, x.task[0], FAKE_MS(4), false);
    fake_state(x.f, x.task[2], FAKE_MS(4), GS_STATE_AWAITING,
               fake_object(x.f, GS_OBJECT_LOCK, "gate"), 14, GS_CAUSE_NONE);
    fake_died(x.f, x.task[1], FAKE_MS(6), false);
    expect_at(&x, FAKE_MS(2),
              "main awaits the result of gather (line 6): one, two and three of 3 are not done.");
    expect_at(&x, FAKE_MS(5),
              "main has awaited the result of gather for 3.0 ms (line 6): two and three of 3 are "
              "not done.");
    expect_at(&x, FAKE_MS(7),
              "main has awaited the result of gather for 5.0 ms (line 6): three of 3 is not done, "
              "which awaits gate (line 14).");
    fake_close(x.f);
}

/* Once all are done there is nothing to say; nor is there of what is awaited next. */
static void what_is_done_is_not_told(void **state)
{
    (void)state;
    struct gather x = begin(2, 0, 2);
    uint32_t next = fake_object(x.f, GS_OBJECT_FUTURE, "next");
    fake_died(x.f, x.task[0], FAKE_MS(4), false);
    fake_died(x.f, x.task[1], FAKE_MS(4), false);
    fake_state(x.f, x.main, FAKE_MS(6), GS_STATE_READY, 0, 6, x.task[1]);
    fake_state(x.f, x.main, FAKE_MS(8), GS_STATE_AWAITING, next, 7, GS_CAUSE_NONE);
    expect_at(&x, FAKE_MS(5), "main has awaited the result of gather for 3.0 ms (line 6).");
    expect_at(&x, FAKE_MS(8), "main awaits the result of next (line 7).");
    fake_close(x.f);
    x = begin(2, 0, 2);
    next = fake_object(x.f, GS_OBJECT_FUTURE, "next");
    fake_state(x.f, x.main, FAKE_MS(6), GS_STATE_READY, 0, 6, GS_CAUSE_CLOCK);
    fake_state(x.f, x.main, FAKE_MS(8), GS_STATE_AWAITING, next, 7, GS_CAUSE_NONE);
    expect_at(&x, FAKE_MS(8), "main awaits the result of next (line 7).");
    fake_close(x.f);
}

static void many_are_counted(void **state)
{
    (void)state;
    struct gather x = begin(0, 0, 5);
    expect_at(&x, FAKE_MS(2),
              "main awaits the result of gather (line 6): one, two and 3 others are not done.");
    fake_close(x.f);
    x = begin(9, 4, 1);
    expect_at(&x, FAKE_MS(2),
              "main awaits the result of gather (line 6): one and up to 4 others of 9 are not "
              "done.");
    fake_close(x.f);
}

/* Of a circle by way of gather nobody goes on. */
static void the_last_one_may_close_a_circle(void **state)
{
    (void)state;
    struct gather x = begin(1, 0, 1);
    fake_state(x.f, x.task[0], FAKE_MS(3), GS_STATE_AWAITING, fake_end_of_task(x.f, x.main), 9,
               GS_CAUSE_NONE);
    expect_at(&x, FAKE_MS(4),
              "main has awaited the result of gather for 2.0 ms (line 6): one is not done, which "
              "awaits main (line 9): neither can go on.");
    fake_close(x.f);
}

static void put_item(struct gather *x, uint32_t actor, uint64_t ns, unsigned kind, uint8_t flags,
                     uint32_t queue)
{
    fake_event(x->f, (struct gs_event){.time = ns,
                                       .actor = actor,
                                       .kind = (uint8_t)kind,
                                       .flags = flags,
                                       .a = (uint64_t)1 << 32 | queue});
}

/* What a thread is given: nobody has it, somebody runs it, and has done it. */
static void who_runs_what_a_thread_was_given(void **state)
{
    (void)state;
    struct gather x = begin(0, 0, 0);
    uint32_t worker = fake_thread(x.f, x.gil, "crew_0");
    uint32_t queue = fake_object(x.f, GS_OBJECT_QUEUE, "tasks of crew");
    fake_born(x.f, worker, 0, 0);
    put_item(&x, x.main, FAKE_MS(2), GS_EVENT_MESSAGE, 1, queue);
    put_item(&x, x.main, FAKE_MS(2), GS_EVENT_MEMBER, GS_MEMBER_HANDED, queue);
    put_item(&x, worker, FAKE_MS(4), GS_EVENT_MESSAGE, 0, queue);
    fake_label(x.f, worker, FAKE_MS(4), "fetch", 0);
    fake_state(x.f, worker, FAKE_MS(5), GS_STATE_SLEEPING, 0, 9, GS_CAUSE_NONE);
    fake_label_end(x.f, worker, FAKE_MS(7));
    expect_at(&x, FAKE_MS(3),
              "main has awaited the result of gather for 1.0 ms (line 6), which nobody has taken "
              "from tasks of crew yet.");
    expect_at(&x, FAKE_MS(5),
              "main has awaited the result of gather for 3.0 ms (line 6), which crew_0 runs, which "
              "sleeps (line 9).");
    expect_at(&x, FAKE_MS(8),
              "main has awaited the result of gather for 6.0 ms (line 6), which crew_0 has done.");
    fake_close(x.f);
}

static void give(struct gather *x, uint32_t number, uint32_t queue)
{
    fake_event(x->f, (struct gs_event){.time = FAKE_MS(2),
                                       .actor = x->main,
                                       .kind = GS_EVENT_MESSAGE,
                                       .flags = 1,
                                       .a = (uint64_t)number << 32 | queue});
    fake_event(x->f, (struct gs_event){.time = FAKE_MS(2),
                                       .actor = x->main,
                                       .kind = GS_EVENT_MEMBER,
                                       .flags = GS_MEMBER_HANDED,
                                       .a = (uint64_t)number << 32 | queue});
}

static void run(struct gather *x, uint32_t number, uint32_t queue, uint32_t worker, uint64_t from,
                uint64_t until)
{
    fake_event(x->f, (struct gs_event){.time = from,
                                       .actor = worker,
                                       .kind = GS_EVENT_MESSAGE,
                                       .a = (uint64_t)number << 32 | queue});
    fake_label(x->f, worker, from, "fetch", 0);
    if (until)
        fake_label_end(x->f, worker, until);
}

/* Two threads run three items in turn. */
static void who_runs_what_threads_were_given(void **state)
{
    (void)state;
    struct gather x = begin(0, 0, 0);
    uint32_t first = fake_thread(x.f, x.gil, "crew_0"), second = fake_thread(x.f, x.gil, "crew_1");
    uint32_t queue = fake_object(x.f, GS_OBJECT_QUEUE, "tasks of crew");
    fake_born(x.f, first, 0, 0);
    fake_born(x.f, second, 0, 0);
    for (uint32_t number = 1; number <= 3; number++)
        give(&x, number, queue);
    run(&x, 1, queue, first, FAKE_MS(3), FAKE_MS(5));
    run(&x, 2, queue, second, FAKE_MS(4), FAKE_MS(7));
    run(&x, 3, queue, first, FAKE_MS(6), FAKE_MS(8));
    expect_at(&x, FAKE_MS(2.5),
              "main has awaited the result of gather for 500 µs (line 6), of which nobody has "
              "taken 3 from tasks of crew yet.");
    expect_at(&x, FAKE_MS(3),
              "main has awaited the result of gather for 1.0 ms (line 6), of which crew_0 runs 1, "
              "and nobody has taken 2 from tasks of crew yet.");
    expect_at(&x, FAKE_MS(6),
              "main has awaited the result of gather for 4.0 ms (line 6), of which crew_1 and "
              "crew_0 run 2.");
    expect_at(&x, FAKE_MS(8), "main has awaited the result of gather for 6.0 ms (line 6).");
    fake_close(x.f);
}

static void members_are_points_in_json(void **state)
{
    (void)state;
    struct gather x = begin(3, 2, 1);
    char *text = NULL, expected[200];
    size_t size;
    struct gs_error err;
    FILE *out = open_memstream(&text, &size);
    const struct gs_export_source source = {
        .timeline = x.f->timeline, .width = 100, .clock = GS_CLOCK_REAL};
    assert_true(gs_exporter_find("json")->write(out, &source, &err));
    fclose(out);
    snprintf(expected, sizeof expected,
             "{\"type\":\"member\",\"time\":2000000,\"actor\":%u,\"task\":%u,\"of\":3,"
             "\"untold\":2}\n",
             x.main, x.task[0]);
    assert_non_null(strstr(text, expected));
    free(text);
    fake_close(x.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_that_are_not_done_are_named),
        cmocka_unit_test(what_is_done_is_not_told),
        cmocka_unit_test(many_are_counted),
        cmocka_unit_test(the_last_one_may_close_a_circle),
        cmocka_unit_test(who_runs_what_a_thread_was_given),
        cmocka_unit_test(who_runs_what_threads_were_given),
        cmocka_unit_test(members_are_points_in_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
