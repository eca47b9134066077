/* Losing events makes no violation: traces that break no rule, with holes torn into them. */
#include "support/bare_stage.h"
#include "support/fake_trace.h"
#include "timeline/judge/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ACTORS = 64 };

/* One thread's ring: while it is full events are dropped, and the next one that fits is told how
 * many. */
struct leaky_ring {
    uint64_t lost;
    bool full;
};

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    return *seed ^= *seed << 17;
}

/* Feeds the events with holes; returns how many violations are seen in what is left. */
static uint64_t judge_leaky(const struct gs_tables *tables, const struct gs_event *events,
                            size_t count, uint64_t trial)
{
    uint64_t seed = trial * 7919;
    struct gs_timeline *t = gs_timeline_new(tables);
    struct leaky_ring rings[ACTORS] = {0};
    for (size_t i = 0; i < count; i++) {
        const struct gs_event *e = &events[i];
        struct leaky_ring *ring = &rings[e->actor % ACTORS];
        ring->full = ring->full ? next(&seed) % 3 != 0 : next(&seed) % 12 == 0;
        if (ring->full && e->kind != GS_EVENT_END) {
            ring->lost++;
            continue;
        }
        if (ring->lost) {
            struct gs_event lost = {
                .time = e->time, .actor = e->actor, .kind = GS_EVENT_LOST, .a = ring->lost};
            gs_timeline_add(t, &lost);
            ring->lost = 0;
        }
        gs_timeline_add(t, e);
    }
    for (uint32_t a = 0; a < ACTORS; a++) {
        struct gs_event lost = {.actor = a, .kind = GS_EVENT_LOST, .a = rings[a].lost};
        if (lost.a)
            gs_timeline_add(t, &lost);
    }
    struct gs_violations found;
    if (!gs_verify(t, &found))
        print_message("trial %llu: %s\n", (unsigned long long)trial, found.list.items[0].text);
    gs_vec_free(&found.list);
    gs_timeline_free(t);
    return found.count;
}

static void holes_in_a_fight_are_no_violation(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    for (uint64_t trial = 1; trial <= 2000; trial++)
        assert_int_equal(
            judge_leaky(x.trace->tables, x.trace->events.items, x.trace->events.count, trial), 0);
    fake_close(x.trace);
}

/* Two threads in turn, and the kernel takes the core of who runs: what it was without one for is
 * told afterwards. */
static void holes_around_lost_cores_are_no_violation(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main", true);
    const uint32_t thread[] = {fake_thread(f, gil, "Thread-1"), fake_thread(f, gil, "Thread-2")};
    fake_born(f, thread[0], 0, 0);
    fake_born(f, thread[1], 0, thread[0]);
    fake_state(f, thread[1], 0, GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_NONE);
    for (unsigned turn = 0; turn < 40; turn++) {
        uint64_t at = turn * FAKE_MS(5), end = at + FAKE_MS(5);
        uint32_t self = thread[turn % 2], before = turn ? thread[(turn + 1) % 2] : GS_CAUSE_NONE;
        fake_take(f, self, at, gil, 1);
        fake_state(f, self, at, GS_STATE_RUNNING, 0, 1, before);
        fake_off_core(f, self, end, at + FAKE_MS(1), at + FAKE_MS(2));
        fake_off_core(f, self, end, at + FAKE_MS(3), at + FAKE_MS(4));
        fake_state(f, self, end, GS_STATE_WANTS_GIL, 0, 1, GS_CAUSE_CLOCK);
        fake_drop(f, self, end, gil, GS_DROP_ASKED, 1);
    }
    fake_end(f, FAKE_MS(200), 0);
    for (uint64_t trial = 1; trial <= 2000; trial++)
        assert_int_equal(judge_leaky(f->tables, f->events.items, f->events.count, trial), 0);
    fake_close(f);
}

struct recording {
    const struct gs_tables *tables;
    GS_VEC(struct gs_event) events;
    uint64_t violations;
    bool judged;
};

/* Judged while the stage's names are there. */
static void record(void *context, const struct gs_event *e)
{
    struct recording *r = context;
    gs_vec_push(&r->events, *e);
    if (e->kind != GS_EVENT_END)
        return;
    for (uint64_t trial = 1; trial <= 100; trial++)
        r->violations += judge_leaky(r->tables, r->events.items, r->events.count, trial);
    r->judged = true;
}

static void holes_in_real_runs_are_no_violation(void **state)
{
    (void)state;
    static const char scene[] =
        "local function count(n) local x = 0 for i = 1, n do x = x + i end end\n"
        "local function nap() for i = 1, 5 do sleep(0.001) count(2000) compute(0.001) end end\n"
        "local t = {}\n"
        "for i = 1, 3 do t[#t + 1] = start(count, 200000) t[#t + 1] = start(nap) end\n"
        "for i = 1, #t do join(t[i]) end\n";
    for (int clock = GS_CLOCK_REAL; clock <= GS_CLOCK_VIRTUAL; clock++) {
        struct recording r = {0};
        struct gs_bare_stage stage = {.clock = clock,
                                      .gil = GS_GIL_312,
                                      .interval_ns = 200000,
                                      .scene = scene,
                                      .sink = record,
                                      .context = &r};
        assert_int_equal(gs_bare_stage_run(&stage, &r.tables), 0);
        assert_true(r.judged);
        assert_int_equal(r.violations, 0);
        gs_vec_free(&r.events);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_in_a_fight_are_no_violation),
        cmocka_unit_test(holes_around_lost_cores_are_no_violation),
        cmocka_unit_test(holes_in_real_runs_are_no_violation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
