#include "lua/modules/gilscope.h"

#include "lua/vm/guest.h"
#include "lua/vm/interp.h"

#include <lauxlib.h>
#include <math.h>

/* What the GIL has counted so far; without a GIL nothing. The shortest hold begins anew. */
static struct gs_gil_counters begin_watch(void)
{
    struct gs_gil *gil = gs_lua_self()->interp->gil;
    if (!gil)
        return (struct gs_gil_counters){0};
    return gs_gil_restart_shortest(gil);
}

static struct gs_gil_counters end_watch(void)
{
    struct gs_gil *gil = gs_lua_self()->interp->gil;
    return gil ? gs_gil_counters(gil) : (struct gs_gil_counters){.shortest_asked = GS_NEVER};
}

static void set_count(lua_State *L, const char *name, uint64_t count)
{
    lua_pushinteger(L, (lua_Integer)count);
    lua_setfield(L, -2, name);
}

static void set_seconds(lua_State *L, const char *name, uint64_t ns)
{
    lua_pushnumber(L, ns == GS_NEVER ? HUGE_VAL : (double)ns / 1e9);
    lua_setfield(L, -2, name);
}

static void set_lines(lua_State *L, const uint32_t *before, const uint32_t *after)
{
    lua_newtable(L);
    for (lua_Integer line = 0; line < GS_GIL_LINES; line++) {
        if (after[line] == before[line])
            continue;
        lua_pushinteger(L, after[line] - before[line]);
        lua_rawseti(L, -2, line);
    }
    lua_setfield(L, -2, "lines");
}

static int watch(lua_State *L)
{
    luaL_checkany(L, 1);
    struct gs_gil_counters before = begin_watch();
    uint64_t start = gs_now();
    lua_call(L, lua_gettop(L) - 1, 0);
    uint64_t end = gs_now();
    struct gs_gil_counters after = end_watch();
    lua_createtable(L, 0, 6);
    set_seconds(L, "seconds", end - start);
    set_count(L, "hand_offs", after.hand_offs - before.hand_offs);
    set_count(L, "requests", after.requests - before.requests);
    set_count(L, "releases", after.releases - before.releases);
    set_seconds(L, "shortest_slice", after.shortest_asked);
    set_lines(L, before.asked_at, after.asked_at);
    return 1;
}

static int woken_by(lua_State *L)
{
    const struct gs_actor *waker = gs_actor_find(gs_self->ended_by);
    if (waker)
        lua_pushfstring(L, "%s", waker->name);
    else
        lua_pushnil(L);
    return 1;
}

int gs_gilscope_module_open(lua_State *L)
{
    static const luaL_Reg functions[] = {{"watch", watch}, {"woken_by", woken_by}, {NULL, NULL}};
    luaL_newlib(L, functions);
    lua_pushstring(L, gs_runtime.virtual_clock ? "virtual" : "real");
    lua_setfield(L, -2, "clock");
    return 1;
}
