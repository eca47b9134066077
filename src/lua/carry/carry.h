/* Carrying a value from one Lua global state into another: what a thread of its own state or a
 * subinterpreter gets of its creator's. Copies nil, booleans, numbers, strings, tables (shared
 * parts and cycles stay so; metatables come along), Lua functions with what they captured, the
 * scene's globals a function refers to and what the scene changed in libraries, library functions
 * (by name), and handles of things that several states may share (locks, events, queues made to be
 * shared …). Everything else, a coroutine first of all, cannot be carried: the error names the
 * value and the path to it. */
#ifndef GS_LUA_CARRY_CARRY_H
#define GS_LUA_CARRY_CARRY_H

#include "base/error.h"

#include <lua.h>

/* Pushes onto `to` copies of the `count` values on top of from's stack (left where they are), in
 * their order. False: nothing is pushed, err says what and where: "TypeError: cannot carry
 * args[1].worker: a coroutine". bytes, if not NULL, gets roughly how much was copied. The caller
 * may use both states; nothing is raised in either. names are the values' names for the error, or
 * NULL.
 */
bool gs_carry(lua_State *from, lua_State *to, int count, const char *const *names, uint64_t *bytes,
              struct gs_error *err);

/* Makes the userdata of a metatable something that may be carried (or that says why not). The hook
 * gets the userdata's address and must push an equal handle onto `to`, where it may raise; it must
 * not touch the state the userdata is from. False: err says what it is that cannot be carried. */
typedef bool gs_carry_hook(void *userdata, lua_State *to, struct gs_error *err);
void gs_carry_allow(lua_State *L, int metatable, gs_carry_hook *hook);

/* Gives all functions and tables that L's globals hold now their names ("string.format"): they are
 * carried by name, and whatever is global or in a library later is the scene's. Called once a
 * state, when its libraries are open. */
void gs_carry_know_libraries(lua_State *L);

/* The last part of the name that a library has for the function on top of L, which stays: "sleep"
 * of time.sleep. False: it is no library's. */
bool gs_carry_library_name(lua_State *L, char *name, size_t size);

#endif
