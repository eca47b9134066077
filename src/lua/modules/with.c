#include "lua/modules/with.h"

#include "lua/modules/arguments.h"
#include "lua/vm/overflow.h"

static const char class[] = "with";

struct guard {
    gs_with_exit *exit; /* NULL: there is nothing to leave */
    void *thing;
};

/* (guard, the error that it is closed by, or nil). */
static int close_guard(lua_State *L)
{
    struct guard *guard = lua_touserdata(L, 1);
    gs_with_exit *exit = guard->exit;
    struct gs_error err;
    guard->exit = NULL;
    if (exit && !exit(L, guard->thing, &err) && lua_isnil(L, 2))
        return gs_raise(L, &err);
    return 0;
}

void gs_with_open(lua_State *L)
{
    luaL_newmetatable(L, class);
    lua_pushcfunction(L, close_guard);
    lua_setfield(L, -2, "__close");
    lua_pop(L, 1);
}

void gs_with_prepare(lua_State *L, int first)
{
    /* Where nothing can yield, the call itself comes back. */
    if (!lua_isyieldable(L)) {
        lua_pushnil(L);
        lua_insert(L, first);
        return;
    }
    struct guard *guard = lua_newuserdatauv(L, sizeof *guard, 0);
    *guard = (struct guard){.exit = NULL};
    luaL_setmetatable(L, class);
    lua_insert(L, first);
    lua_toclose(L, first);
}

void gs_with_arm(lua_State *L, int first, gs_with_exit *exit, void *thing)
{
    struct guard *guard = lua_touserdata(L, first);
    if (guard)
        *guard = (struct guard){.exit = exit, .thing = thing};
}

void gs_with_disarm(lua_State *L, int first)
{
    gs_with_arm(L, first, NULL, NULL);
}

static int leave(lua_State *L, int status, int first, gs_with_exit *exit, void *thing)
{
    struct gs_error err;
    bool left = exit(L, thing, &err);
    if (status != LUA_OK && status != LUA_YIELD) {
        gs_overflow_place(L);
        return lua_error(L);
    }
    return left ? lua_gettop(L) - first : gs_raise(L, &err);
}

static int leave_guarded(lua_State *L, int status, lua_KContext first)
{
    struct guard guard = *(struct guard *)lua_touserdata(L, (int)first);
    gs_with_disarm(L, (int)first);
    return leave(L, status, (int)first, guard.exit, guard.thing);
}

int gs_with_call(lua_State *L, int first, gs_with_exit *exit, void *thing)
{
    int arguments = lua_gettop(L) - first - 1;
    if (!lua_touserdata(L, first))
        return leave(L, lua_pcall(L, arguments, LUA_MULTRET, 0), first, exit, thing);
    gs_with_arm(L, first, exit, thing);
    int status = lua_pcallk(L, arguments, LUA_MULTRET, 0, first, leave_guarded);
    return leave_guarded(L, status, first);
}
