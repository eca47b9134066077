#include "lua/modules/sys.h"

#include "lua/modules/arguments.h"

#include "lua/vm/guest.h"
#include "lua/vm/interp.h"

#include <lauxlib.h>
#include <string.h>

static const char version_meta[] = "sys.version_info";

struct version_part {
    const char *field;
    int number;
};

/* The version of CPython that brought the profile's rules, or is known for them. */
static int minor_of(enum gs_gil_profile profile)
{
    switch (profile) {
    case GS_GIL_27:
        return 7;
    case GS_GIL_39:
        return 9;
    case GS_GIL_OFF:
        return 13;
    case GS_GIL_312:
    case GS_GIL_UNSET:
        break;
    }
    return 12;
}

static void push_version(lua_State *L)
{
    enum gs_gil_profile profile = gs_lua_self()->interp->profile;
    const struct version_part parts[] = {{"major", profile == GS_GIL_27 ? 2 : 3},
                                         {"minor", minor_of(profile)}};
    lua_createtable(L, 2, 2);
    for (int i = 0; i < 2; i++) {
        lua_pushinteger(L, parts[i].number);
        lua_rawseti(L, -2, i + 1);
        lua_pushinteger(L, parts[i].number);
        lua_setfield(L, -2, parts[i].field);
    }
    luaL_setmetatable(L, version_meta);
}

/* The elements from 1 on, as Python compares tuples: -1, 0, 1. */
static int compare(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_Integer left = (lua_Integer)lua_rawlen(L, 1), right = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= left && i <= right; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawgeti(L, 2, i);
        lua_Integer difference = luaL_checkinteger(L, -2) - luaL_checkinteger(L, -1);
        lua_pop(L, 2);
        if (difference != 0)
            return difference < 0 ? -1 : 1;
    }
    return left < right ? -1 : left > right;
}

static int version_less(lua_State *L)
{
    lua_pushboolean(L, compare(L) < 0);
    return 1;
}

static int version_less_or_equal(lua_State *L)
{
    lua_pushboolean(L, compare(L) <= 0);
    return 1;
}

static int version_equal(lua_State *L)
{
    lua_pushboolean(L, compare(L) == 0);
    return 1;
}

static int is_gil_enabled(lua_State *L)
{
    lua_pushboolean(L, gs_lua_self()->interp->gil != NULL);
    return 1;
}

static int get_switch_interval(lua_State *L)
{
    const struct gs_gil *gil = gs_lua_self()->interp->gil;
    lua_pushnumber(L, (double)(gil ? gil->interval_ns : gs_runtime.interval_ns) / 1e9);
    return 1;
}

static int set_switch_interval(lua_State *L)
{
    lua_Number seconds = luaL_checknumber(L, 1);
    if (!(seconds > 0 && seconds <= 3600))
        return luaL_error(L, "ValueError: switch interval must be strictly positive "
                             "and at most an hour");
    /* As CPython's take_gil(), which counts in whole microseconds: less than one is one. */
    if (gs_lua_self()->interp->gil)
        gs_gil_set_interval(gs_lua_self()->interp->gil,
                            seconds < 1e-6 ? 1000 : (uint64_t)(seconds * 1e9 + 0.5));
    return 0;
}

/* Worked out when asked: an interpreter's profile is settled only after its libraries are open. */
static int lazy_field(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING || strcmp(lua_tostring(L, 2), "version_info") != 0)
        return gs_raise_no_attribute(L, "sys");
    push_version(L);
    return 1;
}

/* What getmetatable() gives a scene: in the metatable on top itself it could set a __gc, which the
 * next version_info would bring in. */
static void protect(lua_State *L, const char *name)
{
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__metatable");
}

int gs_sys_module_open(lua_State *L)
{
    static const luaL_Reg functions[] = {{"_is_gil_enabled", is_gil_enabled},
                                         {"getswitchinterval", get_switch_interval},
                                         {"setswitchinterval", set_switch_interval},
                                         {NULL, NULL}};
    static const luaL_Reg comparisons[] = {{"__lt", version_less},
                                           {"__le", version_less_or_equal},
                                           {"__eq", version_equal},
                                           {NULL, NULL}};
    luaL_newmetatable(L, version_meta);
    luaL_setfuncs(L, comparisons, 0);
    protect(L, version_meta);
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, lazy_field);
    lua_setfield(L, -2, "__index");
    protect(L, "module");
    lua_setmetatable(L, -2);
    return 1;
}
