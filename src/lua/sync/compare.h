/* Which of two Lua values comes first in a PriorityQueue: numbers, strings and booleans among
 * themselves, lists item by item as Python's tuples, and what has a metatable as its __lt says, and
 * in lists its __eq. These are a scene's code: they may lose the GIL, block, raise, and use the
 * very queue. So no monitor may be held meanwhile, and whoever compares must expect that the queue
 * is another one afterwards. */
#ifndef GS_LUA_SYNC_COMPARE_H
#define GS_LUA_SYNC_COMPARE_H

#include "base/error.h"

#include <lua.h>

enum gs_compare_result { GS_BEFORE, GS_EQUAL, GS_AFTER, GS_UNORDERED, GS_RAISED };

/* a and b are absolute stack indexes, and so is raised, which gets what a metamethod raised when
 * that is the result; raised 0: where the values are no scene's code may run, to need it is
 * GS_UNORDERED. Never raises; GS_UNORDERED fills err. */
enum gs_compare_result gs_compare(lua_State *L, int a, int b, int raised, struct gs_error *err);

#endif
