/* What Lua does with tables in another way in each run, done in the same way in all of them: going
 * through them, in the order of lua/library/keys.h, and sorting. next and sort are slower than
 * Lua's and stand in for them on the virtual clock only; on the real one no run is like another
 * anyway.
 */
#ifndef GS_LUA_LIBRARY_TABLES_H
#define GS_LUA_LIBRARY_TABLES_H

#include <lua.h>

/* Fields that are gone by their turn are left out. */
int gs_tables_pairs(lua_State *L);
int gs_tables_next(lua_State *L);

/* table.sort, which leaves equals in their order. */
int gs_tables_sort(lua_State *L);

#endif
