#include "runtime/items.h"

#include "runtime/carry.h"
#include "runtime/interp.h"
#include "runtime/order.h"

#include <lauxlib.h>

/* A binary heap at table[1 .. count], the first in order at 1. */

static void swap(lua_State *L, int table, lua_Integer i, lua_Integer j)
{
    lua_rawgeti(L, table, i);
    lua_rawgeti(L, table, j);
    lua_rawseti(L, table, i);
    lua_rawseti(L, table, j);
}

static enum gs_order_result order_places(lua_State *L, int table, lua_Integer i, lua_Integer j,
                                         struct gs_error *err)
{
    lua_rawgeti(L, table, i);
    lua_rawgeti(L, table, j);
    enum gs_order_result result = gs_order(L, lua_absindex(L, -2), lua_absindex(L, -1), err);
    lua_pop(L, 2);
    return result;
}

/* Takes back a rise that met a value it cannot be compared with: the way up leads down again. */
static void sink_back(lua_State *L, int table, lua_Integer place, lua_Integer last)
{
    while (place != last) {
        lua_Integer child = last;
        while (child / 2 != place)
            child /= 2;
        swap(L, table, place, child);
        place = child;
    }
}

static bool rise(struct gs_items *items, lua_State *L, int table, struct gs_error *err)
{
    lua_Integer place = items->count;
    while (place > 1) {
        enum gs_order_result result = order_places(L, table, place, place / 2, err);
        if (result == GS_UNORDERED) {
            sink_back(L, table, place, items->count);
            return false;
        }
        if (result != GS_BEFORE)
            return true;
        swap(L, table, place, place / 2);
        place /= 2;
    }
    return true;
}

static void sink(struct gs_items *items, lua_State *L, int table)
{
    lua_Integer place = 1;
    for (;;) {
        lua_Integer least = place;
        for (lua_Integer child = 2 * place; child <= 2 * place + 1 && child <= items->count;
             child++)
            if (order_places(L, table, child, least, NULL) == GS_BEFORE)
                least = child;
        if (least == place)
            return;
        swap(L, table, place, least);
        place = least;
    }
}

static void clear(lua_State *L, int table, lua_Integer place)
{
    lua_pushnil(L);
    lua_rawseti(L, table, place);
}

bool gs_items_store(struct gs_items *items, lua_State *L, int table, struct gs_error *err)
{
    table = lua_absindex(L, table);
    luaL_checkstack(L, 8, "no room for a queue's item");
    lua_rawseti(L, table, items->first + items->count + 1);
    items->count++;
    if (items->order != GS_ITEMS_PRIORITY || rise(items, L, table, err))
        return true;
    clear(L, table, items->count--);
    return false;
}

void gs_items_take(struct gs_items *items, lua_State *L, int table)
{
    table = lua_absindex(L, table);
    luaL_checkstack(L, 8, "no room for a queue's item");
    lua_Integer last = items->first + items->count;
    lua_Integer place = items->order == GS_ITEMS_LIFO ? last : items->first + 1;
    lua_rawgeti(L, table, place);
    if (items->order == GS_ITEMS_PRIORITY)
        swap(L, table, place, last);
    clear(L, table, items->order == GS_ITEMS_PRIORITY ? last : place);
    items->count--;
    if (items->order == GS_ITEMS_FIFO)
        items->first++;
    if (items->order == GS_ITEMS_PRIORITY)
        sink(items, L, table);
    if (items->count == 0)
        items->first = 0;
}

bool gs_items_open(struct gs_items *items, struct gs_error *err)
{
    items->home = gs_interp_new_global_state(&items->memory, err);
    return items->home != NULL;
}

void gs_items_close(struct gs_items *items)
{
    if (items->home)
        lua_close(items->home);
    items->home = NULL;
}

/* In home, under a protected call: (function, &task, table, value) and back. */
struct task {
    struct gs_items *items;
    struct gs_error *err;
    bool done;
};

static const char items_key;

static void push_table(lua_State *home)
{
    if (lua_rawgetp(home, LUA_REGISTRYINDEX, &items_key) == LUA_TTABLE)
        return;
    lua_pop(home, 1);
    lua_newtable(home);
    lua_pushvalue(home, -1);
    lua_rawsetp(home, LUA_REGISTRYINDEX, &items_key);
}

static int store_at_home(lua_State *home)
{
    struct task *task = lua_touserdata(home, 1);
    push_table(home);
    lua_insert(home, 2);
    task->done = gs_items_store(task->items, home, 2, task->err);
    return 0;
}

static int take_at_home(lua_State *home)
{
    struct task *task = lua_touserdata(home, 1);
    push_table(home);
    gs_items_take(task->items, home, 2);
    task->done = true;
    return 1;
}

static bool run(lua_State *home, lua_CFunction function, struct task *task, int arguments,
                int results)
{
    lua_pushcfunction(home, function);
    lua_insert(home, -1 - arguments);
    lua_pushlightuserdata(home, task);
    lua_insert(home, -1 - arguments);
    if (lua_pcall(home, 1 + arguments, results, 0) == LUA_OK)
        return task->done;
    lua_pop(home, 1);
    return gs_error_set(task->err, "MemoryError: no memory for a queue's item");
}

bool gs_items_send(struct gs_items *items, lua_State *L, uint64_t *bytes, struct gs_error *err)
{
    static const char *const name[] = {"item"};
    struct task task = {.items = items, .err = err};
    return gs_carry(L, items->home, 1, name, bytes, err) &&
           run(items->home, store_at_home, &task, 1, 0);
}

bool gs_items_receive(struct gs_items *items, lua_State *L, uint64_t *bytes, struct gs_error *err)
{
    static const char *const name[] = {"item"};
    struct task task = {.items = items, .err = err};
    if (!run(items->home, take_at_home, &task, 0, 1))
        return false;
    bool carried = gs_carry(items->home, L, 1, name, bytes, err);
    lua_pop(items->home, 1);
    return carried;
}
