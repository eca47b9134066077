#include "lua/vm/overflow.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

static int innermost_of_scene(lua_State *L)
{
    lua_Debug call;
    int level = 0;
    while (lua_getstack(L, level, &call) && lua_getinfo(L, "l", &call) && call.currentline <= 0)
        level++;
    return level;
}

/* Pushes what stands before Lua's words in the error on top: a place, or nothing. False: those are
 * not the words. */
static bool push_before(lua_State *L)
{
    static const char words[] = "C stack overflow";
    size_t length = 0, own = sizeof words - 1;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : "";
    if (length < own || strcmp(text + length - own, words) != 0)
        return false;
    lua_pushlstring(L, text, length - own);
    return true;
}

void gs_overflow_place(lua_State *L)
{
    if (!push_before(L))
        return;
    if (lua_rawlen(L, -1) == 0) {
        luaL_where(L, innermost_of_scene(L));
        lua_replace(L, -2);
    }
    lua_pushliteral(L, "RecursionError: maximum recursion depth exceeded");
    lua_concat(L, 2);
    lua_replace(L, -2);
}
