/* Which of two Lua values comes first in a PriorityQueue: numbers and strings among themselves, and
 * lists item by item, as Python's tuples. No metamethods: comparing must not run a scene's code,
 * which could lose the GIL amid a queue's heap. */
#ifndef GS_RUNTIME_ORDER_H
#define GS_RUNTIME_ORDER_H

#include "base/error.h"

#include <lua.h>

enum gs_order_result { GS_BEFORE, GS_EQUAL, GS_AFTER, GS_UNORDERED };

/* a and b are absolute stack indexes. Never raises; GS_UNORDERED fills err. */
enum gs_order_result gs_order(lua_State *L, int a, int b, struct gs_error *err);

#endif
