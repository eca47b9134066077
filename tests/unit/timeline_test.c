/* Events to lanes: spans, labels, holds, claims, points; out of order, and garbage. */
#include "support/fake_trace.h"
#include "timeline/judge/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void states_become_spans_with_who_ended_them(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_timeline *t = x.trace->timeline;
    const struct gs_lane *lane = gs_timeline_lane(t, x.t1);
    assert_int_equal(lane->birth, FAKE_US(100));
    assert_int_equal(lane->creator, x.main);
    assert_true(lane->died && lane->how == 0);
    const struct gs_span *first = &lane->spans.items[0], *second = &lane->spans.items[1];
    assert_int_equal(first->state, GS_STATE_WANTS_GIL);
    assert_int_equal(first->start, FAKE_US(100));
    assert_int_equal(first->end, FAKE_US(300));
    assert_int_equal(first->cause, x.main);
    assert_int_equal(second->state, GS_STATE_RUNNING);
    assert_int_equal(second->end, FAKE_MS(5.3));
    assert_int_equal(gs_timeline_end(t), FAKE_MS(60));
    assert_true(gs_timeline_complete(t));
    assert_int_equal(gs_timeline_strays(t), 0);
    fake_close(x.trace);
}

/* Its creator tells it, in another ring. */
static void a_birth_may_be_told_after_the_first_state(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "interpreter 1", true);
    uint32_t main = fake_thread(f, gil, "main"), late = fake_thread(f, gil, "late");
    fake_state(f, late, 20, GS_STATE_WANTS_GIL, 0, 1, 0);
    fake_born(f, late, 10, main);
    assert_int_equal(gs_timeline_lane(f->timeline, late)->birth, 10);
    fake_close(f);
}

/* It is looked at later, and told as of then or of its beginning. */
static void where_a_thread_runs_may_be_told_after_that_it_does(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t a = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "a");
    fake_state(f, a, 10, GS_STATE_RUNNING, 0, 0, 0);
    fake_state(f, a, 10, GS_STATE_RUNNING, 0, 7, 0);
    fake_state(f, a, 30, GS_STATE_RUNNING, 0, 8, 0);
    fake_state(f, a, 30, GS_STATE_RUNNING, 0, 9, 0);
    const struct gs_lane *lane = gs_timeline_lane(f->timeline, a);
    assert_int_equal(lane->spans.count, 3);
    assert_int_equal(lane->spans.items[0].line, 7);
    assert_int_equal(lane->spans.items[0].end, 30);
    assert_int_equal(lane->spans.items[1].line, 8);
    fake_close(f);
}

static void look_up_finds_what_covers_a_time(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_lane *lane = gs_timeline_lane(x.trace->timeline, x.t1);
    assert_int_equal(gs_lane_span_at(lane, 0), -1);
    assert_int_equal(gs_lane_span_at(lane, FAKE_US(100)), 0);
    assert_int_equal(gs_lane_span_at(lane, FAKE_US(300) - 1), 0);
    assert_int_equal(gs_lane_span_at(lane, FAKE_US(300)), 1);
    assert_int_equal(gs_lane_span_at(lane, UINT64_MAX), (long)lane->spans.count - 1);
    assert_null(gs_timeline_lane(x.trace->timeline, 4000000000u));
    fake_close(x.trace);
}

static void a_run_taken_for_longer_ends_with_its_last_event(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t a = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "a");
    fake_born(f, a, 0, 0);
    gs_timeline_extend(f->timeline, 900);
    fake_end(f, 600, 0);
    assert_int_equal(gs_timeline_end(f->timeline), 600);
    fake_close(f);
}

static void expect_span(const struct gs_lane *lane, size_t at, unsigned state, uint64_t start,
                        uint64_t end)
{
    assert_int_equal(lane->spans.items[at].state, state);
    assert_int_equal(lane->spans.items[at].start, start);
    assert_int_equal(lane->spans.items[at].end, end);
}

/* As far as it did run: what was told of other times is nothing that a lane could show. */
static void who_ran_without_a_core_was_ready(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t a = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "a");
    fake_born(f, a, 0, 0);
    fake_state(f, a, 10, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_off_core(f, a, 90, 5, 20);
    fake_off_core(f, a, 90, 40, 60);
    fake_off_core(f, a, 90, 80, 95);
    fake_state(f, a, 90, GS_STATE_SLEEPING, 0, 2, GS_CAUSE_NONE);
    fake_off_core(f, a, 99, 91, 95);
    fake_end(f, 100, 0);
    const struct gs_lane *lane = gs_timeline_lane(f->timeline, a);
    expect_span(lane, 1, GS_STATE_READY, 10, 20);
    expect_span(lane, 2, GS_STATE_RUNNING, 20, 40);
    expect_span(lane, 3, GS_STATE_READY, 40, 60);
    expect_span(lane, 4, GS_STATE_RUNNING, 60, 80);
    expect_span(lane, 5, GS_STATE_READY, 80, 90);
    assert_int_equal(lane->spans.items[5].cause, GS_CAUSE_CORE);
    assert_int_equal(lane->spans.items[7].state, GS_STATE_SLEEPING);
    assert_int_equal(lane->spans.count, 8);
    uint64_t ns[GS_STATES];
    gs_lane_shares(f->timeline, lane, 0, 100, ns);
    assert_int_equal(ns[GS_STATE_READY], 40);
    assert_int_equal(ns[GS_STATE_RUNNING], 40);
    fake_close(f);
}

static void an_open_span_ends_where_the_timeline_does(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t a = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "a");
    fake_born(f, a, 0, 0);
    fake_state(f, a, 10, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    const struct gs_span *span = &gs_timeline_lane(f->timeline, a)->spans.items[0];
    assert_true(span->open);
    assert_int_equal(gs_span_end(f->timeline, span), 10);
    gs_timeline_extend(f->timeline, 500);
    gs_timeline_extend(f->timeline, 400);
    assert_int_equal(gs_span_end(f->timeline, span), 500);
    fake_end(f, 600, 3);
    gs_timeline_extend(f->timeline, 900);
    assert_int_equal(gs_timeline_end(f->timeline), 600);
    assert_int_equal(gs_timeline_status(f->timeline), 3);
    fake_close(f);
}

static void owners_of_a_gil_follow_one_another(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_lane *gil = gs_timeline_lane(x.trace->timeline, x.gil);
    assert_int_equal(gil->holds.count, 16);
    for (size_t i = 1; i < gil->holds.count; i++)
        assert_true(gil->holds.items[i].start >= gil->holds.items[i - 1].end);
    const struct gs_hold *second = &gil->holds.items[1];
    assert_int_equal(second->owner, x.t1);
    assert_int_equal(second->why, GS_DROP_ASKED);
    assert_int_equal(second->asked, FAKE_MS(5.3) - FAKE_US(1));
    assert_int_equal(second->asked_by, x.t2);
    assert_int_equal(gil->holds.items[0].asked, 0);
    assert_int_equal(gs_lane_hold_at(gil, FAKE_MS(7)), 2);
    fake_close(x.trace);
}

struct pair {
    struct fake_trace *f;
    uint32_t gil, a, b;
};

static struct pair pair_open(void)
{
    struct pair p = {.f = fake_open()};
    p.gil = fake_interpreter(p.f, fake_process(p.f, "p"), "i", true);
    p.a = fake_thread(p.f, p.gil, "a");
    p.b = fake_thread(p.f, p.gil, "b");
    return p;
}

static void takes_and_drops_of_two_rings_may_arrive_in_any_order(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.b, 20, p.gil, 2);
    fake_request(p.f, p.b, 15, p.gil, p.a);
    fake_take(p.f, p.a, 10, p.gil, 1);
    const struct gs_lane *gil = gs_timeline_lane(p.f->timeline, p.gil);
    assert_int_equal(gs_hold_end(p.f->timeline, &gil->holds.items[0]), 20);
    fake_drop(p.f, p.a, 18, p.gil, GS_DROP_ASKED, 1);
    fake_drop(p.f, p.b, 30, p.gil, GS_DROP_EXIT, 2);
    assert_int_equal(gil->holds.count, 2);
    assert_int_equal(gil->holds.items[0].owner, p.a);
    assert_int_equal(gil->holds.items[0].end, 18);
    assert_int_equal(gil->holds.items[1].owner, p.b);
    assert_int_equal(gil->holds.items[1].end, 30);
    assert_false(gil->holds.items[0].open || gil->holds.items[1].open);
    fake_close(p.f);
}

/* Two holds touch at the instant of the request: who was asked had the earlier one. */
static void a_request_may_be_about_the_hold_before_the_last(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_take(p.f, p.a, 10, p.gil, 1);
    fake_drop(p.f, p.a, 20, p.gil, GS_DROP_ASKED, 2);
    fake_take(p.f, p.b, 20, p.gil, 1);
    fake_request(p.f, p.b, 20, p.gil, p.a);
    const struct gs_lane *gil = gs_timeline_lane(p.f->timeline, p.gil);
    assert_int_equal(gil->holds.items[0].asked, 20);
    assert_int_equal(gil->holds.items[0].asked_by, p.b);
    assert_int_equal(gil->holds.items[1].asked, 0);
    fake_close(p.f);
}

static void a_request_may_arrive_before_the_take_it_is_about(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_request(p.f, p.b, 15, p.gil, p.a);
    fake_take(p.f, p.a, 10, p.gil, 1);
    const struct gs_lane *gil = gs_timeline_lane(p.f->timeline, p.gil);
    assert_int_equal(gil->holds.items[0].asked, 15);
    assert_int_equal(gil->holds.items[0].asked_by, p.b);
    fake_close(p.f);
}

static void labels_nest(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_label(p.f, p.a, 10, "outer", 1);
    fake_label(p.f, p.a, 20, "first", 2);
    fake_label_end(p.f, p.a, 30);
    fake_label(p.f, p.a, 40, "second", 3);
    fake_label_end(p.f, p.a, 50);
    const struct gs_lane *lane = gs_timeline_lane(p.f->timeline, p.a);
    assert_int_equal(gs_lane_label_at(lane, 5), -1);
    assert_int_equal(gs_lane_label_at(lane, 25), 1);
    assert_int_equal(gs_lane_label_at(lane, 35), 0);
    assert_int_equal(gs_lane_label_at(lane, 55), 0);
    assert_int_equal(lane->labels.items[2].depth, 1);
    assert_true(lane->labels.items[0].open);
    fake_label_end(p.f, p.a, 60);
    assert_int_equal(gs_lane_label_at(lane, 65), -1);
    fake_close(p.f);
}

static void label_in(struct pair p, uint32_t actor, uint64_t time, uint32_t coroutine, bool ends)
{
    fake_event(p.f, (struct gs_event){.time = time,
                                      .actor = actor,
                                      .kind = ends ? GS_EVENT_LABEL_END : GS_EVENT_LABEL_BEGIN,
                                      .b = gs_event_pack(1, coroutine)});
}

static void expect_no_violation(const struct gs_timeline *timeline)
{
    struct gs_violations found;
    assert_true(gs_verify(timeline, &found));
}

/* Two that take turns do not nest: each end is of its own coroutine's label. */
static void a_label_belongs_to_its_coroutine(void **state)
{
    (void)state;
    struct pair p = pair_open();
    label_in(p, p.a, 10, 1, false);
    label_in(p, p.a, 20, 2, false);
    label_in(p, p.a, 25, 1, false);
    label_in(p, p.a, 30, 1, true);
    label_in(p, p.a, 40, 1, true);
    label_in(p, p.a, 50, 2, true);
    const struct gs_lane *lane = gs_timeline_lane(p.f->timeline, p.a);
    const struct gs_label *labels = lane->labels.items;
    assert_int_equal(labels[0].end, 40);
    assert_int_equal(labels[1].end, 50);
    assert_int_equal(labels[2].end, 30);
    assert_int_equal(labels[0].depth, 0);
    assert_int_equal(labels[1].depth, 0);
    assert_int_equal(labels[2].depth, 1);
    assert_int_equal(gs_lane_label_at(lane, 15), 0);
    assert_int_equal(gs_lane_label_at(lane, 27), 2);
    assert_int_equal(gs_lane_label_at(lane, 35), 1);
    assert_int_equal(gs_lane_label_at(lane, 45), 1);
    assert_int_equal(gs_lane_label_at(lane, 55), -1);
    label_in(p, p.a, 60, 3, false);
    label_in(p, p.a, 61, 4, false);
    label_in(p, p.a, 62, 4, true);
    label_in(p, p.a, 63, 5, false);
    label_in(p, p.a, 64, 5, true);
    assert_int_equal(gs_lane_label_at(lane, 65), 3);
    expect_no_violation(p.f->timeline);
    fake_close(p.f);
}

/* A thread that ends with its coroutine in the middle of a label has forgotten it, and broken no
 * rule; nor has one that goes on where another one left it. */
static void a_coroutine_may_be_forgotten_or_go_on_elsewhere(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_born(p.f, p.a, 0, 0);
    label_in(p, p.a, 10, 1, false);
    label_in(p, p.a, 20, 2, false);
    label_in(p, p.b, 30, 2, true);
    fake_died(p.f, p.a, 40, false);
    label_in(p, p.b, 50, 1, true);
    const struct gs_lane *lane = gs_timeline_lane(p.f->timeline, p.a);
    assert_int_equal(lane->labels.items[0].end, 40);
    assert_int_equal(lane->labels.items[1].end, 30);
    expect_no_violation(p.f->timeline);
    fake_close(p.f);
}

static void a_lock_has_its_owner_and_an_rlock_its_depth(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t lock = fake_object(p.f, GS_OBJECT_LOCK, "lock");
    uint32_t rlock = fake_object(p.f, GS_OBJECT_RLOCK, "rlock");
    struct gs_claim claim;
    fake_acquire(p.f, p.a, 10, lock, 4, 1);
    fake_release(p.f, p.a, 20, lock, 5, 0);
    fake_acquire(p.f, p.b, 20, lock, 4, 1);
    assert_int_equal(gs_timeline_claims(p.f->timeline, lock, 9, &claim, 1), 0);
    assert_int_equal(gs_timeline_claims(p.f->timeline, lock, 19, &claim, 1), 1);
    assert_int_equal(claim.owner, p.a);
    assert_int_equal(gs_timeline_claims(p.f->timeline, lock, 20, &claim, 1), 1);
    assert_int_equal(claim.owner, p.b);
    fake_release(p.f, p.a, 25, lock, 5, 0); /* a lock may be released by anybody */
    assert_int_equal(gs_timeline_claims(p.f->timeline, lock, 25, &claim, 1), 0);
    fake_acquire(p.f, p.b, 30, rlock, 6, 1);
    fake_acquire(p.f, p.b, 31, rlock, 6, 2);
    fake_release(p.f, p.b, 32, rlock, 6, 1);
    assert_int_equal(gs_timeline_claims(p.f->timeline, rlock, 33, &claim, 1), 1);
    fake_release(p.f, p.b, 34, rlock, 6, 0);
    assert_int_equal(gs_timeline_claims(p.f->timeline, rlock, 35, &claim, 1), 0);
    fake_close(p.f);
}

static void a_semaphore_has_several_owners(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t s = fake_object(p.f, GS_OBJECT_SEMAPHORE, "s");
    struct gs_claim claims[4];
    fake_acquire(p.f, p.a, 10, s, 1, 1);
    fake_acquire(p.f, p.b, 20, s, 1, 2);
    assert_int_equal(gs_timeline_claims(p.f->timeline, s, 25, claims, 4), 2);
    assert_int_equal(claims[0].owner, p.b);
    assert_int_equal(claims[1].owner, p.a);
    fake_release(p.f, p.a, 30, s, 1, 1);
    assert_int_equal(gs_timeline_claims(p.f->timeline, s, 35, claims, 4), 1);
    assert_int_equal(claims[0].owner, p.b);
    fake_close(p.f);
}

static void a_counter_shows_its_last_reading(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t queue = fake_object(p.f, GS_OBJECT_QUEUE, "q");
    uint64_t value = 99;
    fake_counter(p.f, p.a, 10, queue, 1);
    fake_counter(p.f, p.a, 30, queue, 3);
    fake_counter(p.f, p.b, 20, queue, 2);
    assert_false(gs_timeline_counter(p.f->timeline, queue, 9, &value));
    assert_false(gs_timeline_counter(p.f->timeline, 77, 9, &value));
    assert_true(gs_timeline_counter(p.f->timeline, queue, 29, &value));
    assert_int_equal(value, 2);
    assert_true(gs_timeline_counter(p.f->timeline, queue, 30, &value));
    assert_int_equal(value, 3);
    fake_close(p.f);
}

/* Its reading may come in front of what the actor has told before it. */
static void who_looks_from_outside_takes_no_time_back(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint32_t memory = fake_memory(p.f, p.a);
    uint64_t value = 0;
    struct gs_event look = {.time = 30,
                            .actor = p.a,
                            .kind = GS_EVENT_COUNTER,
                            .flags = GS_COUNTER_FROM_OUTSIDE,
                            .a = memory,
                            .b = 7};
    fake_event(p.f, look);
    fake_state(p.f, p.a, 20, GS_STATE_RUNNING, 0, 1, 0);
    const struct gs_lane *lane = gs_timeline_lane(p.f->timeline, p.a);
    assert_int_equal(lane->spans.items[lane->spans.count - 1].start, 20);
    look.time = 10;
    look.b = 9;
    fake_event(p.f, look);
    assert_int_equal(gs_timeline_memory(p.f->timeline, p.a), memory);
    assert_true(gs_timeline_counter(p.f->timeline, memory, 10, &value));
    assert_int_equal(value, 9);
    assert_true(gs_timeline_counter_most(p.f->timeline, memory, 10, 40, &value));
    assert_int_equal(value, 9);
    assert_true(gs_timeline_counter_most(p.f->timeline, memory, 30, 40, &value));
    assert_int_equal(value, 7);
    assert_false(gs_timeline_counter_most(p.f->timeline, memory, 0, 9, &value));
    fake_close(p.f);
}

static void points_of_a_kind_come_by_time_then_actor(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_text(p.f, p.b, 30, GS_EVENT_MARK, "third", 0);
    fake_text(p.f, p.b, 40, GS_EVENT_MARK, "last", 0);
    fake_text(p.f, p.a, 30, GS_EVENT_MARK, "second", 0);
    fake_text(p.f, p.a, 30, GS_EVENT_NOTE, "no mark", 0);
    fake_wake(p.f, p.b, 50, p.a, 0);
    fake_wake(p.f, p.a, 45, p.b, 0);
    struct gs_points marks = gs_timeline_points(p.f->timeline, GS_EVENT_MARK);
    assert_int_equal(marks.list.count, 3);
    assert_int_equal(marks.list.items[0].actor, p.a);
    assert_int_equal(marks.list.items[1].actor, p.b);
    assert_int_equal(marks.list.items[2].time, 40);
    struct gs_points wakes = gs_timeline_points(p.f->timeline, GS_EVENT_WAKE);
    assert_int_equal(wakes.list.count, 2);
    assert_int_equal(wakes.list.items[0].actor, p.a);
    gs_vec_free(&marks.list);
    gs_vec_free(&wakes.list);
    fake_close(p.f);
}

static void lost_events_are_counted_and_need_no_time(void **state)
{
    (void)state;
    struct pair p = pair_open();
    fake_born(p.f, p.a, 100, 0);
    fake_lost(p.f, p.a, 0, 12);
    assert_int_equal(gs_timeline_lost(p.f->timeline), 12);
    const struct gs_lane *lane = gs_timeline_lane(p.f->timeline, p.a);
    assert_int_equal(lane->points.items[1].event.time, 100);
    fake_close(p.f);
}

/* Neither idle nor what it was before: nobody knows. */
static void a_gap_in_a_recording_is_unknown(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint64_t ns[GS_STATES];
    fake_born(p.f, p.a, 0, 0);
    fake_take(p.f, p.a, 0, p.gil, 1);
    fake_state(p.f, p.a, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_event(p.f,
               (struct gs_event){
                   .time = 200, .kind = GS_EVENT_LOST, .flags = GS_LOST_OF_ALL, .a = 7, .b = 50});
    fake_state(p.f, p.a, 300, GS_STATE_SLEEPING, 0, 2, GS_CAUSE_NONE);
    fake_state(p.f, p.a, 400, GS_STATE_RUNNING, 0, 2, GS_CAUSE_CLOCK);
    const struct gs_lane *lane = gs_timeline_lane(p.f->timeline, p.a);
    gs_lane_shares(p.f->timeline, lane, 0, 400, ns);
    assert_int_equal(ns[GS_STATE_RUNNING], 50);
    assert_int_equal(ns[GS_STATE_UNKNOWN], 250);
    assert_int_equal(ns[GS_STATE_SLEEPING], 100);
    const struct gs_lane *gil = gs_timeline_lane(p.f->timeline, p.gil);
    assert_int_equal(gs_hold_end(p.f->timeline, &gil->holds.items[0]), 50);
    assert_int_equal(gs_timeline_lost(p.f->timeline), 7);
    fake_close(p.f);
}

/* A stage may be killed in the middle of anything; its reader must live on. */
static void garbage_is_counted_and_does_not_hurt(void **state)
{
    (void)state;
    struct pair p = pair_open();
    uint64_t seed = 88172645463325252u;
    static const uint64_t numbers[] = {0, 1, 2, 3, 4, 5, 1024, UINT32_MAX, UINT64_MAX};
    for (int i = 0; i < 200000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        struct gs_event e = {.time = seed % 7 ? (uint64_t)i : numbers[(seed >> 32) % 9],
                             .actor = (uint32_t)numbers[(seed >> 8) % 9],
                             .kind = (uint8_t)(seed >> 16 & 63),
                             .flags = (uint8_t)(seed >> 24 & 15),
                             .a = numbers[(seed >> 40) % 9],
                             .b = numbers[(seed >> 48) % 9]};
        gs_timeline_add(p.f->timeline, &e);
    }
    assert_true(gs_timeline_strays(p.f->timeline) > 0);
    assert_true(gs_timeline_end(p.f->timeline) <= GS_TIME_MAX);
    fake_close(p.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_become_spans_with_who_ended_them),
        cmocka_unit_test(a_birth_may_be_told_after_the_first_state),
        cmocka_unit_test(where_a_thread_runs_may_be_told_after_that_it_does),
        cmocka_unit_test(look_up_finds_what_covers_a_time),
        cmocka_unit_test(a_run_taken_for_longer_ends_with_its_last_event),
        cmocka_unit_test(who_ran_without_a_core_was_ready),
        cmocka_unit_test(an_open_span_ends_where_the_timeline_does),
        cmocka_unit_test(owners_of_a_gil_follow_one_another),
        cmocka_unit_test(takes_and_drops_of_two_rings_may_arrive_in_any_order),
        cmocka_unit_test(a_request_may_be_about_the_hold_before_the_last),
        cmocka_unit_test(a_request_may_arrive_before_the_take_it_is_about),
        cmocka_unit_test(labels_nest),
        cmocka_unit_test(a_label_belongs_to_its_coroutine),
        cmocka_unit_test(a_coroutine_may_be_forgotten_or_go_on_elsewhere),
        cmocka_unit_test(a_lock_has_its_owner_and_an_rlock_its_depth),
        cmocka_unit_test(a_semaphore_has_several_owners),
        cmocka_unit_test(a_counter_shows_its_last_reading),
        cmocka_unit_test(who_looks_from_outside_takes_no_time_back),
        cmocka_unit_test(points_of_a_kind_come_by_time_then_actor),
        cmocka_unit_test(lost_events_are_counted_and_need_no_time),
        cmocka_unit_test(a_gap_in_a_recording_is_unknown),
        cmocka_unit_test(garbage_is_counted_and_does_not_hurt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
