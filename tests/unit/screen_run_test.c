/* A run as the screen plays it, from a feed that is no stage: what it is allowed, and its end. */
#include "support/fake_trace.h"
#include "tui/run/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* A trace that is all there, of a run on the virtual clock that gets as far as it may. */
struct tape {
    struct gs_feed feed;
    struct fake_trace *trace;
    size_t next;
    uint64_t allowed;
    bool gone, closed;
};

static const struct gs_tables *tables(struct gs_feed *feed)
{
    return ((struct tape *)feed)->trace->tables;
}

static struct gs_feed_facts facts(struct gs_feed *feed)
{
    (void)feed;
    return (struct gs_feed_facts){.name = "tape", .scene = "", .clock = GS_CLOCK_VIRTUAL};
}

static enum gs_feed_state drain(struct gs_feed *feed, uint64_t budget_ns, gs_collector_sink *sink,
                                void *context)
{
    struct tape *t = (struct tape *)feed;
    (void)budget_ns;
    while (t->next < t->trace->events.count && t->trace->events.items[t->next].time <= t->allowed)
        sink(context, &t->trace->events.items[t->next++]);
    return t->gone ? GS_FEED_DRY : GS_FEED_QUIET;
}

static uint64_t live(struct gs_feed *feed)
{
    const struct tape *t = (struct tape *)feed;
    uint64_t last = t->trace->events.items[t->trace->events.count - 1].time;
    return t->allowed < last ? t->allowed : last;
}

static void allow(struct gs_feed *feed, uint64_t ns)
{
    ((struct tape *)feed)->allowed = ns;
}

static bool ended(struct gs_feed *feed, struct gs_feed_end *end)
{
    *end = (struct gs_feed_end){.status = 3, .message = ""};
    return ((struct tape *)feed)->gone;
}

static void close_tape(struct gs_feed *feed)
{
    ((struct tape *)feed)->closed = true;
}

static const struct gs_feed_ops tape_ops = {.tables = tables,
                                            .facts = facts,
                                            .drain = drain,
                                            .live = live,
                                            .allow = allow,
                                            .ended = ended,
                                            .close = close_tape};

struct run_case {
    struct tape tape;
    struct gs_run run;
};

static struct gs_run *open_case(struct run_case *c)
{
    *c = (struct run_case){.tape = {.feed = {.ops = &tape_ops}, .trace = fake_gil_fight().trace}};
    gs_run_start(&c->run, &c->tape.feed, (struct gs_pace){.asked = 1});
    return &c->run;
}

static void close_case(struct run_case *c)
{
    gs_run_stop(&c->run);
    assert_true(c->tape.closed);
    fake_close(c->tape.trace);
}

static void frame(struct gs_run *run, uint64_t ns)
{
    gs_run_drain(run, 1000000);
    gs_run_advance(run, ns);
}

static void a_playing_run_is_allowed_a_little_more_than_is_played(void **state)
{
    (void)state;
    struct run_case c;
    struct gs_run *run = open_case(&c);
    for (int i = 0; i < 10; i++)
        frame(run, FAKE_MS(2));
    assert_in_range(run->playback.now, FAKE_MS(10), FAKE_MS(20));
    assert_in_range(c.tape.allowed, run->playback.now + 1, run->playback.now + FAKE_MS(40));
    close_case(&c);
}

/* Neither the lead that playing needs nor the live end that one was at counts then. */
static void a_paused_run_is_allowed_nothing_more(void **state)
{
    (void)state;
    for (int at_live = 0; at_live < 2; at_live++) {
        struct run_case c;
        struct gs_run *run = open_case(&c);
        for (int i = 0; i < 6; i++)
            frame(run, FAKE_MS(2));
        if (at_live) {
            gs_run_to_live(run);
            assert_true(c.tape.allowed == UINT64_MAX);
        }
        run->playback.paused = true;
        frame(run, FAKE_MS(2));
        uint64_t now = run->playback.now;
        frame(run, FAKE_MS(2));
        assert_int_equal(run->playback.now, now);
        assert_int_equal(c.tape.allowed, now);
        close_case(&c);
    }
}

static void the_live_end_is_where_the_feed_is(void **state)
{
    (void)state;
    struct run_case c;
    struct gs_run *run = open_case(&c);
    frame(run, FAKE_MS(2));
    gs_run_to_live(run);
    frame(run, FAKE_MS(2));
    frame(run, FAKE_MS(2));
    assert_int_equal(run->playback.now, FAKE_MS(60));
    assert_true(gs_run_at_end(run));
    assert_false(gs_run_over(run));
    c.tape.gone = true;
    frame(run, 0);
    frame(run, 0);
    assert_true(gs_run_over(run));
    /* What the trace says weighs more than how its writer ended. */
    assert_int_equal(gs_run_status(run), 0);
    close_case(&c);
}

static void a_feed_that_ends_early_says_how(void **state)
{
    (void)state;
    struct run_case c;
    struct gs_run *run = open_case(&c);
    frame(run, FAKE_MS(2));
    assert_int_equal(gs_run_status(run), 0);
    c.tape.gone = true;
    frame(run, FAKE_MS(2));
    assert_int_equal(gs_run_status(run), 3);
    assert_false(gs_run_complete(run));
    close_case(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_playing_run_is_allowed_a_little_more_than_is_played),
        cmocka_unit_test(a_paused_run_is_allowed_nothing_more),
        cmocka_unit_test(the_live_end_is_where_the_feed_is),
        cmocka_unit_test(a_feed_that_ends_early_says_how),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
