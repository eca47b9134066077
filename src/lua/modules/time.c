/* time, native, and what there is of multiprocessing. The clocks of time are the run's own, which
 * begin at 0; on the virtual clock time.time() is too, so that a run is the same on every day. */
#include "lua/modules/arguments.h"
#include "lua/modules/modules.h"
#include "lua/vm/allow_threads.h"
#include "sched/actor.h"

static int push_seconds(lua_State *L, uint64_t ns)
{
    lua_pushnumber(L, (double)ns / 1e9);
    return 1;
}

static int now(lua_State *L)
{
    return push_seconds(L, gs_now());
}

static int date(lua_State *L)
{
    return push_seconds(L, gs_date());
}

static int process_time(lua_State *L)
{
    return push_seconds(L, gs_process_time());
}

static int thread_time(lua_State *L)
{
    return push_seconds(L, gs_thread_time());
}

static int sleep_for(lua_State *L)
{
    double seconds = gs_arguments_seconds(L, 1, "sleep length");
    gs_call_begin();
    uint64_t deadline = gs_deadline_in(seconds);
    gs_block_begin(GS_STATE_SLEEPING, NULL);
    gs_sleep_until(deadline);
    gs_block_end();
    return 0;
}

int gs_time_module_open(lua_State *L)
{
    static const luaL_Reg functions[] = {{"sleep", sleep_for},
                                         {"time", date},
                                         {"perf_counter", now},
                                         {"monotonic", now},
                                         {"process_time", process_time},
                                         {"thread_time", thread_time},
                                         {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}

static int compute(lua_State *L)
{
    static const double most = 1e6;
    double seconds = gs_arguments_seconds(L, 1, "seconds");
    if (seconds > most)
        return luaL_error(L, "OverflowError: compute() takes at most %f seconds", most);
    gs_call_begin();
    gs_block_begin(GS_STATE_NATIVE, NULL);
    gs_work((uint64_t)(seconds * 1e9));
    gs_block_end();
    return 0;
}

int gs_native_module_open(lua_State *L)
{
    static const luaL_Reg functions[] = {{"compute", compute}, {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}

static int cpu_count(lua_State *L)
{
    lua_pushinteger(L, gs_runtime.cores);
    return 1;
}

int gs_multiprocessing_module_open(lua_State *L)
{
    static const luaL_Reg functions[] = {{"cpu_count", cpu_count}, {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}
