/* Library functions as keys of tables. One without upvalues is nothing but its address to Lua,
 * another one in each run, and is hashed by it. As a closure it is an object among the state's
 * others (see vm/memory_arena.h). */
#include "lua/library/tables.h"

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

/* Replaces the function on top by its closure, of which there is one, whatever it is called. */
static void enclose(lua_State *L, int closures)
{
    lua_pushvalue(L, -1);
    if (lua_rawget(L, closures) == LUA_TNIL) {
        lua_pushnil(L);
        lua_pushcclosure(L, lua_tocfunction(L, -3), 1);
        lua_replace(L, -2);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, closures);
    }
    lua_replace(L, -2);
}

/* Those of the table on top, which stays. */
static void enclose_fields(lua_State *L, int closures)
{
    int table = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (is_mere_address(L, -1)) {
            enclose(L, closures);
            lua_pushvalue(L, -2);
            lua_insert(L, -2);
            lua_rawset(L, table);
        } else {
            lua_pop(L, 1);
        }
    }
}

void gs_functions_enclose(lua_State *L)
{
    int top = lua_gettop(L), closures = top + 1, globals = top + 2;
    lua_newtable(L);
    lua_pushglobaltable(L);
    enclose_fields(L, closures);
    lua_pushnil(L);
    while (lua_next(L, globals)) {
        if (lua_istable(L, -1) && !lua_rawequal(L, -1, globals))
            enclose_fields(L, closures);
        lua_pop(L, 1);
    }
    lua_settop(L, top);
}
