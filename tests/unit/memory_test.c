/* What is held back while somebody waits for the GIL: the records of calls and the coroutines that
 * a waiter may be walking over, and nothing else. */
#include "runtime/gil.h"
#include "runtime/memory.h"
#include "runtime/newstate.h"

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
    *s = (struct state){.memory = {.limit = 64 << 20, .gil = &s->gil}};
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
    assert_null(s->memory.pool.chunks);
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
    assert_int_equal(s.memory.held_bytes, 0);
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
    struct gs_memory memory = {.limit = 1 << 20};
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_held_while_somebody_waits),
        cmocka_unit_test(coroutines_are_held_and_tables_are_not),
        cmocka_unit_test(nothing_is_held_while_nobody_waits),
        cmocka_unit_test(blocks_keep_their_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
