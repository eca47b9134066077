/* next, in the order of lua/library/keys.h.
 *
 * A loop needs the keys sorted. They are kept beside the table from the second call on, with the
 * place of the key that was given out last, and whoever comes with that key goes on there. Anybody
 * else (a loop within the loop, another thread's) has them sorted anew: right, but slow. A key that
 * is gone still has its place among the others, so that a loop may delete what it comes by.
 *
 * Keys that have no order but Lua's follow behind the sorted ones, by Lua's own next. */
#include "lua/library/keys.h"
#include "lua/library/registry.h"
#include "lua/library/tables.h"

#include <lauxlib.h>

/* Key of the registry: table -> the list of its keys, at 0 the last place given out; weakly. */
static const char loops_key;

enum { TABLE = 1, KEY, VALUE };

/* Pops the list that is to be kept beside the table; nil: none. */
static void keep(lua_State *L)
{
    gs_registry_push(L, &loops_key, "k");
    lua_pushvalue(L, TABLE);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 2);
}

/* The first key of all, without sorting: a table may only be asked whether there is anything. */
static int begin(lua_State *L)
{
    if (!lua_next(L, TABLE))
        return 0;
    struct gs_key first = gs_key_describe(L, KEY);
    lua_pushvalue(L, KEY);
    while (lua_next(L, TABLE)) {
        struct gs_key key = gs_key_describe(L, -2);
        if (gs_key_compare(&key, &first) < 0) {
            first = key;
            lua_copy(L, -2, KEY);
            lua_copy(L, -1, VALUE);
        }
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    keep(L);
    return 2;
}

/* The one behind the key on top, or the first one for nil, of those in Lua's order. */
static int next_other(lua_State *L)
{
    while (lua_next(L, TABLE)) {
        if (gs_key_describe(L, -2).rank == GS_KEY_IS_OTHER)
            return 2;
        lua_pop(L, 1);
    }
    return 0;
}

/* Pushes the kept list if the key is the one it gave out last. */
static bool push_kept(lua_State *L)
{
    gs_registry_push(L, &loops_key, "k");
    lua_pushvalue(L, TABLE);
    if (lua_rawget(L, -2) == LUA_TTABLE) {
        lua_rawgeti(L, -1, 0);
        lua_rawgeti(L, -2, lua_tointeger(L, -1));
        if (lua_rawequal(L, -1, KEY)) {
            lua_pop(L, 2);
            return true;
        }
    }
    lua_settop(L, KEY);
    return false;
}

/* Pushes a new list, and keeps it. The place: of the last key that is not behind this one. */
static lua_Integer push_sorted(lua_State *L, const struct gs_key *key)
{
    lua_Integer place = 0;
    gs_keys_push(L, TABLE);
    while (lua_rawgeti(L, -1, place + 1) != LUA_TNIL) {
        struct gs_key other = gs_key_describe(L, -1);
        if (gs_key_compare(&other, key) > 0)
            break;
        lua_pop(L, 1);
        place++;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    keep(L);
    return place;
}

/* Pushes what comes behind the place in the list on top; false: nothing that is sorted. */
static bool advance(lua_State *L, lua_Integer place)
{
    int list = lua_gettop(L);
    while (lua_rawgeti(L, list, ++place) != LUA_TNIL &&
           gs_key_describe(L, -1).rank != GS_KEY_IS_OTHER) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, TABLE) != LUA_TNIL) {
            lua_pushinteger(L, place);
            lua_rawseti(L, list, 0);
            return true;
        }
        lua_settop(L, list);
    }
    return false;
}

static lua_Integer push_list(lua_State *L, const struct gs_key *key)
{
    if (!push_kept(L))
        return push_sorted(L, key);
    lua_rawgeti(L, -1, 0);
    lua_Integer place = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return place;
}

static int next_of(lua_State *L)
{
    if (lua_isnil(L, KEY))
        return begin(L);
    struct gs_key key = gs_key_describe(L, KEY);
    if (key.rank == GS_KEY_IS_OTHER)
        return next_other(L);
    lua_Integer place = push_list(L, &key);
    if (advance(L, place))
        return 2;
    lua_pushnil(L);
    keep(L);
    lua_pushnil(L);
    return next_other(L);
}

int gs_tables_next(lua_State *L)
{
    luaL_checktype(L, TABLE, LUA_TTABLE);
    lua_settop(L, KEY);
    int count = next_of(L);
    if (count == 0)
        lua_pushnil(L);
    return count == 0 ? 1 : count;
}
