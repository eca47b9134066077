#include "scene/tables.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct key {
    lua_Integer place; /* in Lua's order */
    int type;
    lua_Number number;
    const char *text; /* owned by the key's string */
    size_t length;
};

static int rank(const struct key *key)
{
    return key->type == LUA_TNUMBER ? 0 : key->type == LUA_TSTRING ? 1 : 2;
}

static int compare_text(const struct key *a, const struct key *b)
{
    size_t shorter = a->length < b->length ? a->length : b->length;
    int difference = memcmp(a->text, b->text, shorter);
    return difference ? difference : (a->length > b->length) - (a->length < b->length);
}

static int compare(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a->type == LUA_TSTRING && compare_text(a, b) != 0)
        return compare_text(a, b);
    if (a->type == LUA_TNUMBER && a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

static struct key describe(lua_State *L, int index, lua_Integer place)
{
    struct key key = {.place = place, .type = lua_type(L, index)};
    if (key.type == LUA_TNUMBER)
        key.number = lua_tonumber(L, index);
    if (key.type == LUA_TSTRING)
        key.text = lua_tolstring(L, index, &key.length);
    return key;
}

/* Pushes the keys as Lua has them; how many. */
static lua_Integer push_unsorted(lua_State *L, int table)
{
    lua_Integer count = 0;
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
    }
    return count;
}

/* False: the list on top is in order already, as a list's own keys are. */
static bool fill(lua_State *L, struct key *keys, lua_Integer count)
{
    bool shuffled = false;
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, -2, i + 1);
        keys[i] = describe(L, -1, i + 1);
        lua_pop(L, 1);
        shuffled = shuffled || (i > 0 && compare(&keys[i - 1], &keys[i]) > 0);
    }
    return shuffled;
}

void gs_tables_push_keys(lua_State *L, int index)
{
    luaL_checkstack(L, 8, "no room for a table's keys");
    lua_Integer count = push_unsorted(L, lua_absindex(L, index));
    struct key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys + 1, 0);
    if (fill(L, keys, count)) {
        qsort(keys, (size_t)count, sizeof *keys, compare);
        lua_createtable(L, (int)count, 0);
        for (lua_Integer i = 0; i < count; i++) {
            lua_rawgeti(L, -3, keys[i].place);
            lua_rawseti(L, -2, i + 1);
        }
        lua_replace(L, -3);
    }
    lua_pop(L, 1);
}

/* Upvalues: the keys, how many were given out. */
static int next_pair(lua_State *L)
{
    lua_Integer place = lua_tointeger(L, lua_upvalueindex(2));
    lua_settop(L, 1);
    while (lua_rawgeti(L, lua_upvalueindex(1), ++place) != LUA_TNIL) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL)
            break;
        lua_settop(L, 1);
    }
    lua_pushinteger(L, place);
    lua_replace(L, lua_upvalueindex(2));
    return lua_gettop(L) - 1;
}

int gs_tables_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    gs_tables_push_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}
