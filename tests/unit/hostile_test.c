/* The hostile build is hostile, and no other build is: small rings, a GIL switch at every check
 * point, refused allocations. Else its tests would pass for the wrong reason. */
#include "support/bare_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#ifdef GS_HOSTILE
enum { HOSTILE = true };
#else
enum { HOSTILE = false };
#endif

static void rings_are_small(void **state)
{
    (void)state;
    assert_int_equal(gs_segment_default.ring_events, HOSTILE ? 8 : 32768);
}

struct seen {
    unsigned asked, requests, lost;
};

static void look(void *context, const struct gs_event *e)
{
    struct seen *seen = context;
    seen->asked += e->kind == GS_EVENT_GIL_DROP && e->flags == GS_DROP_ASKED;
    seen->requests += e->kind == GS_EVENT_GIL_REQUEST;
    seen->lost += e->kind == GS_EVENT_LOST;
}

static struct seen run(enum gs_clock_kind clock, enum gs_gil_profile gil, const char *scene)
{
    struct seen seen = {0};
    struct gs_bare_stage stage = {
        .clock = clock, .gil = gil, .scene = scene, .sink = look, .context = &seen};
    assert_int_equal(gs_bare_stage_run(&stage, NULL), 0);
    return seen;
}

static const char two_threads[] =
    "local function count() local x = 0 for i = 1, n do x = x + i end end\n"
    "local a, b = start(count), start(count) join(a) join(b)\n";

static struct seen two_count(enum gs_clock_kind clock, enum gs_gil_profile gil, unsigned n)
{
    char text[512];
    snprintf(text, sizeof text, "n = %u\n%s", n, two_threads);
    struct seen seen = run(clock, gil, text);
    assert_int_equal(seen.lost, 0);
    return seen;
}

static const enum gs_gil_profile asking[] = {GS_GIL_312, GS_GIL_39};

/* 100,000 instructions a thread take 1 ms: too little for anybody to ask, but 400 times what a
 * waiter needs at its price to wake up and be there; some wakes take several times that. */
static void every_check_point_switches(void **state)
{
    (void)state;
    for (int p = 0; p < 2; p++) {
        struct seen seen = two_count(GS_CLOCK_VIRTUAL, asking[p], 50000);
        assert_int_equal(seen.requests, 0);
        if (HOSTILE)
            assert_in_range(seen.asked, 100, 4000);
        else
            assert_int_equal(seen.asked, 0);
    }
}

/* Elsewhere each switch was asked for. How many more there are depends on how soon the system lets
 * the other thread run. */
static void on_the_real_clock_too(void **state)
{
    (void)state;
    for (int p = 0; p < 2; p++) {
        struct seen seen = two_count(GS_CLOCK_REAL, asking[p], 2000000);
        if (HOSTILE)
            assert_in_range(seen.asked, seen.requests + 1, 200000);
        else
            assert_in_range(seen.asked, 0, seen.requests);
    }
}

/* A refused block makes Lua collect at once, though nobody else may: what only a weak table holds
 * is gone then. */
static void allocations_are_refused(void **state)
{
    (void)state;
    static const char scene[] = "collectgarbage('stop')\n"
                                "local weak, kept = setmetatable({}, { __mode = 'k' }), {}\n"
                                "weak[{}] = true\n"
                                "for i = 1, 1000 do kept[i] = {} end\n"
                                "expect((next(weak) == nil) == hostile, 'a collection came')\n";
    char text[512];
    snprintf(text, sizeof text, "hostile = %s\n%s", HOSTILE ? "true" : "false", scene);
    run(GS_CLOCK_VIRTUAL, GS_GIL_312, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_are_small),
        cmocka_unit_test(every_check_point_switches),
        cmocka_unit_test(on_the_real_clock_too),
        cmocka_unit_test(allocations_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
