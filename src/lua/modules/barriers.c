/* threading.Barrier. */
#include "lua/modules/arguments.h"
#include "lua/modules/handle.h"
#include "lua/modules/modules.h"
#include "lua/modules/with.h"
#include "lua/sync/barrier.h"

static int new_barrier(lua_State *L)
{
    static const char *const names[] = {"parties", "action", "timeout", "name", NULL};
    gs_arguments(L, 1, names);
    uint32_t parties = gs_arguments_count(L, 1, "parties", 1, 0);
    if (parties == 0)
        return luaL_error(L, "TypeError: Barrier needs the number of parties");
    double timeout = gs_arguments_timeout(L, 3);
    struct gs_barrier *barrier = gs_barrier_new(parties, timeout, luaL_optstring(L, 4, NULL));
    if (!barrier)
        return luaL_error(L, "MemoryError: no memory for a barrier");
    struct gs_handle *handle = gs_handle_push(L, &barrier->resource);
    if (!lua_isnil(L, 2))
        handle->bound = "a Barrier with an action";
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, -2, 1); /* the action; nil in a handle that came from another state */
    return 1;
}

static struct gs_barrier *check_barrier(lua_State *L)
{
    return gs_handle_resource(L, 1, "Barrier");
}

static int broken(lua_State *L, const struct gs_barrier *barrier)
{
    return luaL_error(L, "threading.BrokenBarrierError: %s is broken", barrier->resource.name);
}

/* The places of a wait's stack behind its barrier. */
enum { GUARD = 2, INDEX = 3, ACTION = 4 };

static bool leave_action(lua_State *L, void *barrier, struct gs_error *err)
{
    (void)L;
    (void)err;
    gs_barrier_break(barrier);
    return true;
}

static int end_action(lua_State *L, int status, lua_KContext first)
{
    (void)first;
    struct gs_barrier *barrier = check_barrier(L);
    gs_with_disarm(L, GUARD);
    if (status != LUA_OK && status != LUA_YIELD) {
        gs_barrier_break(barrier);
        return lua_error(L);
    }
    gs_barrier_open(barrier);
    lua_pushvalue(L, INDEX);
    return 1;
}

/* The last one to come runs the action, then lets everybody go on. */
static int act(lua_State *L, struct gs_barrier *barrier)
{
    if (!lua_isnil(L, ACTION)) {
        gs_with_arm(L, GUARD, leave_action, barrier);
        return gs_call_then(L, ACTION, end_action);
    }
    gs_barrier_open(barrier);
    lua_pushvalue(L, INDEX);
    return 1;
}

static int barrier_wait(lua_State *L)
{
    static const char *const names[] = {"timeout", NULL};
    struct gs_barrier *barrier = check_barrier(L);
    uint32_t index;
    gs_arguments(L, 2, names);
    double timeout = lua_isnil(L, 2) ? barrier->timeout : gs_arguments_timeout(L, 2);
    lua_settop(L, 1);
    gs_with_prepare(L, GUARD);
    enum gs_barrier_end end = gs_barrier_wait(barrier, timeout, &index);
    if (end == GS_BARRIER_BROKEN)
        return broken(L, barrier);
    lua_pushinteger(L, index);
    if (end == GS_BARRIER_PASSED)
        return 1;
    lua_getiuservalue(L, 1, 1);
    return act(L, barrier);
}

static int barrier_abort(lua_State *L)
{
    gs_barrier_abort(check_barrier(L));
    return 0;
}

static int barrier_reset(lua_State *L)
{
    gs_barrier_reset(check_barrier(L));
    return 0;
}

static int parties(lua_State *L)
{
    lua_pushinteger(L, check_barrier(L)->parties);
    return 1;
}

static int n_waiting(lua_State *L)
{
    lua_pushinteger(L, gs_barrier_waiting(check_barrier(L)));
    return 1;
}

static int is_broken(lua_State *L)
{
    lua_pushboolean(L, gs_barrier_is_broken(check_barrier(L)));
    return 1;
}

void gs_threading_open_barriers(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"wait", barrier_wait}, {"abort", barrier_abort}, {"reset", barrier_reset}, {NULL, NULL}};
    static const luaL_Reg attributes[] = {
        {"parties", parties}, {"n_waiting", n_waiting}, {"broken", is_broken}, {NULL, NULL}};
    static const struct gs_handle_class class = {
        .name = "Barrier", .kind = GS_OBJECT_BARRIER, .methods = methods, .attributes = attributes};
    gs_handle_register(L, &class);
    lua_pushcfunction(L, new_barrier);
    lua_setfield(L, -2, "Barrier");
}
