/* What is held back while somebody waits for the GIL: the records of calls and the coroutines that
 * a waiter may be walking over, and nothing else. */
#include "lua/vm/gil.h"
#include "lua/vm/guest.h"
#include "lua/vm/memory.h"
#include "lua/vm/newstate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <lauxlib.h>
#include <lualib.h>

struct state {
    struct gs_gil gil;
    struct gs_memory memory;
    lua_State *L;
};

static void open_state(struct state *s)
{
    gs_lua.memory_limit = 64 << 20;
    *s = (struct state){.memory = {.wanters = &s->gil.wanters, .monitor = &s->gil.monitor}};
    s->L = gs_lua_newstate(gs_memory_allocate, &s->memory, 0);
    assert_non_null(s->L);
    assert_true(gs_memory_learn(&s->memory, s->L));
    luaL_openlibs(s->L);
    lua_gc(s->L, LUA_GCCOLLECT);
}

static void close_state(struct state *s)
{
    atomic_store(&s->gil.wanters, 0);
    lua_close(s->L);
    assert_int_equal(s->memory.used, 0);
    gs_memory_close(&s->memory);
    assert_null(s->memory.pool.arenas);
}

static void run(struct state *s, const char *code)
{
    if (luaL_dostring(s->L, code) != LUA_OK)
        fail_msg("%s", lua_tostring(s->L, -1));
}

static void calls_are_held_while_somebody_waits(void **unused)
{
    (void)unused;
    struct state s;
    open_state(&s);
    /* Two hundred calls deep and back: a full collection frees half of the unused records. */
    run(&s, "local function f(n) if n > 0 then f(n - 1) end return n end f(200)");
    atomic_store(&s.gil.wanters, 1);
    lua_gc(s.L, LUA_GCCOLLECT);
    assert_true(s.memory.held_bytes >= 50 * s.memory.call_size);
    gs_memory_let_go(&s.memory);
    assert_null(s.memory.held_calls);
    close_state(&s);
}

static void coroutines_are_held_and_tables_are_not(void **unused)
{
    (void)unused;
    struct state s;
    open_state(&s);
    lua_gc(s.L, LUA_GCSTOP);
    run(&s, "for i = 1, 100 do coroutine.wrap(print) end");
    lua_gc(s.L, LUA_GCRESTART);
    atomic_store(&s.gil.wanters, 1);
    lua_gc(s.L, LUA_GCCOLLECT);
    assert_true(s.memory.held_bytes >= 100 * s.memory.coroutine_size);
    gs_memory_let_go(&s.memory);
    uint64_t before = s.memory.used;
    run(&s, "local keep = {} for i = 1, 1000 do keep[i] = ('x'):rep(500) .. i end");
    lua_gc(s.L, LUA_GCCOLLECT);
    assert_true(s.memory.used < before + 20000);
    assert_true(s.memory.held_bytes < 20000);
    close_state(&s);
}

static void nothing_is_held_while_nobody_waits(void **unused)
{
    (void)unused;
    struct state s;
    open_state(&s);
    run(&s, "for i = 1, 100 do coroutine.wrap(print) end");
    lua_gc(s.L, LUA_GCCOLLECT);
    assert_int_equal(s.memory.held_bytes, 0);
    close_state(&s);
}

/* A block keeps its content on its way through all sizes, up and down. */
static void blocks_keep_their_content(void **unused)
{
    (void)unused;
    gs_lua.memory_limit = 1 << 20;
    struct gs_memory memory = {0};
    char *block = gs_memory_allocate(&memory, NULL, LUA_TSTRING, 1);
    size_t size = 1;
    *block = 0;
    for (; size < 1000; size++) {
        block = gs_memory_allocate(&memory, block, size, size + 1);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(block[i], (char)i);
        block[size] = (char)size;
        assert_int_equal(memory.used, size + 1);
    }
    for (; size > 1; size -= 3) {
        block = gs_memory_allocate(&memory, block, size, size - 3);
        for (size_t i = 0; i < size - 3; i++)
            assert_int_equal(block[i], (char)i);
    }
    gs_memory_allocate(&memory, block, size, 0);
    assert_int_equal(memory.used, 0);
    gs_memory_close(&memory);
}

/* Tables that grow and shrink, again and again: what they leave is used again. */
static void memory_that_comes_and_goes_is_used_again(void **unused)
{
    (void)unused;
    struct state s;
    open_state(&s);
    run(&s, "function churn(n) for i = 1, n do\n"
            "  local t = {} for k = 1, 16 do t[k] = k end for k = 5, 16 do t[k] = nil end\n"
            "  t.a = 1 t.b = 2 load('local a = ' .. i .. ' return a') end collectgarbage() end\n"
            "churn(1000)");
    uint64_t before = s.memory.pool.bytes;
    run(&s, "churn(20000)");
    assert_in_range(s.memory.pool.bytes, 0, before + before / 4);
    close_state(&s);
}

/* All of it in small tables; once they are gone there is room for whatever else. */
static void full_memory_that_was_freed_serves_other_sizes(void **unused)
{
    (void)unused;
    struct state s;
    open_state(&s);
    gs_lua.memory_limit = s.memory.pool.limit = 4 << 20;
    run(&s, "local all = {} for i = 1, 2 ^ 14 do all[i] = false end\n"
            "assert(not pcall(function() local i = 0 while true do\n"
            "  i = i + 1 all[i % 2 ^ 14 + 1] = { all[i % 2 ^ 14 + 1] } end end))\n"
            "all = nil collectgarbage()\n"
            "local kept = {}\n"
            "for i = 1, 1000 do kept[#kept + 1] = coroutine.create(print)\n"
            "  kept[#kept + 1] = load('return ' .. i) kept[#kept + 1] = ('x'):rep(150) .. i end");
    close_state(&s);
}

static void a_block_shrinks_at_the_limit(void **unused)
{
    (void)unused;
    enum { MOST = 10000 };
    static char *small[MOST];
    gs_lua.memory_limit = 1 << 20;
    struct gs_memory memory = {.pool = {.limit = 1}};
    char *large = gs_memory_allocate(&memory, NULL, LUA_TSTRING, 10000);
    int count = 0;
    while (count < MOST && (small[count] = gs_memory_allocate(&memory, NULL, LUA_TSTRING, 20)))
        count++;
    /* Where every block is malloc's, nothing but the count ends it. */
    assert_in_range(count, 1000, MOST);
    large = gs_memory_allocate(&memory, large, 10000, 20);
    assert_non_null(large);
    gs_memory_allocate(&memory, large, 20, 0);
    while (count > 0)
        gs_memory_allocate(&memory, small[--count], 20, 0);
    assert_int_equal(memory.used, 0);
    gs_memory_close(&memory);
}

/* One limit for all of them: what one has, and what it may have at once, the others have not. */
static void states_share_one_limit(void **unused)
{
    (void)unused;
    enum { MIB = 1 << 20, STATES = 8 };
    struct gs_memory memories[STATES] = {0};
    char *blocks[STATES], why[64];
    gs_lua.memory_limit = 4 * MIB;
    for (int i = 0; i < 4; i++)
        assert_non_null(blocks[i] = gs_memory_allocate(&memories[i], NULL, LUA_TSTRING, MIB));
    gs_memory_explain(why, sizeof why);
    assert_string_equal(why, "");
    for (int i = 4; i < STATES; i++)
        assert_null(gs_memory_allocate(&memories[i], NULL, LUA_TSTRING, 1));
    gs_memory_explain(why, sizeof why);
    assert_string_equal(why, ": the run has used up its 4 MiB");
    /* What is free again is free for all, but for the little that its state keeps. */
    gs_memory_allocate(&memories[0], blocks[0], MIB, 0);
    assert_non_null(blocks[0] = gs_memory_allocate(&memories[4], NULL, LUA_TSTRING, MIB / 2));
    gs_memory_allocate(&memories[4], blocks[0], MIB / 2, 0);
    for (int i = 1; i < 4; i++)
        gs_memory_allocate(&memories[i], blocks[i], MIB, 0);
    for (int i = 0; i < STATES; i++)
        gs_memory_close(&memories[i]);
    assert_non_null(blocks[0] = gs_memory_allocate(&memories[0], NULL, LUA_TSTRING, 4 * MIB));
    gs_memory_allocate(&memories[0], blocks[0], 4 * MIB, 0);
    gs_memory_close(&memories[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_share_one_limit),
        cmocka_unit_test(calls_are_held_while_somebody_waits),
        cmocka_unit_test(coroutines_are_held_and_tables_are_not),
        cmocka_unit_test(nothing_is_held_while_nobody_waits),
        cmocka_unit_test(blocks_keep_their_content),
        cmocka_unit_test(memory_that_comes_and_goes_is_used_again),
        cmocka_unit_test(full_memory_that_was_freed_serves_other_sizes),
        cmocka_unit_test(a_block_shrinks_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
