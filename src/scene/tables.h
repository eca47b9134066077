/* Tables in an order that does not depend on where in memory things lie: numbers, then strings,
 * then the rest as Lua has it. Without it, the same scene would go through a table's keys in
 * another order in each run, since Lua seeds its hashes with addresses and the time. */
#ifndef GS_SCENE_TABLES_H
#define GS_SCENE_TABLES_H

#include <lua.h>

/* Pushes a list of the keys of the table at `index`, in order. May raise. */
void gs_tables_push_keys(lua_State *L, int index);

/* pairs, with that order; next() keeps Lua's. Fields that are gone by their turn are left out. */
int gs_tables_pairs(lua_State *L);

/* table.sort, which leaves equals in their order. */
int gs_tables_sort(lua_State *L);

#endif
