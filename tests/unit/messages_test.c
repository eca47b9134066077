/* Messages: two ends that belong together, whatever order they are told in; what is said of them,
 * drawn of them, counted and judged. */
#include "support/fake_trace.h"
#include "support/picture.h"
#include "timeline/explain/explain.h"
#include "timeline/judge/stats.h"
#include "timeline/judge/verify.h"
#include "timeline/messages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct post {
    struct fake_trace *f;
    uint32_t a, b, queue;
};

static struct post post_open(void)
{
    struct post p = {.f = fake_open()};
    uint32_t gil = fake_interpreter(p.f, fake_process(p.f, "process 1"), "interpreter 1", false);
    p.a = fake_thread(p.f, gil, "T1");
    p.b = fake_thread(p.f, gil, "T2");
    p.queue = fake_object(p.f, GS_OBJECT_QUEUE, "jobs");
    for (uint32_t actor = p.a; actor <= p.b; actor++) {
        fake_born(p.f, actor, 0, 0);
        fake_state(p.f, actor, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    }
    return p;
}

static void put(struct post p, uint32_t actor, uint64_t ns, bool sent, uint32_t number,
                uint64_t bytes)
{
    fake_event(p.f, (struct gs_event){.time = ns,
                                      .actor = actor,
                                      .kind = GS_EVENT_MESSAGE,
                                      .flags = sent,
                                      .a = (uint64_t)number << 32 | p.queue,
                                      .b = bytes});
}

static void says(struct post p, size_t event, const char *expected)
{
    char text[512];
    gs_explain_event(text, sizeof text, p.f->timeline, &p.f->events.items[event]);
    assert_string_equal(text, expected);
}

static void both_ends_make_a_message(void **state)
{
    (void)state;
    struct post p = post_open();
    size_t first = p.f->events.count;
    put(p, p.b, FAKE_MS(3), false, 1, 40);
    const struct gs_message *message = gs_timeline_message(p.f->timeline, p.queue, 1);
    assert_int_equal(message->from, 0);
    says(p, first, "T2 received 40 bytes from jobs.");
    put(p, p.a, FAKE_MS(1), true, 1, 40);
    message = gs_timeline_message(p.f->timeline, p.queue, 1);
    assert_int_equal(message->from, p.a);
    assert_int_equal(message->to, p.b);
    assert_int_equal(message->sent, FAKE_MS(1));
    assert_int_equal(message->received, FAKE_MS(3));
    says(p, first, "T2 received 40 bytes from jobs; T1 had sent them 2.0 ms before.");
    says(p, first + 1, "T1 sent 40 bytes into jobs; T2 received them 2.0 ms later.");
    put(p, p.a, FAKE_MS(4), true, 2, 7);
    says(p, first + 2, "T1 sent 7 bytes into jobs; nobody has received them yet.");
    put(p, p.a, FAKE_MS(5), true, 3, 0);
    says(p, first + 3, "T1 put an item into jobs; nobody has taken it yet.");
    put(p, p.b, FAKE_MS(6), false, 3, 0);
    says(p, first + 3, "T1 put an item into jobs; T2 took it 1.0 ms later.");
    says(p, first + 4, "T2 took an item from jobs; T1 had put it there 1.0 ms before.");
    char text[512];
    gs_explain(text, sizeof text, p.f->timeline, p.a, FAKE_MS(1));
    assert_string_equal(text, "T1 sent 40 bytes into jobs; T2 received them 2.0 ms later. T1 has "
                              "been running for 1.0 ms (line 1). There is no GIL here: others "
                              "can run at the same time.");
    assert_null(gs_timeline_message(p.f->timeline, p.queue, 4));
    assert_null(gs_timeline_message(p.f->timeline, p.queue, 0));
    assert_null(gs_timeline_message(p.f->timeline, p.queue + 7, 1));
    fake_close(p.f);
}

static void what_makes_no_sense_gets_no_memory(void **state)
{
    (void)state;
    struct post p = post_open();
    put(p, p.a, FAKE_MS(1), true, UINT32_MAX, 7);
    assert_int_equal(gs_timeline_strays(p.f->timeline), 1);
    assert_null(gs_timeline_message_of(p.f->timeline, p.queue, 0));
    p.queue = 1000;
    put(p, p.a, FAKE_MS(1), true, 1, 7);
    assert_int_equal(gs_timeline_strays(p.f->timeline), 2);
    fake_close(p.f);
}

static void messages_are_found_by_lane_and_time(void **state)
{
    (void)state;
    struct post p = post_open();
    struct gs_event e;
    put(p, p.a, FAKE_MS(1), true, 0, 7); /* of no number: nobody knows its other end */
    put(p, p.a, FAKE_MS(2), true, 1, 7);
    put(p, p.a, FAKE_MS(5), true, 2, 7);
    assert_true(gs_timeline_find_message(p.f->timeline, p.a, 0, FAKE_MS(9), &e));
    assert_int_equal(e.time, FAKE_MS(2));
    assert_true(gs_timeline_find_message(p.f->timeline, p.a, FAKE_MS(2), FAKE_MS(3), &e));
    assert_false(gs_timeline_find_message(p.f->timeline, p.a, FAKE_MS(3), FAKE_MS(5), &e));
    assert_false(gs_timeline_find_message(p.f->timeline, p.b, 0, FAKE_MS(9), &e));
    fake_close(p.f);
}

static void judged(struct post p, const char *expected)
{
    struct gs_violations found;
    assert_int_equal(gs_verify(p.f->timeline, &found), !expected);
    assert_int_equal(found.count, expected ? 1 : 0);
    if (expected)
        assert_string_equal(found.list.items[0].text, expected);
    gs_vec_free(&found.list);
    fake_close(p.f);
}

static void a_message_is_received_after_it_was_sent_and_whole(void **state)
{
    (void)state;
    struct post p = post_open();
    put(p, p.a, FAKE_MS(1), true, 1, 40);
    put(p, p.b, FAKE_MS(1), false, 1, 40);
    put(p, p.a, FAKE_MS(2), true, 2, 40); /* on its way */
    judged(p, NULL);

    p = post_open();
    put(p, p.b, FAKE_MS(1), false, 1, 40); /* from outside */
    judged(p, NULL);

    p = post_open();
    put(p, p.b, FAKE_MS(1), false, 1, 40);
    put(p, p.a, FAKE_MS(2), true, 2, 40);
    judged(p, "T2 received a message from jobs at 1.0 ms that nobody sent.");

    p = post_open();
    fake_lost(p.f, p.a, FAKE_MS(1), 3);
    put(p, p.b, FAKE_MS(1), false, 1, 40);
    put(p, p.a, FAKE_MS(2), true, 2, 40);
    judged(p, NULL);

    p = post_open();
    put(p, p.a, FAKE_MS(3), true, 1, 40);
    put(p, p.b, FAKE_MS(1), false, 1, 40);
    judged(p, "T2 received a message from jobs at 1.0 ms, 2.0 ms before it was sent.");

    p = post_open();
    put(p, p.a, FAKE_MS(1), true, 1, 40);
    put(p, p.b, FAKE_MS(2), false, 1, 39);
    judged(p, "T2 received 39 bytes from jobs at 2.0 ms of a message of 40.");
}

static void labels_and_messages_are_counted(void **state)
{
    (void)state;
    struct post p = post_open();
    struct gs_stats stats = {0};
    for (unsigned i = 0; i < 2; i++) {
        fake_label(p.f, p.a, FAKE_MS(10 * i), "pickle", 1);
        fake_label_end(p.f, p.a, FAKE_MS(10 * i + 1 + i));
        put(p, p.a, FAKE_MS(10 * i + 3), true, i + 1, 40);
    }
    put(p, p.b, FAKE_MS(14), false, 1, 40);
    fake_end(p.f, FAKE_MS(20), 0);
    gs_stats_take(&stats, p.f->timeline, 0, UINT64_MAX);
    const struct gs_lane_figures *a = &stats.lanes.items[0], *b = &stats.lanes.items[1];
    assert_int_equal(a->labels.count, 1);
    assert_int_equal(a->labels.items[0].count, 2);
    assert_int_equal(a->labels.items[0].total, FAKE_MS(3));
    assert_int_equal(a->labels.items[0].longest, FAKE_MS(2));
    assert_int_equal(a->sent, 2);
    assert_int_equal(a->sent_bytes, 80);
    assert_int_equal(a->received, 0);
    assert_int_equal(b->received, 1);
    assert_int_equal(b->received_bytes, 40);
    gs_stats_free(&stats);
    fake_close(p.f);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void the_way_of_a_message_is_drawn_at_the_cursor(void **state)
{
    (void)state;
    struct post p = post_open();
    uint32_t c = fake_thread(p.f, 2, "T3");
    fake_born(p.f, c, 0, 0);
    fake_state(p.f, c, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    put(p, p.a, FAKE_MS(20), true, 1, 40);
    put(p, c, FAKE_MS(30), false, 1, 40);
    fake_end(p.f, FAKE_MS(60), 0);
    struct gs_rows rows = {0};
    struct gs_lanes_view view = picture_view(p.f->timeline, &rows, 40);
    view.cursor = FAKE_MS(20);
    view.selected = 1; /* T1's */
    picture_is(&view, false,
               LINES(
                   // clang-format off
        "             0ms                   50",
        "▾ process 1",
        "  T1         █████████●█████████████████",
        "  T2         █████████│█████████████████",
        "  T3         █████████████▼█████████████",
        "                      ▲",
        "             └─────────────────────────┘",
        "                    total 60.0 ms",
        "█ running"
                   // clang-format on
                   ));
    view.from = FAKE_MS(15);
    view.until = FAKE_MS(28);
    picture_is(&view, true,
               LINES(
                   // clang-format off
        "             15ms      20         25",
        "v process 1",
        "  T1         ##########o################",
        "  T2         ##########|################",
        "  T3         ##########################>",
        "                       ^",
        "             ---------------------------",
        "                 13.0 ms of 60.0 ms",
        "# running"
                   // clang-format on
                   ));
    view.from = 0;
    view.until = FAKE_MS(60);
    view.selected = 2; /* T2 has nothing to do with it */
    picture_is(&view, true,
               LINES(
                   // clang-format off
        "             0ms                   50",
        "v process 1",
        "  T1         ###########################",
        "  T2         ###########################",
        "  T3         ###########################",
        "                      ^",
        "             +-------------------------+",
        "                    total 60.0 ms",
        "# running"
                   // clang-format on
                   ));
    gs_rows_free(&rows);
    fake_close(p.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ends_make_a_message),
        cmocka_unit_test(what_makes_no_sense_gets_no_memory),
        cmocka_unit_test(messages_are_found_by_lane_and_time),
        cmocka_unit_test(a_message_is_received_after_it_was_sent_and_whole),
        cmocka_unit_test(labels_and_messages_are_counted),
        cmocka_unit_test(the_way_of_a_message_is_drawn_at_the_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
