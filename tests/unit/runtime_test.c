/* The runtime without a scene's libraries: threads under a GIL, on both clocks. */
#include "support/bare_stage.h"

#include "lua/vm/guest.h"
#include "lua/vm/interp.h"
#include "lua/vm/memory.h"
#include "sched/actor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

struct run {
    int status;
    uint64_t events, lost, takes, drops, asked, requests, hash, end, stood, off_core;
    char deadlock[512];
    const struct gs_tables *tables;
    struct gs_facts facts; /* as they were at its end */
};

static void hash(struct run *run, const struct gs_event *e)
{
    const unsigned char *bytes = (const unsigned char *)e;
    for (size_t i = 0; i < sizeof *e; i++)
        run->hash = (run->hash ^ bytes[i]) * 1099511628211u;
}

static void take(void *context, const struct gs_event *e)
{
    struct run *run = context;
    run->events++;
    run->lost += e->kind == GS_EVENT_LOST ? e->a : 0;
    run->takes += e->kind == GS_EVENT_GIL_TAKE;
    run->drops += e->kind == GS_EVENT_GIL_DROP;
    run->asked += e->kind == GS_EVENT_GIL_DROP && e->flags == GS_DROP_ASKED;
    run->requests += e->kind == GS_EVENT_GIL_REQUEST;
    run->off_core += e->kind == GS_EVENT_OFF_CORE ? e->b - e->a : 0;
    if (e->kind == GS_EVENT_END)
        run->end = e->time;
    if (e->kind == GS_EVENT_END)
        run->facts = *run->tables->facts(run->tables);
    if (e->kind == GS_EVENT_DEADLOCK)
        run->stood = e->time;
    if (e->kind == GS_EVENT_DEADLOCK)
        snprintf(run->deadlock, sizeof run->deadlock, "%s",
                 run->tables->string(run->tables, (uint32_t)e->a));
    hash(run, e);
}

static struct run run(struct gs_bare_stage stage, const char *scene)
{
    struct run result = {0};
    stage.scene = scene;
    stage.sink = take;
    stage.context = &result;
    result.status = gs_bare_stage_run(&stage, &result.tables);
    return result;
}

static const struct gs_bare_stage virtual_312 = {.clock = GS_CLOCK_VIRTUAL, .gil = GS_GIL_312};
static const struct gs_bare_stage real_312 = {.clock = GS_CLOCK_REAL, .gil = GS_GIL_312};

static const char two_threads[] =
    "local function count(n) local x = 0 for i = 1, n do x = x + i end end\n"
    "local a, b = start(count, 3000000), start(count, 3000000)\n"
    "join(a) join(b)\n";

static void virtual_threads_hand_over(void **state)
{
    (void)state;
    struct run r = run(virtual_312, two_threads);
    assert_int_equal(r.status, 0);
    assert_int_equal(r.lost, 0);
    assert_int_equal(r.takes, r.drops);
#ifndef GS_HOSTILE
    /* 6 M × 2 instructions at 10 ns and a switch each 5 ms: about 24. */
    assert_in_range(r.asked, 15, 35);
    assert_in_range(r.end, 110000000, 135000000);
#endif
}

static void virtual_runs_are_the_same_to_the_byte(void **state)
{
    (void)state;
    static const char scene[] =
        "local function count() local x = 0 for i = 1, 300000 do x = x + i end end\n"
        "local a, b = start(count), start(count) join(a) join(b)\n";
    static const enum gs_gil_profile profiles[] = {GS_GIL_312, GS_GIL_39, GS_GIL_27, GS_GIL_OFF};
    for (int p = 0; p < 4; p++) {
        struct gs_bare_stage conf = {
            .clock = GS_CLOCK_VIRTUAL, .gil = profiles[p], .interval_ns = 500000, .seed = 7};
        struct run first = run(conf, scene);
        for (int i = 0; i < 3; i++) {
            struct run again = run(conf, scene);
            assert_int_equal(again.hash, first.hash);
            assert_int_equal(again.status, 0);
        }
        conf.seed = 8;
        assert_int_not_equal(run(conf, scene).hash, first.hash);
    }
}

/* Not in the order, which may leave them open, and not where only a live run has them. */
static void the_trace_says_by_what_rules_it_goes(void **state)
{
    (void)state;
    const struct gs_bare_stage conf = {
        .clock = GS_CLOCK_VIRTUAL, .gil = GS_GIL_39, .cores = 3, .seed = 7};
    struct gs_facts facts = run(conf, "local x").facts;
    assert_int_equal(facts.clock, GS_CLOCK_VIRTUAL);
    assert_int_equal(facts.gil, GS_GIL_39);
    assert_int_equal(facts.cores, 3);
    assert_int_equal(facts.interval_ns, 5000000);
    assert_int_equal(facts.seed, 7);
}

/* Twenty turns, however long they take on a busy machine; but none is given away early. */
static void real_threads_hand_over(void **state)
{
    (void)state;
    static const char scene[] =
        "local turns, last = 0\n"
        "local function count(me)\n"
        "  while turns < 20 do if last ~= me then last, turns = me, turns + 1 end end\n"
        "end\n"
        "local a, b = start(count, 1), start(count, 2) join(a) join(b)\n";
    struct run r = run(real_312, scene);
    assert_int_equal(r.status, 0);
    assert_int_equal(r.takes, r.drops);
#ifndef GS_HOSTILE
    assert_in_range(r.asked, 19, 25);
    assert_true(r.end > 19 * UINT64_C(5000000));
#endif
}

static void updates_are_lost_in_39_only(void **state)
{
    (void)state;
    static const char scene[] =
        "counter = 0\n"
        "local function add(n) for i = 1, n do counter = counter + 1 end end\n"
        "local t = {} for i = 1, 4 do t[i] = start(add, 500000) end\n"
        "for i = 1, 4 do join(t[i]) end\n"
        "expect((counter == 2000000) == exact, 'counter ' .. counter)\n";
    char text[512];
    for (int clock = GS_CLOCK_REAL; clock <= GS_CLOCK_VIRTUAL; clock++) {
        snprintf(text, sizeof text, "exact = true %s", scene);
        struct gs_bare_stage conf = {.clock = clock, .gil = GS_GIL_312, .interval_ns = 200000};
        assert_int_equal(run(conf, text).status, 0);
    }
    snprintf(text, sizeof text, "exact = false %s", scene);
    struct gs_bare_stage old = {.clock = GS_CLOCK_VIRTUAL, .gil = GS_GIL_39, .interval_ns = 200000};
    assert_int_equal(run(old, text).status, 0);
}

static void sleeps_and_native_work_overlap(void **state)
{
    (void)state;
    static const char scene[] = "local a, b = start(compute, 0.05), start(compute, 0.05)\n"
                                "local c = start(sleep, 0.05)\n"
                                "join(a) join(b) join(c) expect(now() < limit, 'took ' .. now())\n"
                                "expect(now() > 0.045, 'took only ' .. now())\n";
    char text[512];
    snprintf(text, sizeof text, "limit = 0.0525 %s", scene);
    struct gs_bare_stage conf = virtual_312;
    conf.cores = 2;
    assert_int_equal(run(conf, text).status, 0);
    conf.cores = 1;
    assert_int_equal(run(conf, text).status, 1);
}

static void free_threads_share_cores(void **state)
{
    (void)state;
    struct gs_bare_stage conf = {.clock = GS_CLOCK_VIRTUAL, .gil = GS_GIL_OFF, .cores = 4};
    uint64_t four = run(conf, two_threads).end;
    conf.cores = 1;
    uint64_t one = run(conf, two_threads).end;
    assert_in_range(one, four * 19 / 10, four * 21 / 10);
}

static void deadlock_is_named_on_both_clocks(void **state)
{
    (void)state;
    for (int clock = GS_CLOCK_REAL; clock <= GS_CLOCK_VIRTUAL; clock++) {
        struct gs_bare_stage conf = {.clock = clock, .gil = GS_GIL_312};
        struct run r = run(conf, "local a, b\n"
                                 "a = start(function() repeat sleep(0.01) until b join(b) end)\n"
                                 "b = start(function() sleep(0.01) join(a) end)\n"
                                 "join(a)\n");
        assert_int_equal(r.status, 1);
        assert_non_null(strstr(r.deadlock, "Thread-1 waits for the end of Thread-2 (line 2)"));
        assert_non_null(strstr(r.deadlock, "Thread-2 waits for the end of Thread-1 (line 3)"));
        /* It lasts long enough to be seen. */
        assert_true(r.end >= r.stood + r.stood / 4);
    }
}

static void an_error_ends_its_thread_and_the_run_with_1(void **state)
{
    (void)state;
    for (int clock = GS_CLOCK_REAL; clock <= GS_CLOCK_VIRTUAL; clock++) {
        struct gs_bare_stage conf = {.clock = clock, .gil = GS_GIL_312};
        struct run r = run(conf, "local t = start(function() error('boom') end) join(t)");
        assert_int_equal(r.status, 1);
        assert_int_equal(r.takes, r.drops);
    }
}

/* A waiter that was woken and is on its way stands in no queue; the holder has to go on releasing.
 * If it does not, this never ends, until the stage's alarm. */
static void in_27_nobody_starves(void **state)
{
    (void)state;
    static const char scene[] = "local stop = false\n"
                                "start(function() repeat for i = 1, 10000 do end until stop end)\n"
                                "for i = 1, 5 do sleep(0.001) end\n"
                                "stop = true\n";
    for (int clock = GS_CLOCK_REAL; clock <= GS_CLOCK_VIRTUAL; clock++) {
        struct gs_bare_stage stage = {.clock = clock, .gil = GS_GIL_27};
        assert_int_equal(run(stage, scene).status, 0);
    }
}

/* In the hostile build nobody asks: it looks at all check points for itself. */
#ifndef GS_HOSTILE
/* What asked it to let go is gone, as often as somebody asks, for three intervals. */
static int be_deaf(lua_State *L)
{
    uint64_t end = gs_now() + 15000000;
    while (gs_now() < end)
        lua_sethook(L, NULL, 0, 0);
    return 0;
}

static void open_be_deaf(lua_State *L)
{
    lua_register(L, "be_deaf", be_deaf);
}

/* If it is not, this never ends, until the stage's alarm. */
static void a_request_that_came_to_nothing_is_repeated(void **state)
{
    (void)state;
    struct gs_bare_stage stage = real_312;
    stage.open = open_be_deaf;
    assert_int_equal(run(stage, "local stop = false\n"
                                "start(function() be_deaf() while not stop do end end)\n"
                                "stop = true\n")
                         .status,
                     0);
}
#endif

static int held_bytes(lua_State *L)
{
    void *memory;
    lua_getallocf(L, &memory);
    lua_pushinteger(L, (lua_Integer)((const struct gs_memory *)memory)->held_bytes);
    return 1;
}

static void open_held_bytes(lua_State *L)
{
    lua_register(L, "held_bytes", held_bytes);
}

/* While the other wants the GIL, coroutines are not freed; when it has got it, they are. */
static void what_was_held_back_is_freed(void **state)
{
    (void)state;
    struct gs_bare_stage stage = real_312;
    stage.open = open_held_bytes;
    static const char scene[] = "local stop = false\n"
                                "local other = start(function() while not stop do end end)\n"
                                "repeat\n"
                                "  for i = 1, 100 do coroutine.create(print) end\n"
                                "  collectgarbage()\n"
                                "until held_bytes() > 0 or now() > 10\n"
                                "expect(now() < 10, 'something is held back')\n"
                                "sleep(0.001)\n"
                                "expect(held_bytes() == 0, held_bytes() .. ' are still held')\n"
                                "stop = true\n";
    assert_int_equal(run(stage, scene).status, 0);
}

static void a_thousand_threads(void **state)
{
    (void)state;
    static const char scene[] =
        "local t = {}\n"
        "for i = 1, 1000 do t[i] = start(function() sleep(0.05) for k = 1, 1000 do end end) end\n"
        "for i = 1, 1000 do join(t[i]) end\n";
    assert_int_equal(run(real_312, scene).status, 0);
    assert_int_equal(run(virtual_312, scene).status, 0);
}

/* Once it is asked for its GIL, for a fifth of a second. */
static int stand_still(lua_State *L)
{
    (void)L;
    while (!atomic_load(&gs_lua_self()->interp->gil->drop_request))
        gs_runtime.ops->stand_still(1000000);
    gs_runtime.ops->stand_still(200000000);
    return 0;
}

static void open_stand_still(lua_State *L)
{
    lua_register(L, "stand_still", stand_still);
}

/* To those that wait for its GIL, who sleeps with it in hand is as one whose core the kernel has
 * given to another. */
static void who_has_the_gil_and_no_core_is_seen(void **state)
{
    (void)state;
    struct gs_bare_stage stage = real_312;
    stage.open = open_stand_still;
    struct run r = run(stage, "local t = start(function() stand_still() end)\n"
                              "sleep(0.01) join(t)\n");
    assert_int_equal(r.status, 0);
    assert_true(r.off_core > 50000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(virtual_threads_hand_over),
        cmocka_unit_test(virtual_runs_are_the_same_to_the_byte),
        cmocka_unit_test(the_trace_says_by_what_rules_it_goes),
        cmocka_unit_test(real_threads_hand_over),
        cmocka_unit_test(updates_are_lost_in_39_only),
        cmocka_unit_test(sleeps_and_native_work_overlap),
        cmocka_unit_test(free_threads_share_cores),
        cmocka_unit_test(deadlock_is_named_on_both_clocks),
        cmocka_unit_test(an_error_ends_its_thread_and_the_run_with_1),
        cmocka_unit_test(in_27_nobody_starves),
#ifndef GS_HOSTILE
        cmocka_unit_test(a_request_that_came_to_nothing_is_repeated),
#endif
        cmocka_unit_test(what_was_held_back_is_freed),
        cmocka_unit_test(a_thousand_threads),
        cmocka_unit_test(who_has_the_gil_and_no_core_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
