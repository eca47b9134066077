/* What a call enters before it calls a scene's function and leaves behind it, as Python's `with`:
 * lock:with(fn) its lock, label(text, fn) its label. The function may return, raise, or have
 * yielded when its coroutine is closed; behind a yield only what is to be closed on the stack still
 * runs. */
#ifndef GS_LUA_MODULES_WITH_H
#define GS_LUA_MODULES_WITH_H

#include "base/error.h"

#include <lauxlib.h>

/* Once a state, when its libraries are opened. */
void gs_with_open(lua_State *L);

/* Leaves thing, once. False with err: that failed. */
typedef bool gs_with_exit(lua_State *L, void *thing, struct gs_error *err);

/* Puts what leaves under the function at stack place `first`. Before anything is entered: it may
 * raise. */
void gs_with_prepare(lua_State *L, int first);

/* Calls the function, now at first + 1, with what is behind it; then thing, which the caller has
 * entered, is left by exit. Raises the function's error, or else the exit's. Return what it
 * returns. */
int gs_with_call(lua_State *L, int first, gs_with_exit *exit, void *thing);

/* For who calls the function himself: from here on closing the coroutine leaves thing / no longer.
 */
void gs_with_arm(lua_State *L, int first, gs_with_exit *exit, void *thing);
void gs_with_disarm(lua_State *L, int first);

#endif
