/* What a scene can reach, and nothing else: the harmless part of Lua's libraries, Python's modules
 * in this program's version, and clear errors for what is left out. */
#ifndef GS_LUA_SCENE_SANDBOX_H
#define GS_LUA_SCENE_SANDBOX_H

#include "base/error.h"

#include <lua.h>

/* Opens it all in a new state. Has the shape that gs_lua_init asks for; raises nothing. */
bool gs_sandbox_open(lua_State *L, struct gs_error *err);

#endif
