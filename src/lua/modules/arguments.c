#include "lua/modules/arguments.h"

#include "lua/library/addresses.h"
#include "lua/sync/block.h"
#include "sched/actor.h"
#include "trace/event.h"

#include <math.h>
#include <string.h>

static int position(const char *const *names, const char *name)
{
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], name) == 0)
            return i;
    }
    return -1;
}

static void check_keywords(lua_State *L, int table, const char *const *names)
{
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "TypeError: write arguments by name or by position, not both");
        if (position(names, lua_tostring(L, -1)) < 0)
            luaL_error(L, "TypeError: unexpected keyword argument '%s'", lua_tostring(L, -1));
    }
}

/* An object may be an argument: a table with a metatable is one. */
static bool is_keywords(lua_State *L, int only)
{
    if (lua_gettop(L) != only || !lua_istable(L, only))
        return false;
    bool object = lua_getmetatable(L, only);
    lua_settop(L, only);
    return !object;
}

void gs_arguments(lua_State *L, int first, const char *const *names)
{
    int count = 0;
    while (names[count])
        count++;
    if (!is_keywords(L, first)) {
        if (lua_gettop(L) >= first + count)
            luaL_error(L, "TypeError: at most %d arguments", count);
        lua_settop(L, first + count - 1);
        return;
    }
    check_keywords(L, first, names);
    for (int i = 0; i < count; i++)
        lua_getfield(L, first, names[i]);
    lua_remove(L, first);
}

static double check_seconds(lua_State *L, int index)
{
    double seconds = luaL_checknumber(L, index);
    if (isnan(seconds))
        luaL_error(L, "ValueError: Invalid value NaN (not a number)");
    double left = (double)GS_TIME_MAX - (double)gs_now();
    if (seconds * 1e9 > left)
        luaL_error(L,
                   "OverflowError: timeout value is too large: the run's clock ends after 52 days");
    return seconds;
}

double gs_arguments_seconds(lua_State *L, int index, const char *name)
{
    double seconds = check_seconds(L, index);
    if (seconds < 0)
        luaL_error(L, "ValueError: %s must be non-negative", name);
    return seconds;
}

double gs_arguments_timeout(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index))
        return -1;
    double seconds = check_seconds(L, index);
    return seconds > 0 ? seconds : 0;
}

uint64_t gs_arguments_deadline(lua_State *L, int index)
{
    return gs_block_deadline(gs_arguments_timeout(L, index));
}

static bool blocks(lua_State *L, int blocking)
{
    return lua_isnil(L, blocking) || lua_toboolean(L, blocking);
}

uint64_t gs_arguments_lock(lua_State *L, int blocking)
{
    int timeout = blocking + 1;
    bool limited = !lua_isnil(L, timeout) && check_seconds(L, timeout) != -1; /* -1: no limit */
    if (!blocks(L, blocking) && limited)
        luaL_error(L, "ValueError: can't specify a timeout for a non-blocking call");
    if (limited && lua_tonumber(L, timeout) < 0)
        luaL_error(L, "ValueError: timeout value must be a non-negative number");
    if (!blocks(L, blocking))
        return GS_AT_ONCE;
    return limited ? gs_arguments_deadline(L, timeout) : GS_NEVER;
}

uint64_t gs_arguments_semaphore(lua_State *L, int blocking)
{
    int timeout = blocking + 1;
    if (blocks(L, blocking))
        return gs_arguments_deadline(L, timeout);
    if (!lua_isnil(L, timeout))
        luaL_error(L, "ValueError: can't specify timeout for non-blocking acquire");
    return GS_AT_ONCE;
}

uint64_t gs_arguments_queue(lua_State *L, int block)
{
    int timeout = block + 1;
    if (!blocks(L, block))
        return GS_AT_ONCE;
    if (!lua_isnil(L, timeout) && luaL_checknumber(L, timeout) < 0)
        luaL_error(L, "ValueError: 'timeout' must be a non-negative number");
    return gs_arguments_deadline(L, timeout);
}

lua_Integer gs_arguments_whole(lua_State *L, int index, const char *name, lua_Integer otherwise)
{
    if (lua_isnoneornil(L, index))
        return otherwise;
    int whole;
    lua_Integer number = lua_tointegerx(L, index, &whole);
    if (!whole || lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "TypeError: %s must be a whole number", name);
    return number;
}

uint32_t gs_arguments_count(lua_State *L, int index, const char *name, uint32_t least,
                            uint32_t otherwise)
{
    if (lua_isnoneornil(L, index))
        return otherwise;
    lua_Integer count = gs_arguments_whole(L, index, name, 0);
    if (count < (lua_Integer)least || count > UINT32_MAX)
        luaL_error(L, "ValueError: %s must be at least %d", name, (int)least);
    return (uint32_t)count;
}

int gs_raise(lua_State *L, const struct gs_error *err)
{
    return luaL_error(L, "%s", err->text);
}

int gs_raise_no_attribute(lua_State *L, const char *module)
{
    return luaL_error(L, "AttributeError: module '%s' has no attribute '%s'", module,
                      gs_push_text(L, 2));
}

int gs_call_then(lua_State *L, int first, lua_KFunction after)
{
    int status = lua_pcallk(L, lua_gettop(L) - first, LUA_MULTRET, 0, first, after);
    return after(L, status, first);
}
