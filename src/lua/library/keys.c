#include "lua/library/keys.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

static int compare_texts(const struct gs_key *a, const struct gs_key *b)
{
    size_t shorter = a->length < b->length ? a->length : b->length;
    int difference = memcmp(a->text, b->text, shorter);
    return difference ? difference : (a->length > b->length) - (a->length < b->length);
}

static int compare_integers(lua_Integer a, lua_Integer b)
{
    return (a > b) - (a < b);
}

/* An integer beside a fraction: rounded, it is still on the same side, as fractions are small. */
static int compare_numbers(const struct gs_key *a, const struct gs_key *b)
{
    if (a->integral && b->integral)
        return compare_integers(a->integer, b->integer);
    return (a->number > b->number) - (a->number < b->number);
}

int gs_key_compare(const struct gs_key *a, const struct gs_key *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    switch (a->rank) {
    case GS_KEY_IS_NUMBER:
        return compare_numbers(a, b);
    case GS_KEY_IS_TEXT:
        return compare_texts(a, b);
    case GS_KEY_IS_BOOLEAN:
    case GS_KEY_IS_HANDLE:
        return compare_integers(a->integer, b->integer);
    case GS_KEY_IS_OTHER:
        return 0;
    }
    return 0;
}

int gs_key_compare_places(const void *left, const void *right)
{
    const struct gs_key *a = left, *b = right;
    int difference = gs_key_compare(a, b);
    return difference ? difference : compare_integers(a->place, b->place);
}

static struct gs_key describe_userdata(lua_State *L, int index)
{
    struct gs_key key = {.rank = GS_KEY_IS_OTHER};
    if (lua_getiuservalue(L, index, GS_KEY_NUMBER) == LUA_TNUMBER) {
        key.rank = GS_KEY_IS_HANDLE;
        key.integer = lua_tointeger(L, -1);
    }
    lua_pop(L, 1);
    return key;
}

struct gs_key gs_key_describe(lua_State *L, int index)
{
    struct gs_key key = {.rank = GS_KEY_IS_OTHER};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        key.rank = GS_KEY_IS_NUMBER;
        key.integral = lua_isinteger(L, index);
        key.integer = key.integral ? lua_tointeger(L, index) : 0;
        key.number = lua_tonumber(L, index);
        return key;
    case LUA_TSTRING:
        key.rank = GS_KEY_IS_TEXT;
        key.text = lua_tolstring(L, index, &key.length);
        return key;
    case LUA_TBOOLEAN:
        key.rank = GS_KEY_IS_BOOLEAN;
        key.integer = !lua_toboolean(L, index);
        return key;
    case LUA_TLIGHTUSERDATA: /* None: there is one */
        key.rank = GS_KEY_IS_HANDLE;
        return key;
    case LUA_TUSERDATA:
        return describe_userdata(L, index);
    default:
        return key;
    }
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
static bool fill(lua_State *L, struct gs_key *keys, lua_Integer count)
{
    bool shuffled = false;
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, -2, i + 1);
        keys[i] = gs_key_describe(L, -1);
        keys[i].place = i + 1;
        lua_pop(L, 1);
        shuffled = shuffled || (i > 0 && gs_key_compare(&keys[i - 1], &keys[i]) > 0);
    }
    return shuffled;
}

void gs_keys_push(lua_State *L, int index)
{
    luaL_checkstack(L, 8, "no room for a table's keys");
    lua_Integer count = push_unsorted(L, lua_absindex(L, index));
    struct gs_key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys + 1, 0);
    if (fill(L, keys, count)) {
        qsort(keys, (size_t)count, sizeof *keys, gs_key_compare_places);
        lua_createtable(L, (int)count, 0);
        for (lua_Integer i = 0; i < count; i++) {
            lua_rawgeti(L, -3, keys[i].place);
            lua_rawseti(L, -2, i + 1);
        }
        lua_replace(L, -3);
    }
    lua_pop(L, 1);
}
