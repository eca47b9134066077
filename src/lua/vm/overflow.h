/* Lua's own words for calls that are nested too deeply for C, "C stack overflow", may come
 * from C, and then without a file and a line. */
#ifndef GS_LUA_VM_OVERFLOW_H
#define GS_LUA_VM_OVERFLOW_H

#include <lua.h>

/* If those words end the error on top, it becomes a RecursionError with its place, or else that of
 * the innermost function of the scene. Any other error stays as it is. */
void gs_overflow_place(lua_State *L);

#endif
