/* Event loops and their tasks, wherever a reader tells of them. */
#include "export/export.h"
#include "support/fake_trace.h"
#include "timeline/explain/explain.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
