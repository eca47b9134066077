/* Where no disk takes anything, and memory is short: the oldest events go, and all that is told of
 * the rest is what a timeline with room for everything tells. */
#include "support/fake_trace.h"
#include "timeline/messages.h"
#include "timeline/owners.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROUNDS = 60000, ROUND_NS = 1000 };

struct run {
    struct fake_trace *f;
    uint32_t gil, a, b, lock, queue;
    uint32_t all, inner;
    struct gs_timeline *t;
};

static struct run begin(void)
{
    struct run r = {.f = fake_open()};
    r.gil = fake_interpreter(r.f, fake_process(r.f, "process 1"), "main", true);
    r.a = fake_thread(r.f, r.gil, "a");
    r.b = fake_thread(r.f, r.gil, "b");
    r.lock = fake_object(r.f, GS_OBJECT_LOCK, "lock");
    r.queue = fake_object(r.f, GS_OBJECT_QUEUE, "queue");
    fake_label(r.f, r.a, 0, "all", 1);
    r.all = (uint32_t)r.f->events.items[0].a;
    fake_label(r.f, r.a, 0, "inner", 1);
    r.inner = (uint32_t)r.f->events.items[1].a;
    return r;
}

static void put(struct run *r, uint64_t time, uint32_t actor, enum gs_event_kind kind,
                uint8_t flags, uint64_t a, uint64_t b)
{
    const struct gs_event e = {
        .time = time, .actor = actor, .kind = (uint8_t)kind, .flags = flags, .a = a, .b = b};
    gs_timeline_add(r->t, &e);
}

/* They take turns; the one that runs has a lock, a label, and sends to the other. */
static void round_of(struct run *r, uint32_t i)
{
    uint64_t now = (uint64_t)i * ROUND_NS + i % 13;
    uint32_t from = i % 2 ? r->a : r->b, to = i % 2 ? r->b : r->a;
    put(r, now, from, GS_EVENT_STATE, GS_STATE_WANTS_GIL, 0, 5);
    put(r, now, from, GS_EVENT_GIL_DROP, GS_DROP_ASKED, r->gil, 5);
    put(r, now, to, GS_EVENT_GIL_TAKE, 0, r->gil, 6);
    put(r, now, to, GS_EVENT_STATE, GS_STATE_RUNNING, 0, gs_event_pack(6, from));
    put(r, now + 100, to, GS_EVENT_ACQUIRE, 0, r->lock, 7);
    put(r, now + 150, r->a, GS_EVENT_LABEL_BEGIN, 0, r->inner, 8);
    put(r, now + 200, to, GS_EVENT_MESSAGE, 1, r->queue | (uint64_t)(i + 1) << 32, i);
    put(r, now + 300, from, GS_EVENT_MESSAGE, 0, r->queue | (uint64_t)(i + 1) << 32, i);
    put(r, now + 300, to, GS_EVENT_COUNTER, 0, r->queue, i % 7);
    put(r, now + 350, r->a, GS_EVENT_LABEL_END, 0, 0, 0);
    put(r, now + 400, to, GS_EVENT_RELEASE, 0, r->lock, 7);
}

static uint64_t resident(void)
{
    unsigned long long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%*u %llu", &pages), 1);
    fclose(f);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* allowed beside what there is anyway: so long as nothing is written an eighth of all is left. */
static struct gs_timeline *run_in(struct run *r, uint64_t allowed)
{
    r->t = gs_timeline_new(r->f->tables);
    gs_long_allow((resident() + allowed) / 7 * 8);
    put(r, 0, r->a, GS_EVENT_BORN, 0, 0, 0);
    put(r, 0, r->b, GS_EVENT_BORN, 0, 0, 0);
    put(r, 0, r->a, GS_EVENT_LABEL_BEGIN, 0, r->all, 1);
    put(r, 0, r->b, GS_EVENT_GIL_TAKE, 0, r->gil, 1);
    put(r, 0, r->b, GS_EVENT_STATE, GS_STATE_RUNNING, 0, 1);
    for (uint32_t i = 1; i < ROUNDS; i++)
        round_of(r, i);
    return r->t;
}

static struct run both(struct gs_timeline **whole, struct gs_timeline **rest)
{
    struct run r = begin();
    struct rlimit before, none = {0};
    getrlimit(RLIMIT_FSIZE, &before);
    none.rlim_max = before.rlim_max;
    *whole = run_in(&r, (uint64_t)1 << 30);
    setrlimit(RLIMIT_FSIZE, &none);
    *rest = run_in(&r, 8 << 20);
    setrlimit(RLIMIT_FSIZE, &before);
    return r;
}

static void end(struct run *r, struct gs_timeline *whole, struct gs_timeline *rest)
{
    gs_timeline_free(whole);
    gs_timeline_free(rest);
    fake_close(r->f);
}

static void assert_same_span(const struct gs_lane *x, const struct gs_lane *y, uint64_t time)
{
    long i = gs_lane_span_at(x, time), k = gs_lane_span_at(y, time);
    assert_true(i >= 0 && k >= 0);
    assert_memory_equal(&x->spans.items[i], &y->spans.items[k], sizeof *x->spans.items);
}

static void assert_same_at(const struct run *r, const struct gs_timeline *x,
                           const struct gs_timeline *y, uint64_t time)
{
    struct gs_claim one, other;
    uint64_t value, expected, done, taken, no_less, no_more;
    const struct gs_lane *a = gs_timeline_lane(x, r->a), *b = gs_timeline_lane(y, r->a);
    const struct gs_lane *g = gs_timeline_lane(x, r->gil), *h = gs_timeline_lane(y, r->gil);
    long label = gs_lane_label_at(a, time), again = gs_lane_label_at(b, time);
    assert_same_span(a, b, time);
    assert_same_span(gs_timeline_lane(x, r->b), gs_timeline_lane(y, r->b), time);
    assert_memory_equal(&g->holds.items[gs_lane_hold_at(g, time)],
                        &h->holds.items[gs_lane_hold_at(h, time)], sizeof *g->holds.items);
    assert_true(label >= 0 && again >= 0);
    assert_int_equal(a->labels.items[label].start, b->labels.items[again].start);
    assert_int_equal(a->labels.items[label].text, b->labels.items[again].text);
    assert_int_equal(gs_timeline_claims(x, r->lock, time, &one, 1),
                     gs_timeline_claims(y, r->lock, time, &other, 1));
    assert_true(gs_timeline_counter(x, r->queue, time, &expected));
    assert_true(gs_timeline_counter(y, r->queue, time, &value));
    assert_int_equal(value, expected);
    gs_timeline_tasks(x, r->lock, time, &done, &taken);
    gs_timeline_tasks(y, r->lock, time, &no_less, &no_more);
    assert_int_equal(done, no_less);
    assert_int_equal(taken, no_more);
}

/* The window is not the same in any two calls: now a few holds, now most of them. */
static void assert_same_owners(const struct run *r, const struct gs_timeline *x,
                               const struct gs_timeline *y, uint64_t from, uint64_t until)
{
    const struct gs_owned one = {.lane = gs_timeline_lane(x, r->gil)};
    const struct gs_owned other = {.lane = gs_timeline_lane(y, r->gil)};
    struct gs_owner_share a = gs_owned_share(x, &one, from, until);
    struct gs_owner_share b = gs_owned_share(y, &other, from, until);
    assert_int_equal(a.owner, b.owner);
    assert_int_equal(a.owners, b.owners);
    assert_int_equal(a.ns, b.ns);
    assert_int_equal(a.held, b.held);
}

static void the_rest_is_as_it_was(void **state)
{
    (void)state;
    struct gs_timeline *whole, *rest;
    struct run r = both(&whole, &rest);
    uint64_t from = gs_timeline_whole_from(rest), until = gs_timeline_end(whole);
    assert_int_equal(gs_timeline_whole_from(whole), 0);
    assert_in_range(from, 1, until - 1);
    assert_int_equal(gs_timeline_end(rest), until);
    assert_int_equal(gs_timeline_events(rest), gs_timeline_events(whole));
    for (uint64_t time = from; time < until; time += 777)
        assert_same_at(&r, whole, rest, time);
    for (uint64_t time = from; time < until; time += 77777)
        assert_same_owners(&r, whole, rest, time, time + (until - time) / 3);
    for (uint32_t n = (uint32_t)(from / ROUND_NS) + 2; n < ROUNDS; n++)
        assert_memory_equal(gs_timeline_message(rest, r.queue, n),
                            gs_timeline_message(whole, r.queue, n), sizeof(struct gs_message));
    end(&r, whole, rest);
}

static void what_was_before_is_unknown(void **state)
{
    (void)state;
    struct gs_timeline *whole, *rest;
    struct run r = both(&whole, &rest);
    const struct gs_lane *lane = gs_timeline_lane(rest, r.b);
    uint64_t all[GS_STATES], known[GS_STATES], some[GS_STATES], until = gs_timeline_end(rest);
    uint64_t unknown = lane->spans.items[0].end;
    assert_int_equal(lane->spans.items[0].state, GS_STATE_UNKNOWN);
    assert_in_range(unknown, gs_timeline_whole_from(rest) - 70 * ROUND_NS,
                    gs_timeline_whole_from(rest) + ROUND_NS);
    gs_lane_shares(rest, lane, 0, until, all);
    gs_lane_shares(rest, lane, unknown / 3, unknown / 2, some);
    gs_lane_shares(whole, gs_timeline_lane(whole, r.b), unknown, until, known);
    assert_int_equal(some[GS_STATE_UNKNOWN], unknown / 2 - unknown / 3);
    for (unsigned s = 0; s < GS_STATES; s++)
        assert_int_equal(all[s], s == GS_STATE_UNKNOWN ? unknown : known[s]);
    end(&r, whole, rest);
}

static void one_event_tells_of_it(void **state)
{
    (void)state;
    struct gs_timeline *whole, *rest;
    struct run r = both(&whole, &rest);
    struct gs_points lost = gs_timeline_points(rest, GS_EVENT_LOST);
    assert_int_equal(lost.list.count, 1);
    assert_int_equal(gs_timeline_lane(rest, 0)->points.count, 1);
    assert_int_equal(lost.list.items[0].time, gs_timeline_whole_from(rest));
    assert_int_equal(lost.list.items[0].a, gs_timeline_lost(rest));
    assert_in_range(gs_timeline_lost(rest), gs_timeline_events(rest) / 10,
                    gs_timeline_events(rest));
    gs_vec_free(&lost.list);
    end(&r, whole, rest);
}

static void labels_lie_in_those_before_them(void **state)
{
    (void)state;
    struct gs_timeline *whole, *rest;
    struct run r = both(&whole, &rest);
    const struct gs_lane *lane = gs_timeline_lane(rest, r.a);
    assert_int_equal(lane->labels.items[0].text, r.all);
    assert_true(lane->labels.items[0].open);
    assert_int_equal(lane->labels.items[0].outer, 0);
    for (size_t i = 1; i < lane->labels.count; i++)
        assert_int_equal(lane->labels.items[i].outer, 1);
    end(&r, whole, rest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rest_is_as_it_was),
        cmocka_unit_test(what_was_before_is_unknown),
        cmocka_unit_test(one_event_tells_of_it),
        cmocka_unit_test(labels_lie_in_those_before_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
