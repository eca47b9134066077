/* A queue's items: the three orders, what cannot be compared, a home of their own. */
#include "lua/sync/compare.h"
#include "lua/sync/items.h"

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static lua_State *L;

static int open_state(void **state)
{
    (void)state;
    L = luaL_newstate();
    return 0;
}

static int close_state(void **state)
{
    (void)state;
    lua_close(L);
    return 0;
}

static void push(const char *expression)
{
    lua_pushfstring(L, "return %s", expression);
    if (luaL_loadstring(L, lua_tostring(L, -1)) != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK)
        fail_msg("%s", lua_tostring(L, -1));
    lua_remove(L, -2);
}

static enum gs_compare_result order(const char *a, const char *b)
{
    lua_settop(L, 0);
    push(a);
    push(b);
    enum gs_compare_result result = gs_compare(L, 1, 2, 0, NULL);
    assert_int_equal(lua_gettop(L), 2);
    return result;
}

static void values_have_an_order(void **state)
{
    (void)state;
    assert_int_equal(order("1", "2"), GS_BEFORE);
    assert_int_equal(order("2.5", "2"), GS_AFTER);
    assert_int_equal(order("2.0", "2"), GS_EQUAL);
    assert_int_equal(order("'a'", "'b'"), GS_BEFORE);
    assert_int_equal(order("{1, 'b'}", "{1, 'a'}"), GS_AFTER);
    assert_int_equal(order("{1}", "{1, 'a'}"), GS_BEFORE);
    assert_int_equal(order("{1, {2, 3}}", "{1, {2, 3}}"), GS_EQUAL);
    assert_int_equal(order("{1, print}", "{2, false}"), GS_BEFORE);
    assert_int_equal(order("1", "'1'"), GS_UNORDERED);
    assert_int_equal(order("{1, 2}", "{1, 'x'}"), GS_UNORDERED);
    assert_int_equal(order("true", "false"), GS_AFTER);
    assert_int_equal(order("{1, false}", "{1, true}"), GS_BEFORE);
    assert_int_equal(order("true", "1"), GS_UNORDERED);
}

static void tables_with_keys_have_none(void **state)
{
    (void)state;
    assert_int_equal(order("{a = 1}", "{a = 2}"), GS_UNORDERED);
    assert_int_equal(order("{a = 1}", "{}"), GS_UNORDERED);
    assert_int_equal(order("{1, 2}", "{1, a = 1}"), GS_UNORDERED);
    assert_int_equal(order("{1, 2, a = 1}", "{1}"), GS_UNORDERED);
    assert_int_equal(order("{1, nil, 3}", "{1, nil, 4}"), GS_UNORDERED);
    assert_int_equal(order("{1, a = 1}", "{2, a = 2}"), GS_BEFORE);
    assert_int_equal(order("{1, a = 1}", "{1, a = 1}"), GS_EQUAL);
    assert_int_equal(order("{{a = 1}, 2}", "{{a = 1}, 1}"), GS_AFTER);
}

static void store(struct gs_items *items, lua_Integer value)
{
    lua_pushinteger(L, value);
    assert_true(gs_items_store(items, L, 1, NULL));
}

static lua_Integer take(struct gs_items *items)
{
    assert_true(gs_items_take(items, L, 1, NULL));
    lua_Integer value = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return value;
}

static void first_in_first_out(void **state)
{
    (void)state;
    struct gs_items items = {.order = GS_ITEMS_FIFO};
    lua_newtable(L);
    lua_Integer in = 0, out = 0;
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < round % 7; i++)
            store(&items, ++in);
        for (int i = 0; i < round % 5 && out < in; i++)
            assert_int_equal(take(&items), ++out);
    }
    while (out < in)
        assert_int_equal(take(&items), ++out);
    assert_int_equal(items.count, 0);
    lua_pushnil(L);
    assert_false(lua_next(L, 1));
}

static void last_in_first_out(void **state)
{
    (void)state;
    struct gs_items items = {.order = GS_ITEMS_LIFO};
    lua_newtable(L);
    for (int i = 1; i <= 3; i++)
        store(&items, i);
    assert_int_equal(take(&items), 3);
    store(&items, 4);
    assert_int_equal(take(&items), 4);
    assert_int_equal(take(&items), 2);
    assert_int_equal(take(&items), 1);
}

static void lowest_first(void **state)
{
    (void)state;
    struct gs_items items = {.order = GS_ITEMS_PRIORITY};
    unsigned random = 1, present[32] = {0};
    lua_newtable(L);
    for (int step = 0; step < 2000; step++) {
        random = random * 1103515245u + 12345u;
        unsigned value = random >> 16 & 31;
        if (items.count == 0 || random >> 24 & 1) {
            store(&items, value);
            present[value]++;
            continue;
        }
        unsigned least = 0;
        while (!present[least])
            least++;
        assert_int_equal(take(&items), least);
        present[least]--;
    }
}

static void what_cannot_be_compared_leaves_the_heap_as_it_was(void **state)
{
    (void)state;
    struct gs_items items = {.order = GS_ITEMS_PRIORITY};
    struct gs_error err;
    lua_newtable(L);
    push("{1, 1}");
    assert_true(gs_items_store(&items, L, 1, &err));
    for (int i = 2; i <= 12; i++) {
        lua_pushfstring(L, "{2, %d}", i);
        push(lua_tostring(L, -1));
        assert_true(gs_items_store(&items, L, 1, &err));
        lua_pop(L, 1);
    }
    /* It rises past the twos, then meets {1, 1}. */
    push("{1, 'x'}");
    assert_false(gs_items_store(&items, L, 1, &err));
    assert_string_equal(err.text,
                        "TypeError: '<' not supported between instances of 'string' and 'number'");
    for (int i = 1; i <= 12; i++) {
        assert_true(gs_items_take(&items, L, 1, &err));
        lua_rawgeti(L, -1, 2);
        assert_int_equal(lua_tointeger(L, -1), i);
        lua_pop(L, 2);
    }
    assert_int_equal(items.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_state, close_state)
        TEST(values_have_an_order), TEST(tables_with_keys_have_none),
        TEST(first_in_first_out),   TEST(last_in_first_out),
        TEST(lowest_first),         TEST(what_cannot_be_compared_leaves_the_heap_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
