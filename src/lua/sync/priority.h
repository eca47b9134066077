/* The items of a PriorityQueue in their table, see items.h, whose part this is. Comparing them may
 * run a scene's code: shared items are called for with the GIL held and no monitor. */
#ifndef GS_LUA_SYNC_PRIORITY_H
#define GS_LUA_SYNC_PRIORITY_H

#include "lua/sync/items.h"

/* table is an absolute index. False: err, or what a metamethod raised, as gs_items_store has it;
 * nothing has changed. */
bool gs_priority_store(struct gs_items *items, lua_State *L, int table, struct gs_error *err);

/* Pushes the first item, which stays in the table. Until the item is removed no scene's code may
 * run; place tells gs_priority_remove how. */
bool gs_priority_choose(struct gs_items *items, lua_State *L, int table, lua_Integer *place,
                        struct gs_error *err);
void gs_priority_remove(struct gs_items *items, lua_State *L, int table, lua_Integer place);

#endif
