/* Reads a scene's text and compiles it. */
#ifndef GS_LUA_SCENE_LOAD_H
#define GS_LUA_SCENE_LOAD_H

#include "base/error.h"

#include <lua.h>

/* Pushes the scene's main function. name is how errors call the file: "gil/cpu-threads.lua". False
 * with err: the file cannot be read, or not be compiled. */
bool gs_scene_load(lua_State *L, const char *path, const char *name, struct gs_error *err);

#endif
