/* The one difference between Lua 5.4 and 5.5 that everybody meets who makes a global state: from
 * 5.5 on the seed of the string hash is handed in. Used by the interpreter, and by whoever reads a
 * scene's opening table. */
#ifndef GS_LUA_VM_NEWSTATE_H
#define GS_LUA_VM_NEWSTATE_H

#include <lua.h>

/* NULL: no memory. */
static inline lua_State *gs_lua_newstate(lua_Alloc allocate, void *data, unsigned seed)
{
#if LUA_VERSION_NUM >= 505
    return lua_newstate(allocate, data, seed);
#else
    (void)seed;
    return lua_newstate(allocate, data);
#endif
}

#endif
