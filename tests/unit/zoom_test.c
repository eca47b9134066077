/* Shares of a window against the sums taken by hand, and the owners of a GIL. */
#include "support/fake_trace.h"
#include "timeline/owners.h"
#include "timeline/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    return *seed ^= *seed << 17;
}

static void by_hand(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t from,
                    uint64_t until, uint64_t ns[GS_STATES])
{
    memset(ns, 0, GS_STATES * sizeof *ns);
    ns[GS_STATE_NONE] = until - from;
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t start = span->start > from ? span->start : from, end = gs_span_end(t, span);
        end = end < until ? end : until;
        if (end > start) {
            ns[span->state] += end - start;
            ns[GS_STATE_NONE] -= end - start;
        }
    }
}

static void compare_windows(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t *seed)
{
    for (int i = 0; i < 300; i++) {
        uint64_t from = next(seed) % (gs_timeline_end(t) + 20);
        uint64_t until = from + next(seed) % (i % 3 ? 400 : gs_timeline_end(t) + 1);
        uint64_t expected[GS_STATES], got[GS_STATES];
        if (i % 5 == 0 && lane->spans.count) /* exactly at a boundary */
            from = lane->spans.items[next(seed) % lane->spans.count].start;
        until = until > from ? until : from + 1;
        by_hand(t, lane, from, until, expected);
        gs_lane_shares(t, lane, from, until, got);
        assert_memory_equal(got, expected, sizeof got);
    }
}

/* Looked at while it grows, through every block boundary, with spans of no length and with gaps. */
static void shares_are_exact_at_any_length(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t a = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "a");
    uint64_t seed = 88172645463325252u, time = 7;
    fake_born(f, a, time, 0);
    for (int i = 0; i < 400; i++) {
        time += next(&seed) % 4 ? next(&seed) % 50 : 0;
        fake_state(f, a, time, next(&seed) % GS_STATES, 0, 0, 0);
        if (i % 31 == 0 || i == 63 || i == 64 || i == 65)
            compare_windows(f->timeline, gs_timeline_lane(f->timeline, a), &seed);
    }
    fake_died(f, a, time + 10, false);
    gs_timeline_extend(f->timeline, time + 500);
    compare_windows(f->timeline, gs_timeline_lane(f->timeline, a), &seed);
    fake_close(f);
}

/* The rough ones are exact for the part they count: whole blocks that lie in the window. */
static void rough_shares_are_those_of_whole_blocks(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t a = fake_thread(f, fake_interpreter(f, fake_process(f, "p"), "i", false), "a");
    uint64_t seed = 1234567, expected[GS_STATES], got[GS_STATES];
    fake_born(f, a, 0, 0);
    for (uint64_t i = 0; i < 1000; i++) {
        fake_state(f, a, i * 10, 1 + i % (GS_STATES - 1), 0, 0, 0);
        if (i % 7 == 0)
            fake_state(f, a, i * 10 + 4, GS_STATE_NONE, 0, 0, 0);
    }
    fake_died(f, a, 10000, false);
    const struct gs_lane *lane = gs_timeline_lane(f->timeline, a);
    assert_false(gs_lane_shares_rough(lane, 0, 639, got));
    assert_false(gs_lane_shares_rough(lane, 1, 1279, got));
    for (int i = 0; i < 200; i++) {
        uint64_t from = next(&seed) % 5000, until = from + 1300 + next(&seed) % 5000;
        assert_true(gs_lane_shares_rough(lane, from, until, got));
        uint64_t first = (from + 639) / 640 * 640, last = until / 640 * 640;
        first = from % 640 ? first : from + 640;
        last = last < 9600 ? last : 9600; /* where the last block begins */
        by_hand(f->timeline, lane, first, last, expected);
        assert_memory_equal(got, expected, sizeof got);
    }
    fake_close(f);
}

static void an_empty_window_has_no_shares(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    uint64_t ns[GS_STATES];
    const struct gs_lane *lane = gs_timeline_lane(x.trace->timeline, x.t1);
    gs_lane_shares(x.trace->timeline, lane, 100, 100, ns);
    for (size_t s = 0; s < GS_STATES; s++)
        assert_int_equal(ns[s], 0);
    fake_close(x.trace);
}

static void the_longest_owner_of_a_window(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct gs_lane *gil = gs_timeline_lane(x.trace->timeline, x.gil);
    struct gs_owner_share share = gs_owned_share(x.trace->timeline, &(struct gs_owned){.lane = gil},
                                                 FAKE_MS(4.3), FAKE_MS(8.3));
    assert_int_equal(share.owner, x.t2);
    assert_int_equal(share.ns, FAKE_MS(3));
    assert_int_equal(share.owners, 2);
    assert_int_equal(share.held, FAKE_MS(4));
    share = gs_owned_share(x.trace->timeline, &(struct gs_owned){.lane = gil}, FAKE_MS(60),
                           FAKE_MS(61));
    assert_int_equal(share.owner, 0);
    fake_close(x.trace);
}

/* What the sums are to say, from what they are of. */
static struct gs_owner_share owned_by_hand(const struct gs_timeline *t,
                                           const struct gs_owned *owned, uint64_t from,
                                           uint64_t until)
{
    enum { OWNERS = 16 };
    struct gs_owner_sum all[OWNERS] = {0};
    struct gs_owner_share share = {0};
    long first = gs_owned_at(t, owned, from);
    for (size_t i = first < 0 ? 0 : (size_t)first; i < gs_owned_count(t, owned); i++) {
        struct gs_owning owning = gs_owned_get(t, owned, i);
        uint64_t start = owning.start > from ? owning.start : from, k = 0;
        uint64_t end = owning.end < until ? owning.end : until;
        if (start >= end)
            continue;
        while (k < share.owners && all[k].owner != owning.owner)
            k++;
        share.owners += k == share.owners;
        all[k].owner = owning.owner;
        all[k].ns += end - start;
        share.held += end - start;
    }
    for (uint32_t k = 0; k < share.owners; k++)
        if (all[k].ns > share.ns) {
            share.ns = all[k].ns;
            share.owner = all[k].owner;
        }
    share.ns = share.ns < until - from ? share.ns : until - from;
    share.held = share.held < until - from ? share.held : until - from;
    return share;
}

/* Linear, as no search is. */
static long owned_at_by_hand(const struct gs_timeline *t, const struct gs_owned *owned,
                             uint64_t time)
{
    long found = -1;
    for (size_t i = 0; i < gs_owned_count(t, owned); i++)
        found = gs_owned_get(t, owned, i).start <= time ? (long)i : found;
    return found;
}

static void compare_owned(const struct gs_timeline *t, const struct gs_owned *owned, uint64_t *seed)
{
    for (int i = 0; i < 30; i++) {
        uint64_t from = next(seed) % (gs_timeline_end(t) + 20);
        uint64_t until = from + 1 + next(seed) % (i % 3 ? gs_timeline_end(t) + 1 : 400);
        if (i % 5 == 0 && gs_owned_count(t, owned))
            from = gs_owned_get(t, owned, next(seed) % gs_owned_count(t, owned)).start;
        until = until > from ? until : from + 1;
        struct gs_owner_share got = gs_owned_share(t, owned, from, until);
        struct gs_owner_share expected = owned_by_hand(t, owned, from, until);
        assert_int_equal(gs_owned_at(t, owned, from), owned_at_by_hand(t, owned, from));
        assert_int_equal(got.owner, expected.owner);
        assert_int_equal(got.owners, expected.owners);
        assert_int_equal(got.ns, expected.ns);
        assert_int_equal(got.held, expected.held);
    }
}

/* Several take a GIL and a lock in turn; now and then one never lets go. `slow` lets go hundreds of
 * turns later, and what `late` does is told hundreds of turns afterwards. */
struct turns {
    struct fake_trace *f;
    uint32_t gil, lock, slow, late, threads[5];
    uint64_t time, told, seed;
};

static void take_both(struct turns *x, uint32_t thread, uint64_t time)
{
    fake_take(x->f, thread, time, x->gil, 0);
    fake_event(x->f, (struct gs_event){
                         .time = time, .actor = thread, .kind = GS_EVENT_ACQUIRE, .a = x->lock});
}

static void drop_both(struct turns *x, uint32_t thread, uint64_t time)
{
    fake_event(x->f, (struct gs_event){
                         .time = time, .actor = thread, .kind = GS_EVENT_RELEASE, .a = x->lock});
    fake_drop(x->f, thread, time, x->gil, GS_DROP_ASKED, 0);
}

static struct turns begin_turns(void)
{
    struct turns x = {.f = fake_open(), .seed = 88172645463325252u};
    x.gil = fake_interpreter(x.f, fake_process(x.f, "p"), "i", true);
    for (int i = 0; i < 5; i++)
        x.threads[i] = fake_thread(x.f, x.gil, "t");
    x.slow = fake_thread(x.f, x.gil, "slow");
    x.late = fake_thread(x.f, x.gil, "late");
    x.lock = fake_lock(x.f, "lock", 1);
    fake_state(x.f, x.threads[0], 0, GS_STATE_WAITING, x.lock, 1, 0);
    return x;
}

static void take_turns(struct turns *x, int i)
{
    uint64_t seed = next(&x->seed), until = x->time + seed % 40;
    take_both(x, x->threads[i % 5], x->time);
    if (i % 40 != 3)
        drop_both(x, x->threads[i % 5], until);
    x->time = until + (seed >> 20) % 10;
    if (i % 500 == 7)
        take_both(x, x->slow, x->time);
    if (i % 500 == 407)
        drop_both(x, x->slow, x->time);
    if (i % 100 == 50)
        take_both(x, x->late, x->told = x->time > 9000 ? x->time - 9000 : x->told);
    if (i % 100 == 51)
        drop_both(x, x->late, x->told += 5);
}

static void compare_turns(struct turns *x)
{
    const struct gs_timeline *t = x->f->timeline;
    compare_owned(t, &(struct gs_owned){.lane = gs_timeline_lane(t, x->gil)}, &x->seed);
    compare_owned(t, &(struct gs_owned){.lock = x->lock}, &x->seed);
}

static void owners_are_exact_at_any_length(void **state)
{
    (void)state;
    struct turns x = begin_turns();
    for (int i = 0; i < 9000; i++) {
        take_turns(&x, i);
        if (i % 600 == 0 || i % 500 == 407 || i % 700 == 50 || i == 127 || i == 128)
            compare_turns(&x);
    }
    gs_timeline_extend(x.f->timeline, x.time + 500);
    compare_turns(&x);
    fake_close(x.f);
}

/* Else a picture of a long run would be right, but read each of its holds. */
static void most_of_a_long_run_is_in_sums(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t a = fake_thread(f, gil, "a"), lock = fake_lock(f, "lock", 1);
    uint32_t loop = fake_loop(f, a, "loop"), task = fake_task(f, loop, "task");
    fake_state(f, a, 0, GS_STATE_WAITING, lock, 1, 0);
    for (uint64_t i = 0; i < 5000; i++) {
        fake_take(f, a, i * 10, gil, 0);
        fake_event(
            f, (struct gs_event){.time = i * 10, .actor = a, .kind = GS_EVENT_ACQUIRE, .a = lock});
        fake_state(f, task, i * 10, GS_STATE_RUNNING, 0, 0, 0);
        fake_state(f, task, i * 10 + 7, GS_STATE_AWAITING, 0, 0, 0);
        fake_event(f, (struct gs_event){
                          .time = i * 10 + 8, .actor = a, .kind = GS_EVENT_RELEASE, .a = lock});
        fake_drop(f, a, i * 10 + 8, gil, GS_DROP_ASKED, 0);
    }
    const struct gs_owned_sums *sums[] = {
        &((const struct gs_book *)gs_timeline_lane(f->timeline, gil))->owned,
        &((const struct gs_book *)gs_timeline_lane(f->timeline, loop))->owned,
        &gs_store_record(f->timeline, lock)->owned};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        struct gs_tally tally = {0};
        assert_int_equal(gs_owned_sums_take(sums[i], 0, 0, 50000, &tally), 4096);
        assert_int_equal(tally.list.count, 1);
        assert_int_equal(tally.list.items[0].ns, 4096u * (i == 1 ? 7 : 8));
        assert_int_equal(gs_owned_sums_take(sums[i], 4096, 0, 50000, &tally), 512);
        assert_int_equal(gs_owned_sums_take(sums[i], 64, 0, 50000, &tally), 64);
        assert_int_equal(gs_owned_sums_take(sums[i], 0, 0, 40000, &tally), 512);
        assert_int_equal(gs_owned_sums_take(sums[i], 1, 0, 50000, &tally), 0);
        gs_tally_free(&tally);
    }
    fake_close(f);
}

/* What goes on has no sum yet, and gets one when it ends. */
static void what_has_ended_gets_into_sums(void **state)
{
    (void)state;
    struct turns x = begin_turns();
    struct gs_tally tally = {0};
    for (int i = 0; i < 512; i++) {
        take_both(&x, i == 10 ? x.slow : x.late, (uint64_t)i * 10);
        if (i != 10)
            drop_both(&x, x.late, (uint64_t)i * 10 + 8);
    }
    const struct gs_owned_sums *sums = &gs_store_record(x.f->timeline, x.lock)->owned;
    assert_int_equal(gs_owned_sums_take(sums, 0, 0, 100000, &tally), 0);
    assert_int_equal(gs_owned_sums_take(sums, 64, 0, 100000, &tally), 64);
    drop_both(&x, x.slow, 6000);
    for (uint64_t i = 0; i < 128; i++) {
        take_both(&x, x.late, 7000 + i);
        drop_both(&x, x.late, 7000 + i);
    }
    assert_int_equal(gs_owned_sums_take(sums, 0, 0, 100000, &tally), 512);
    gs_tally_free(&tally);
    fake_close(x.f);
}

static void a_tally_has_any_number_of_owners(void **state)
{
    (void)state;
    struct gs_tally tally = {0};
    for (uint32_t round = 1; round <= 2; round++)
        for (uint32_t i = 0; i < 5000; i++)
            gs_tally_add(&tally, i * 1024 + 7, i * round);
    assert_int_equal(tally.list.count, 5000);
    for (uint32_t i = 0; i < 5000; i++) {
        assert_int_equal(tally.list.items[i].owner, i * 1024 + 7);
        assert_int_equal(tally.list.items[i].ns, i * 3);
    }
    gs_tally_free(&tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_exact_at_any_length),
        cmocka_unit_test(rough_shares_are_those_of_whole_blocks),
        cmocka_unit_test(an_empty_window_has_no_shares),
        cmocka_unit_test(the_longest_owner_of_a_window),
        cmocka_unit_test(owners_are_exact_at_any_length),
        cmocka_unit_test(most_of_a_long_run_is_in_sums),
        cmocka_unit_test(what_has_ended_gets_into_sums),
        cmocka_unit_test(a_tally_has_any_number_of_owners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
