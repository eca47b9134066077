#include "lua/sync/items.h"

#include "lua/carry/carry.h"
#include "lua/sync/priority.h"
#include "lua/vm/interp.h"

#include <lauxlib.h>

static void clear(lua_State *L, int table, lua_Integer place)
{
    lua_pushnil(L);
    lua_rawseti(L, table, place);
}

bool gs_items_store(struct gs_items *items, lua_State *L, int table, struct gs_error *err)
{
    table = lua_absindex(L, table);
    luaL_checkstack(L, 8, "no room for a queue's item");
    if (items->order == GS_ITEMS_PRIORITY)
        return gs_priority_store(items, L, table, err);
    lua_rawseti(L, table, items->first + items->count + 1);
    items->count++;
    return true;
}

/* Pushes the item to be taken. place is what remove needs to know. */
static bool choose(struct gs_items *items, lua_State *L, int table, lua_Integer *place,
                   struct gs_error *err)
{
    luaL_checkstack(L, 8, "no room for a queue's item");
    if (items->order == GS_ITEMS_PRIORITY)
        return gs_priority_choose(items, L, table, place, err);
    *place = items->order == GS_ITEMS_LIFO ? items->first + items->count : items->first + 1;
    lua_rawgeti(L, table, *place);
    return true;
}

static void remove_chosen(struct gs_items *items, lua_State *L, int table, lua_Integer place)
{
    if (items->order == GS_ITEMS_PRIORITY) {
        gs_priority_remove(items, L, table, place);
        return;
    }
    clear(L, table, place);
    items->count--;
    if (items->order == GS_ITEMS_FIFO)
        items->first++;
    if (items->count == 0)
        items->first = 0;
}

bool gs_items_take(struct gs_items *items, lua_State *L, int table, struct gs_error *err)
{
    lua_Integer place;
    table = lua_absindex(L, table);
    if (!choose(items, L, table, &place, err))
        return false;
    remove_chosen(items, L, table, place);
    return true;
}

bool gs_items_open(struct gs_items *items, struct gs_error *err)
{
    items->home = gs_interp_new_global_state(&items->memory, err);
    return items->home != NULL;
}

void gs_items_close(struct gs_items *items)
{
    if (items->home)
        gs_interp_close_global_state(items->home);
    items->home = NULL;
}

/* In home, under a protected call: (function, &task, value) and back. */
struct task {
    struct gs_items *items;
    struct gs_error *err;
    lua_Integer place; /* of the chosen item */
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

static int choose_at_home(lua_State *home)
{
    struct task *task = lua_touserdata(home, 1);
    push_table(home);
    task->done = choose(task->items, home, 2, &task->place, task->err);
    return task->done;
}

static int remove_at_home(lua_State *home)
{
    struct task *task = lua_touserdata(home, 1);
    push_table(home);
    remove_chosen(task->items, home, 2, task->place);
    task->done = true;
    return 0;
}

static bool run(lua_State *home, lua_CFunction function, struct task *task, int arguments,
                int results)
{
    lua_pushcfunction(home, function);
    lua_insert(home, -1 - arguments);
    lua_pushlightuserdata(home, task);
    lua_insert(home, -1 - arguments);
    if (lua_pcall(home, 1 + arguments, results, 0) == LUA_OK) {
        if (!task->done)
            lua_pop(home, results);
        return task->done;
    }
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

/* The item leaves its home last: whatever fails before takes nothing. */
bool gs_items_receive(struct gs_items *items, lua_State *L, uint64_t *bytes, struct gs_error *err)
{
    static const char *const name[] = {"item"};
    struct task task = {.items = items, .err = err};
    if (!run(items->home, choose_at_home, &task, 0, 1))
        return false;
    bool carried = gs_carry(items->home, L, 1, name, bytes, err);
    lua_pop(items->home, 1);
    if (carried && !run(items->home, remove_at_home, &task, 0, 0)) {
        lua_pop(L, 1);
        return false;
    }
    return carried;
}
