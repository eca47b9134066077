#include "lua/library/protected.h"

#include "lua/vm/memory.h"

#include <lauxlib.h>
#include <string.h>

/* Key of the registry: the sentence. When it is needed there is no room to make it. */
static const char sentence_key;

/* What raised it again on the way made it an error like others, so the status does not tell. */
void gs_protected_explain(lua_State *L)
{
    bool text = lua_type(L, -1) == LUA_TSTRING;
    if (!text || strcmp(lua_tostring(L, -1), "not enough memory") != 0 ||
        !gs_memory_limit_reached())
        return;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &sentence_key);
    lua_replace(L, -2);
}

/* Below what the call left are as many values that are not to be returned. */
static int finish(lua_State *L, int status, lua_KContext below)
{
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - (int)below;
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    gs_protected_explain(L);
    return 2;
}

static int protected_call(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, true);
    lua_insert(L, 1);
    return finish(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish), 0);
}

/* function, handler, arguments … become function, handler, true, function, arguments … */
static int protected_call_with_handler(lua_State *L)
{
    int arguments = lua_gettop(L) - 2;
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, true);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    return finish(L, lua_pcallk(L, arguments, LUA_MULTRET, 2, 2, finish), 2);
}

void gs_protected_open(lua_State *L)
{
    char why[GS_MEMORY_WHY];
    gs_memory_tell_limit(why, sizeof why);
    lua_pushfstring(L, "MemoryError: not enough memory%s", why);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &sentence_key);
    lua_register(L, "pcall", protected_call);
    lua_register(L, "xpcall", protected_call_with_handler);
}
