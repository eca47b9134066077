/* Making a Lua global state whose string hash has the seed that was asked for. From Lua 5.5 on that
 * is how it is done; Lua 5.4 takes one from addresses and the time and asks nobody. Used by the
 * interpreter, and by whoever reads a scene's opening table.
 *
 * The seed decides which keys of a table get into each other's way, so when one whose keys come and
 * go has to grow, so how much memory there is and when the collector runs: a scene that looks at
 * any of that would be another one in each run. */
#ifndef GS_LUA_VM_NEWSTATE_H
#define GS_LUA_VM_NEWSTATE_H

#include <lua.h>

/* NULL: no memory. */
lua_State *gs_lua_newstate(lua_Alloc allocate, void *data, unsigned seed);

#endif
