/* The module `sys`, as far as it is about the interpreter: which version's GIL it has, and its
 * switch interval. Called while an interpreter's libraries are opened. */
#ifndef GS_LUA_MODULES_SYS_H
#define GS_LUA_MODULES_SYS_H

#include <lua.h>

/* A lua_CFunction for luaL_requiref: pushes the module's table. */
int gs_sys_module_open(lua_State *L);

#endif
