/* Tables of our own in the registry of a Lua state, made when they are first needed. */
#ifndef GS_LUA_LIBRARY_REGISTRY_H
#define GS_LUA_LIBRARY_REGISTRY_H

#include <lua.h>

/* Pushes the table under key, an address of the caller's. mode: its references are weak, "k", "v"
 * or both; NULL: none is. May raise. */
void gs_registry_push(lua_State *L, const void *key, const char *mode);

#endif
