/* How processes come to ends that are no ordinary ones, wherever that is told. */
#include "export/export.h"
#include "support/fake_trace.h"
#include "timeline/ends.h"
#include "timeline/explain/explain.h"
#include "timeline/judge/verify.h"
#include "timeline/store.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two processes with a thread each; the second one's has the GIL and is in a label. */
struct family {
    struct fake_trace *f;
    uint32_t first, main, child, gil, worker;
};

static struct family open_family(void)
{
    struct family x = {.f = fake_open()};
    x.first = fake_process(x.f, "process 1");
    x.main = fake_thread(x.f, fake_interpreter(x.f, x.first, "interpreter 1", false), "main");
    x.child = fake_process(x.f, "process 2");
    x.gil = fake_interpreter(x.f, x.child, "interpreter 1", true);
    x.worker = fake_thread(x.f, x.gil, "worker");
    fake_born(x.f, x.first, 0, 0);
    fake_born(x.f, x.main, 0, 0);
    fake_state(x.f, x.main, 0, GS_STATE_RUNNING, 0, 1, 0);
    fake_born(x.f, x.child, FAKE_MS(1), x.first);
    fake_born(x.f, x.worker, FAKE_MS(2), x.main);
    fake_take(x.f, x.worker, FAKE_MS(2), x.gil, 7);
    fake_state(x.f, x.worker, FAKE_MS(2), GS_STATE_RUNNING, 0, 7, 0);
    fake_label(x.f, x.worker, FAKE_MS(3), "pickle", 7);
    return x;
}

static void put_death(struct family *x, uint32_t process, uint64_t ns, enum gs_death how,
                      uint64_t by)
{
    fake_event(
        x->f,
        (struct gs_event){
            .time = ns, .actor = process, .kind = GS_EVENT_DIED, .flags = (uint8_t)how, .a = by});
}

static void put_end(struct family *x, uint64_t ns, uint8_t status, uint64_t number)
{
    fake_event(x->f, (struct gs_event){.time = ns,
                                       .actor = x->first,
                                       .kind = GS_EVENT_END,
                                       .flags = status,
                                       .a = number,
                                       .b = 1});
}

static uint64_t program(struct family *x, const char *path)
{
    return gs_segment_add_string(x->f->segment, path, strlen(path));
}

static void expect_said(struct family *x, const char *format, const char *const *texts)
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

static void expect_sentence(const struct family *x, uint32_t actor, uint64_t ns,
                            const char *expected)
{
    char text[600];
    assert_string_equal(gs_explain(text, sizeof text, x->f->timeline, actor, ns), expected);
}

static void expect_event(const struct family *x, const char *expected)
{
    char text[600];
    const struct gs_event *last = &x->f->events.items[x->f->events.count - 1];
    assert_string_equal(gs_explain_event(text, sizeof text, x->f->timeline, last), expected);
}

static void a_child_is_killed(void **state)
{
    (void)state;
    struct family x = open_family();
    struct gs_violations violations;
    put_death(&x, x.child, FAKE_MS(5), GS_DEATH_KILLED, SIGKILL);
    expect_event(&x, "process 2 was killed by signal 9 (SIGKILL).");
    fake_end(x.f, FAKE_MS(10), 0);
    const struct gs_lane *worker = gs_timeline_lane(x.f->timeline, x.worker);
    assert_true(worker->died && worker->how == GS_DEATH_CUT_OFF && worker->death == FAKE_MS(5));
    assert_false(gs_timeline_lane(x.f->timeline, x.gil)->holds.items[0].open);
    assert_false(gs_timeline_lane(x.f->timeline, x.main)->died);
    assert_true(gs_verify(x.f->timeline, &violations));

    expect_sentence(&x, x.worker, FAKE_MS(9),
                    "worker of process 2 ended at 5.0 ms, after 3.0 ms: its process was killed by "
                    "signal 9 (SIGKILL).");
    expect_sentence(&x, x.child, FAKE_MS(9),
                    "process 2 was killed by signal 9 (SIGKILL) at 5.0 ms.");
    expect_sentence(&x, x.child, FAKE_MS(4), "process 2 has 1 thread: 1 running.");
    EXPECT(&x, "lanes", "✗", "5.0 ms  ends      process 2 is killed by signal 9 (SIGKILL)\n",
           "\ntotal 10.0 ms\n");
    EXPECT(&x, "text", "5.0 ms: process 2 is killed by signal 9 (SIGKILL).\n",
           "5.0 ms: worker of process 2 ends with its process.\n",
           "The run ends after 10.0 ms with exit status 0.\n");
    EXPECT(&x, "json",
           "{\"type\":\"died\",\"time\":5000000,\"actor\":4,\"how\":\"killed\","
           "\"signal\":9}\n");
    EXPECT(&x, "boxes", "─ process 2 · killed by signal 9 (SIGKILL) ─",
           "worker  ended with its process");
    fake_close(x.f);
}

/* Two tell of it: the process itself, and who saw it killed on its last few steps. */
static void a_child_is_killed_that_had_told_its_end(void **state)
{
    (void)state;
    struct family x = open_family();
    char how[GS_END_SIZE];
    put_death(&x, x.child, FAKE_MS(5), 0, 0);
    put_death(&x, x.child, FAKE_MS(6), GS_DEATH_KILLED, SIGKILL);
    assert_string_equal(gs_end_of_process(how, sizeof how, x.f->timeline, x.worker), "");
    assert_int_equal(x.f->timeline->oddity_count, 0);
    fake_close(x.f);
}

/* Who reads the trace, and then its parent. */
static void two_have_seen_that_a_child_is_killed(void **state)
{
    (void)state;
    struct family x = open_family();
    put_death(&x, x.child, FAKE_MS(5), GS_DEATH_KILLED, SIGKILL);
    put_death(&x, x.child, FAKE_MS(6), GS_DEATH_KILLED, SIGKILL);
    fake_end(x.f, FAKE_MS(10), 0);
    EXPECT(&x, "lanes", "free from here\n\n   5.0 ms  ends ", " (SIGKILL)\n\ntotal 10.0 ms\n");
    const struct gs_lane *child = gs_timeline_lane(x.f->timeline, x.child);
    assert_int_equal(child->points.items[child->points.count - 1].event.time, FAKE_MS(5));
    assert_int_equal(x.f->timeline->oddity_count, 0);
    fake_close(x.f);
}

static void nobody_knows_by_what(void **state)
{
    (void)state;
    struct family x = open_family();
    char how[GS_END_SIZE];
    put_death(&x, x.child, FAKE_MS(5), GS_DEATH_KILLED, 0);
    assert_string_equal(gs_end_of_process(how, sizeof how, x.f->timeline, x.worker), "killed");
    EXPECT(&x, "json", "\"how\":\"killed\",\"signal\":null}\n");
    fake_close(x.f);
}

static void a_child_is_replaced(void **state)
{
    (void)state;
    struct family x = open_family();
    put_death(&x, x.child, FAKE_MS(5), GS_DEATH_REPLACED, program(&x, "/bin/\033sh"));
    expect_event(&x, "process 2 was replaced by /bin/^[sh (exec).");
    fake_end(x.f, FAKE_MS(10), 0);
    expect_sentence(&x, x.worker, FAKE_MS(9),
                    "worker of process 2 ended at 5.0 ms, after 3.0 ms: its process was replaced "
                    "by /bin/^[sh (exec).");
    EXPECT(&x, "lanes", "5.0 ms  ends      process 2 is replaced by /bin/^[sh (exec)\n");
    EXPECT(&x, "text", "5.0 ms: process 2 is replaced by /bin/^[sh (exec).\n",
           "5.0 ms: worker of process 2 ends with its process.\n");
    EXPECT(&x, "json", "\"how\":\"replaced\",\"program\":\"/bin/\\u001Bsh\"}\n");
    fake_close(x.f);
}

static void the_run_is_killed(void **state)
{
    (void)state;
    struct family x = open_family();
    put_death(&x, x.first, FAKE_MS(10), GS_DEATH_KILLED, SIGSEGV);
    put_end(&x, FAKE_MS(10), 139, SIGSEGV);
    expect_event(&x, "The run ended, its process killed by signal 11 (SIGSEGV).");
    EXPECT(&x, "lanes", "✗", "\ntotal 10.0 ms, its process killed by signal 11 (SIGSEGV)\n");
    EXPECT(&x, "text", "10.0 ms: main ends with its process.\n",
           "The run ends after 10.0 ms, its process killed by signal 11 (SIGSEGV).\n");
    EXPECT(&x, "json", "{\"type\":\"end\",\"time\":10000000,\"status\":139,\"signal\":11}\n");
    fake_close(x.f);
}

static void the_run_goes_on_as_another_program(void **state)
{
    (void)state;
    struct family x = open_family();
    put_death(&x, x.first, FAKE_MS(5), GS_DEATH_REPLACED, program(&x, "/bin/sh"));
    put_end(&x, FAKE_MS(10), 7, 0);
    expect_event(&x, "The run ended with exit status 7, its process replaced by /bin/sh (exec).");
    EXPECT(&x, "lanes",
           "\ntotal 10.0 ms, ended with status 7, its process replaced by /bin/sh (exec)\n");
    EXPECT(&x, "text",
           "The run ends after 10.0 ms with exit status 7, its process replaced by "
           "/bin/sh (exec).\n");
    fake_close(x.f);
}

static void and_that_one_is_killed(void **state)
{
    (void)state;
    struct family x = open_family();
    char how[GS_END_SIZE];
    put_death(&x, x.first, FAKE_MS(5), GS_DEATH_REPLACED, program(&x, "/bin/sh"));
    put_end(&x, FAKE_MS(10), 137, SIGKILL);
    assert_string_equal(gs_end_of_run(how, sizeof how, x.f->timeline),
                        "replaced by /bin/sh (exec), then killed by signal 9 (SIGKILL)");
    fake_close(x.f);
}

/* As by a system call that the C library does not make. */
static void a_process_ends_behind_its_own_back(void **state)
{
    (void)state;
    struct family x = open_family();
    put_death(&x, x.first, FAKE_MS(10), GS_DEATH_CUT_OFF, 0);
    put_end(&x, FAKE_MS(10), 3, 0);
    expect_sentence(&x, x.main, FAKE_MS(10),
                    "main ended at 10.0 ms, after 10.0 ms, with its process.");
    EXPECT(&x, "lanes", "\ntotal 10.0 ms, ended with status 3\n");
    EXPECT(&x, "text",
           "10.0 ms: process 1 ends.\n10.0 ms: main ends with its process.\n"
           "The run ends after 10.0 ms with exit status 3.\n");
    fake_close(x.f);
}

/* Python ends with 0 all the same. */
static void what_went_wrong_in_a_thread_is_a_failure(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct family x = open_family();
        fake_check(x.f, x.main, FAKE_MS(5), i != 1, "nothing is lost", 3);
        if (i == 2)
            fake_text(x.f, x.worker, FAKE_MS(6), GS_EVENT_ERROR, "ValueError: no", 7);
        put_end(&x, FAKE_MS(10), 0, 0);
        assert_int_equal(gs_end_status(x.f->timeline), 0);
        assert_int_equal(gs_end_failed(x.f->timeline), i > 0);
        assert_int_equal(gs_end_verdict(x.f->timeline, 0), i > 0);
        assert_int_equal(gs_end_verdict(x.f->timeline, 7), 7);
        fake_close(x.f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_is_killed),
        cmocka_unit_test(a_child_is_killed_that_had_told_its_end),
        cmocka_unit_test(two_have_seen_that_a_child_is_killed),
        cmocka_unit_test(nobody_knows_by_what),
        cmocka_unit_test(a_child_is_replaced),
        cmocka_unit_test(the_run_is_killed),
        cmocka_unit_test(the_run_goes_on_as_another_program),
        cmocka_unit_test(and_that_one_is_killed),
        cmocka_unit_test(a_process_ends_behind_its_own_back),
        cmocka_unit_test(what_went_wrong_in_a_thread_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
