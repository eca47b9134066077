/* Where the items of a queue are. As long as all users share one Lua global state, that is a table
 * of this state, and an item stays the value it is. A queue between several global states has a
 * state of its own, its home, and each item is carried in and out. */
#ifndef GS_LUA_SYNC_ITEMS_H
#define GS_LUA_SYNC_ITEMS_H

#include "base/error.h"
#include "lua/vm/memory.h"

#include <lua.h>

enum gs_items_order { GS_ITEMS_FIFO, GS_ITEMS_LIFO, GS_ITEMS_PRIORITY };

struct gs_items {
    enum gs_items_order order;
    lua_Integer first; /* FIFO: how many were taken */
    lua_Integer count;
    uint64_t changes;        /* PRIORITY: how often the heap has changed */
    lua_State *home;         /* NULL: in the users' own global state */
    struct gs_memory memory; /* home's */
    uint32_t sent, received; /* FIFO with a home: the number of the last one in and out */
};

/* Shared state: `table` is the stack index of the items' table. Store pops the value on top, take
 * pushes one; there must be one. False: priorities cannot be compared, and nothing is stored or
 * taken. Then err says why; or it is empty, and on top of the stack is what an item's __lt raised,
 * for the caller to raise on. Both raise what Lua raises when memory is out. */
bool gs_items_store(struct gs_items *items, lua_State *L, int table, struct gs_error *err);
bool gs_items_take(struct gs_items *items, lua_State *L, int table, struct gs_error *err);

/* Own home: false with err: no memory. */
bool gs_items_open(struct gs_items *items, struct gs_error *err);
void gs_items_close(struct gs_items *items);

/* Copies the value on top of L's stack in, which stays there; false with err: it cannot be carried
 * or compared. Receive pushes a copy onto L; false with err: no memory, or priorities that cannot
 * be compared, and nothing is taken. They never raise. bytes gets roughly how much was copied. */
bool gs_items_send(struct gs_items *items, lua_State *L, uint64_t *bytes, struct gs_error *err);
bool gs_items_receive(struct gs_items *items, lua_State *L, uint64_t *bytes, struct gs_error *err);

#endif
