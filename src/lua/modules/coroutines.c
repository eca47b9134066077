/* coroutine: Lua's own, but that check points follow a coroutine in and out. */
#include "lua/library/protected.h"
#include "lua/modules/modules.h"
#include "lua/vm/checkpoint.h"
#include "lua/vm/cstack.h"

#include <lauxlib.h>
#include <lualib.h>

static lua_State *check_coroutine(lua_State *L)
{
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

static bool is_dead(lua_State *co)
{
    lua_Debug ar;
    return lua_status(co) == LUA_OK && !lua_getstack(co, 0, &ar) && lua_gettop(co) == 0;
}

/* Moves the arguments over and runs co until it yields, returns or fails. Results (how many), or -1
 * and the error, are then on L. */
static int resume(lua_State *L, lua_State *co, int arguments)
{
    int results;
    if (!lua_checkstack(co, arguments)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    if (is_dead(co)) {
        lua_pushliteral(L, "cannot resume dead coroutine");
        return -1;
    }
    lua_xmove(L, co, arguments);
    int status = gs_checkpoint_resume(co, L, arguments, &results);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(co, L, 1);
        gs_protected_explain(L);
        return -1;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(co, L, results);
    return results;
}

static int coroutine_resume(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    int results = resume(L, co, lua_gettop(L) - 1);
    lua_pushboolean(L, results >= 0);
    lua_insert(L, results >= 0 ? -(results + 1) : -2);
    return results >= 0 ? results + 1 : 2;
}

/* Closing runs the pending to-be-closed variables, which are a scene's code, and may close others.
 * The error, if there is one, is on co. */
static int close(lua_State *L, lua_State *co)
{
    if (!gs_cstack_has_room())
        return luaL_error(L, "RecursionError: coroutines close each other too deeply");
    gs_checkpoint_switch(co);
#if LUA_VERSION_RELEASE_NUM >= 50406
    int status = lua_closethread(co, L);
#else
    int status = lua_resetthread(co);
#endif
    gs_checkpoint_switch(L);
    return status;
}

static int coroutine_close(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    lua_Debug ar;
    bool suspended = lua_status(co) == LUA_YIELD ||
                     (lua_status(co) == LUA_OK && !lua_getstack(co, 0, &ar)) ||
                     lua_status(co) > LUA_YIELD;
    if (co == L || !suspended)
        return luaL_error(L, "cannot close a coroutine that is not suspended");
    if (close(L, co) == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
}

static int call_wrapped(lua_State *L)
{
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int results = resume(L, co, lua_gettop(L));
    if (results >= 0)
        return results;
    if (lua_status(co) > LUA_YIELD && close(L, co) != LUA_OK)
        lua_xmove(co, L, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int coroutine_wrap(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    lua_pushcclosure(L, call_wrapped, 1);
    return 1;
}

int gs_coroutine_open(lua_State *L)
{
    static const luaL_Reg own[] = {{"resume", coroutine_resume},
                                   {"wrap", coroutine_wrap},
                                   {"close", coroutine_close},
                                   {NULL, NULL}};
    luaopen_coroutine(L);
    luaL_setfuncs(L, own, 0);
    return 1;
}
