/* Rings are looked at one after the other: an event can arrive before an older one of another
 * actor, and the timeline must come out the same. */
#include "support/fake_trace.h"
#include "timeline/judge/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ACTORS = 8 };

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    return *seed ^= *seed << 17;
}

/* The same events as a collector hands them on: each drain takes what the rings hold, but it looks
 * at them one after the other, and the last one looked at has got up to 2 ms further. */
static struct gs_timeline *in_drains(const struct fake_trace *f, uint64_t seed)
{
    struct gs_timeline *t = gs_timeline_new(f->tables);
    uint64_t taken[ACTORS] = {0}; /* events before this time have been taken from the ring */
    for (uint64_t now = 0; now < FAKE_MS(64); now += next(&seed) % FAKE_MS(3)) {
        uint64_t seen[ACTORS];
        for (int a = 0; a < ACTORS; a++)
            seen[a] = now + next(&seed) % FAKE_MS(2);
        for (size_t i = 0; i < f->events.count; i++) {
            const struct gs_event *e = &f->events.items[i];
            if (e->time >= taken[e->actor] && e->time < seen[e->actor])
                gs_timeline_add(t, e);
        }
        for (int a = 0; a < ACTORS; a++)
            taken[a] = seen[a] > taken[a] ? seen[a] : taken[a];
    }
    return t;
}

static void assert_same_holds(const struct gs_lane *got, const struct gs_lane *expected)
{
    assert_int_equal(got->holds.count, expected->holds.count);
    for (size_t i = 0; i < got->holds.count; i++) {
        const struct gs_hold *a = &got->holds.items[i], *b = &expected->holds.items[i];
        assert_int_equal(a->start, b->start);
        assert_int_equal(a->end, b->end);
        assert_int_equal(a->owner, b->owner);
        assert_int_equal(a->why, b->why);
        assert_int_equal(a->asked, b->asked);
        assert_int_equal(a->asked_by, b->asked_by);
        assert_false(a->open);
    }
}

static void an_order_between_actors_is_not_needed(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    const struct fake_trace *f = x.trace;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        struct gs_timeline *t = in_drains(f, seed * 7919);
        struct gs_violations found;
        assert_same_holds(gs_timeline_lane(t, x.gil), gs_timeline_lane(f->timeline, x.gil));
        assert_true(gs_verify(t, &found));
        assert_int_equal(gs_timeline_end(t), FAKE_MS(60));
        gs_timeline_free(t);
    }
    fake_close(x.trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_between_actors_is_not_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
