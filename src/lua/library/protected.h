/* pcall and xpcall, as Lua's. What Lua says where there is no memory names neither the error nor
 * the limit: where it was the run's that was reached, whoever catches it is told so. */
#ifndef GS_LUA_LIBRARY_PROTECTED_H
#define GS_LUA_LIBRARY_PROTECTED_H

#include <lua.h>

/* The error on top is what a call ended with: if it is Lua's own of memory, in its place comes
 * ours. Neither raises nor allocates. */
void gs_protected_explain(lua_State *L);

/* Takes the places of the two. */
void gs_protected_open(lua_State *L);

#endif
