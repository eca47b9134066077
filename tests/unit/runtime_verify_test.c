/* What the runtime traces breaks no rule of the trace, on both clocks, by every profile. */
#include "support/bare_stage.h"
#include "timeline/judge/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

struct judgement {
    const struct gs_tables *tables; /* there while the stage runs: judged before it is gone */
    struct gs_timeline *timeline;
    bool judged;
    uint64_t violations;
};

static void judge(void *context, const struct gs_event *e)
{
    struct judgement *j = context;
    if (!j->timeline)
        j->timeline = gs_timeline_new(j->tables);
    gs_timeline_add(j->timeline, e);
    if (e->kind != GS_EVENT_END)
        return;
    struct gs_violations found;
    gs_verify(j->timeline, &found);
    for (size_t i = 0; i < found.list.count && i < 5; i++)
        print_message("%s\n", found.list.items[i].text);
    gs_vec_free(&found.list);
    j->violations = found.count;
    j->judged = true;
}

/* Threads that compute, and more than two, so that a thread that gave its GIL away often finds that
 * the next owner has let go of it already; threads that sleep and work outside; one that is so
 * short that its end and the run's are nearly one. */
static const char mixed[] =
    "local function count(n) local x = 0 for i = 1, n do x = x + i end end\n"
    "local function nap() for i = 1, 5 do sleep(0.001) count(2000) end end\n"
    "local function out() for i = 1, 5 do compute(0.001) count(2000) end end\n"
    "local t = {}\n"
    "for i = 1, 3 do t[#t + 1] = start(count, 300000) end\n"
    "for i = 1, 2 do t[#t + 1] = start(nap) t[#t + 1] = start(out) end\n"
    "for i = 1, #t do join(t[i]) end\n"
    "for i = 1, 20 do join(start(count, 1)) end\n";

static void expect_no_violation(enum gs_clock_kind clock, enum gs_gil_profile gil)
{
    struct judgement j = {0};
    struct gs_bare_stage stage = {.clock = clock,
                                  .gil = gil,
                                  .interval_ns = 200000,
                                  .scene = mixed,
                                  .sink = judge,
                                  .context = &j};
    assert_int_equal(gs_bare_stage_run(&stage, &j.tables), 0);
    assert_true(j.judged);
    assert_int_equal(j.violations, 0);
    gs_timeline_free(j.timeline);
}

static void virtual_runs_break_no_rule(void **state)
{
    (void)state;
    for (int gil = GS_GIL_312; gil <= GS_GIL_OFF; gil++)
        expect_no_violation(GS_CLOCK_VIRTUAL, gil);
}

static void real_runs_break_no_rule(void **state)
{
    (void)state;
    /* Free-threaded needs states of their own on this clock: a bare stage has none to carry. */
    for (int gil = GS_GIL_312; gil <= GS_GIL_27; gil++) {
        for (int round = 0; round < 5; round++)
            expect_no_violation(GS_CLOCK_REAL, gil);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(virtual_runs_break_no_rule),
        cmocka_unit_test(real_runs_break_no_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
