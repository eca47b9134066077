/* Numbers where Lua would show an address, which would be another one in each run: objects count
 * from 1 in the order in which they are first shown. What turns values into text goes through here.
 */
#ifndef GS_LUA_LIBRARY_ADDRESSES_H
#define GS_LUA_LIBRARY_ADDRESSES_H

#include <lua.h>
#include <stdbool.h>

/* Would Lua's tostring show an address? */
bool gs_has_address(lua_State *L, int index);

/* Pushes the text of any value, "table: 1" where it has an address, and returns it. May raise. */
const char *gs_push_text(lua_State *L, int index);

/* tostring. */
int gs_to_string(lua_State *L);

#endif
