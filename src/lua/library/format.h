/* string.format with the numbers of lua/library/addresses.h where Lua would show an address. */
#ifndef GS_LUA_LIBRARY_FORMAT_H
#define GS_LUA_LIBRARY_FORMAT_H

#include <lua.h>

/* In place of Lua's in the table on top. */
void gs_format_open(lua_State *L);

#endif
