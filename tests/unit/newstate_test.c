/* The seed of a state's hash is the one that was asked for: strings lie in a table in the same
 * order in every state that has it, wherever in memory the state is, and in another one with
 * another. */
#include "lua/vm/newstate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <lauxlib.h>
#include <lualib.h>

static void *allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data;
    (void)old_size;
    if (new_size > 0)
        return realloc(block, new_size);
    free(block);
    return NULL;
}

enum { ROOM = 1024 };

static lua_State *order_of_keys(unsigned seed, char order[ROOM])
{
    static const char code[] = "local t, keys = {}, {}\n"
                               "for i = 1, 100 do t['key' .. i] = i end\n"
                               "for k in next, t do keys[#keys + 1] = k end\n"
                               "return table.concat(keys, ' ')";
    lua_State *L = gs_lua_newstate(allocate, NULL, seed);
    assert_non_null(L);
    luaL_openlibs(L);
    assert_int_equal(luaL_dostring(L, code), LUA_OK);
    strncpy(order, lua_tostring(L, -1), ROOM - 1);
    return L;
}

static void the_order_of_keys_follows_from_the_seed(void **state)
{
    (void)state;
    enum { STATES = 8 };
    lua_State *states[STATES];
    char first[ROOM] = "", order[ROOM] = "";
    lua_close(order_of_keys(1, first));
    for (int i = 0; i < STATES; i++) {
        states[i] = order_of_keys(1, order);
        assert_string_equal(order, first);
    }
    for (int i = 0; i < STATES; i++)
        lua_close(states[i]);
    lua_close(order_of_keys(2, order));
    assert_string_not_equal(order, first);
}

static void *refuse(void *data, void *block, size_t old_size, size_t new_size)
{
    int *left = data;
    if (new_size > 0 && !block && (*left)-- <= 0)
        return NULL;
    return allocate(NULL, block, old_size, new_size);
}

static void without_memory_there_is_no_state(void **state)
{
    (void)state;
    for (int blocks = 0; blocks < 5; blocks++) {
        int left = blocks;
        assert_null(gs_lua_newstate(refuse, &left, 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_keys_follows_from_the_seed),
        cmocka_unit_test(without_memory_there_is_no_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
