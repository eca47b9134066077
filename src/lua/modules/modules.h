/* The libraries of a scene, one Python module a file. Each opener is a lua_CFunction for
 * luaL_requiref: it pushes the module's table and registers the classes that it needs. */
#ifndef GS_LUA_MODULES_MODULES_H
#define GS_LUA_MODULES_MODULES_H

#include <lua.h>

int gs_threading_module_open(lua_State *L);
int gs_queue_module_open(lua_State *L);
int gs_time_module_open(lua_State *L);
int gs_native_module_open(lua_State *L);
int gs_interpreters_module_open(lua_State *L);
int gs_multiprocessing_module_open(lua_State *L);

/* The parts of threading: each adds its classes to the module's table on top of the stack. */
void gs_threading_open_locks(lua_State *L);
void gs_threading_open_events(lua_State *L);
void gs_threading_open_conditions(lua_State *L);
void gs_threading_open_barriers(lua_State *L);
void gs_threading_open_threads(lua_State *L);

/* check, note, mark, label, phase, measure, memory, none: sets them in the table on top. */
void gs_globals_open(lua_State *L);
/* print; and tostring with addresses that are the same in every run. */
void gs_print_open(lua_State *L);
/* math.randomseed() with the run's seed; seeds with it. */
void gs_random_open(lua_State *L);
/* coroutine, with check points that follow a coroutine in and out. */
int gs_coroutine_open(lua_State *L);

/* queue.Queue between several interpreters; pushes one of FIFO order. */
int gs_queue_create_shared(lua_State *L);

#endif
