/* Shares of a window against the sums taken by hand, and the owners of a GIL. */
#include "support/fake_trace.h"
#include "timeline/owners.h"

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

/* Owners take turns: every `turn`-th hold is b's. 100,000 ns in all, four fifths of them held. */
static struct gs_owner_share of_ten_thousand(unsigned turn, uint32_t *a)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "p"), "i", true);
    uint32_t b = fake_thread(f, gil, "b");
    *a = fake_thread(f, gil, "a");
    for (uint64_t i = 0; i < 10000; i++) {
        uint32_t owner = i % turn ? *a : b;
        fake_take(f, owner, i * 10, gil, 0);
        fake_drop(f, owner, i * 10 + 8, gil, GS_DROP_ASKED, 0);
    }
    struct gs_owner_share share = gs_owned_share(
        f->timeline, &(struct gs_owned){.lane = gs_timeline_lane(f->timeline, gil)}, 0, 100000);
    fake_close(f);
    return share;
}

static void thousands_of_holds_are_sampled(void **state)
{
    (void)state;
    for (unsigned turn = 2; turn < 50; turn++) {
        uint32_t a;
        struct gs_owner_share share = of_ten_thousand(turn, &a);
        uint64_t expected = 80000 - 80000 / turn;
        assert_int_equal(share.owners, 2);
        assert_true(turn == 2 || share.owner == a);
        assert_in_range(share.ns, expected - 7000, expected + 7000);
        assert_in_range(share.held, 79000, 81000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_exact_at_any_length),
        cmocka_unit_test(rough_shares_are_those_of_whole_blocks),
        cmocka_unit_test(an_empty_window_has_no_shares),
        cmocka_unit_test(the_longest_owner_of_a_window),
        cmocka_unit_test(thousands_of_holds_are_sampled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
