/* math.random's seeds. On the virtual clock they follow from the run's seed and from how many were
 * taken before, so that no two states begin with the same numbers. On the real one, where no run
 * is like another, Lua seeds as it likes unless a seed is asked for. */
#include "lua/modules/modules.h"
#include "sched/runtime.h"

#include <lauxlib.h>
#include <lualib.h>

static void push_seed(lua_State *L)
{
    static _Atomic lua_Integer taken;
    lua_pushinteger(L, (lua_Integer)gs_runtime.seed);
    lua_pushinteger(L, atomic_fetch_add(&taken, 1));
}

/* math.randomseed. Upvalues: the generator, as Lua's function has it; that function. */
static int seed(lua_State *L)
{
    if (lua_gettop(L) == 0 && (gs_runtime.virtual_clock || gs_runtime.seed != 0))
        push_seed(L);
    return lua_tocfunction(L, lua_upvalueindex(2))(L);
}

void gs_random_open(lua_State *L)
{
    lua_getglobal(L, LUA_MATHLIBNAME);
    lua_getfield(L, -1, "randomseed");
    lua_getupvalue(L, -1, 1);
    lua_insert(L, -2);
    lua_pushcclosure(L, seed, 2);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "randomseed");
    lua_call(L, 0, 0);
    lua_pop(L, 1);
}
