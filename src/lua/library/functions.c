/* Library functions as keys of tables. One without upvalues is nothing but its address to Lua,
 * another one in each run, and is hashed by it. As a closure it is an object among the state's
 * others (see vm/memory_arena.h). */
#include "lua/library/functions.h"

#include "lua/library/keys.h"

#include <lauxlib.h>
#include <stdbool.h>

static bool is_mere_address(lua_State *L, int index)
{
    if (!lua_iscfunction(L, index))
        return false;
    bool mere = !lua_getupvalue(L, index, 1);
    if (!mere)
        lua_pop(L, 1);
    return mere;
}

/* Replaces a function without upvalues on top by its closure, of which there is one, wherever the
 * function is. False: it is something else. `seen` has for each such function the closure. */
static bool enclose(lua_State *L, int seen)
{
    if (!is_mere_address(L, -1))
        return false;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, seen) == LUA_TNIL) {
        lua_pushnil(L);
        lua_pushcclosure(L, lua_tocfunction(L, -3), 1);
        lua_replace(L, -2);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, seen);
    }
    lua_replace(L, -2);
    return true;
}

static void walk(lua_State *L, int seen);

/* In the order of its keys: which closure is made first decides where each of them lies. */
static void walk_table(lua_State *L, int seen)
{
    int table = lua_gettop(L), keys = table + 1;
    if (lua_getmetatable(L, table)) {
        walk(L, seen);
        lua_pop(L, 1);
    }
    gs_keys_push(L, table);
    for (lua_Integer i = 1; lua_rawgeti(L, keys, i) != LUA_TNIL; i++) {
        lua_pushvalue(L, -1);
        lua_rawget(L, table);
        if (enclose(L, seen)) {
            lua_rawset(L, table);
        } else {
            walk(L, seen);
            lua_pop(L, 2);
        }
    }
    lua_pop(L, 2);
}

static void walk_captured(lua_State *L, int seen)
{
    int function = lua_gettop(L);
    for (int n = 1; lua_getupvalue(L, function, n); n++) {
        if (enclose(L, seen)) {
            lua_setupvalue(L, function, n);
        } else {
            walk(L, seen);
            lua_pop(L, 1);
        }
    }
}

/* Through everything that the value on top leads to; it stays there. Each is walked once, and then
 * among those seen. */
static void walk(lua_State *L, int seen)
{
    if (!lua_istable(L, -1) && !lua_isfunction(L, -1))
        return;
    luaL_checkstack(L, 12, "too many libraries");
    lua_pushvalue(L, -1);
    bool again = lua_rawget(L, seen) != LUA_TNIL;
    lua_pop(L, 1);
    if (again)
        return;
    lua_pushvalue(L, -1);
    lua_pushboolean(L, true);
    lua_rawset(L, seen);
    if (lua_istable(L, -1))
        walk_table(L, seen);
    else
        walk_captured(L, seen);
}

/* As Lua's, but that its iterator is an object, too. Upvalue: the iterator. */
static int ipairs(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static void replace_ipairs(lua_State *L)
{
    lua_getglobal(L, "ipairs");
    lua_newtable(L);
    lua_call(L, 1, 1);
    lua_pushcclosure(L, ipairs, 1);
    lua_setglobal(L, "ipairs");
}

void gs_functions_enclose(lua_State *L)
{
    replace_ipairs(L);
    lua_newtable(L);
    lua_pushvalue(L, LUA_REGISTRYINDEX);
    walk(L, lua_gettop(L) - 1);
    lua_pop(L, 2);
}
