#include "lua/library/addresses.h"

#include "lua/library/registry.h"

#include <lauxlib.h>

/* Keys of the registry: object -> its number, weakly; the last number given. */
static const char numbers_key, last_number_key;

static lua_Integer number_of(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    gs_registry_push(L, &numbers_key, "k");
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &last_number_key);
        lua_pushinteger(L, lua_tointeger(L, -1) + 1);
        lua_copy(L, -1, -3);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &last_number_key);
        lua_pop(L, 1);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_Integer number = lua_tointeger(L, -1);
    lua_pop(L, 2);
    return number;
}

bool gs_has_address(lua_State *L, int index)
{
    int type = lua_type(L, index);
    if (type != LUA_TTABLE && type != LUA_TFUNCTION && type != LUA_TTHREAD)
        return false;
    if (luaL_getmetafield(L, index, "__tostring") == LUA_TNIL)
        return true;
    lua_pop(L, 1);
    return false;
}

const char *gs_push_text(lua_State *L, int index)
{
    if (!gs_has_address(L, index))
        return luaL_tolstring(L, index, NULL);
    return lua_pushfstring(L, "%s: %I", luaL_typename(L, index), (LUAI_UACINT)number_of(L, index));
}

int gs_to_string(lua_State *L)
{
    luaL_checkany(L, 1);
    gs_push_text(L, 1);
    return 1;
}
