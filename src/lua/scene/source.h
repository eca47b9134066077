/* The scene's text while it runs, for what Lua does not keep: what a function is called where it is
 * defined, which is Python's __name__. */
#ifndef GS_LUA_SCENE_SOURCE_H
#define GS_LUA_SCENE_SOURCE_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* Takes over text, allocated by malloc, of the file that Lua's messages call file; once, before
 * anything of it runs. */
void gs_source_keep(char *text, size_t length, const char *file);

/* The last part of the name that the function on top of L, which stays, is defined under: "read" of
 * `function Pool:read()`, `local read = function()` or `{ read = function() … }`. False: it has
 * none, like a target that is written where it is passed, is not the scene's, or shares its first
 * line with another. Raises nothing. */
bool gs_source_function_name(lua_State *L, char *name, size_t size);

#endif
