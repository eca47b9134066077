/* queue.Queue, LifoQueue, PriorityQueue; and the queue between several interpreters. */
#include "lua/sync/queue.h"
#include "lua/modules/arguments.h"
#include "lua/modules/handle.h"
#include "lua/modules/modules.h"
#include "lua/vm/guest.h"
#include "lua/vm/interp.h"

static int push_queue(lua_State *L, enum gs_items_order order, bool shared)
{
    static const char *const names[] = {"maxsize", "name", NULL};
    struct gs_error err;
    gs_arguments(L, 1, names);
    lua_Integer maxsize = luaL_optinteger(L, 1, 0);
    struct gs_queue *queue =
        gs_queue_new(order, maxsize > 0 ? (uint64_t)maxsize : 0, luaL_optstring(L, 2, NULL), &err);
    if (!queue)
        return gs_raise(L, &err);
    struct gs_handle *handle = gs_handle_push(L, &queue->resource);
    if (shared && !gs_items_open(&queue->items, &err))
        return gs_raise(L, &err);
    if (!shared) {
        handle->bound = "a queue of one interpreter (interpreters.create_queue() makes one that "
                        "several can use)";
        lua_newtable(L);
        lua_setiuservalue(L, -2, 1);
    }
    return 1;
}

static int new_queue(lua_State *L)
{
    return push_queue(L, GS_ITEMS_FIFO, gs_lua_self()->interp->isolated);
}

static int new_lifo_queue(lua_State *L)
{
    return push_queue(L, GS_ITEMS_LIFO, gs_lua_self()->interp->isolated);
}

static int new_priority_queue(lua_State *L)
{
    return push_queue(L, GS_ITEMS_PRIORITY, gs_lua_self()->interp->isolated);
}

int gs_queue_create_shared(lua_State *L)
{
    return push_queue(L, GS_ITEMS_FIFO, true);
}

static struct gs_queue *check_queue(lua_State *L)
{
    return gs_handle_resource(L, 1, "Queue");
}

/* What is first in is first out: the number of each item needs not be kept with it. Where another
 * order rules, nobody can tell from outside which one came out: 0. */
static uint32_t count_message(struct gs_items *items, bool send)
{
    if (items->order != GS_ITEMS_FIFO)
        return 0;
    return send ? ++items->sent : ++items->received;
}

/* Copying one item in or out, with the queue's home to oneself. */
static bool transfer(struct gs_queue *queue, lua_State *L, bool send, struct gs_error *err)
{
    uint64_t bytes = 0, number = 0;
    gs_monitor_enter(&queue->resource.monitor);
    bool done = send ? gs_items_send(&queue->items, L, &bytes, err)
                     : gs_items_receive(&queue->items, L, &bytes, err);
    if (done)
        number = count_message(&queue->items, send);
    gs_monitor_leave(&queue->resource.monitor);
    gs_charge_times(GS_COST_byte, bytes);
    if (done)
        gs_emit(GS_EVENT_MESSAGE, send, number << 32 | queue->resource.object, bytes);
    return done;
}

/* In the users' own state, under a protected call, since to make the table larger may raise:
 * (function, &task, the items' table, and to store one the item). */
struct task {
    struct gs_items *items;
    struct gs_error *err;
    bool done;
};

static void raise_from_item(lua_State *L, const struct task *task)
{
    if (!task->done && !task->err->text[0])
        lua_error(L);
}

static int store_here(lua_State *L)
{
    struct task *task = lua_touserdata(L, 1);
    task->done = gs_items_store(task->items, L, 2, task->err);
    raise_from_item(L, task);
    return 0;
}

static int take_here(lua_State *L)
{
    struct task *task = lua_touserdata(L, 1);
    task->done = gs_items_take(task->items, L, 2, task->err);
    raise_from_item(L, task);
    return task->done;
}

/* False with an empty err: what was raised is on top. */
static bool run_here(struct gs_queue *queue, lua_State *L, lua_CFunction function, int items,
                     struct gs_error *err)
{
    struct task task = {.items = &queue->items, .err = err};
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, &task);
    lua_getiuservalue(L, 1, 1);
    lua_rotate(L, -3 - items, 3);
    if (lua_pcall(L, 2 + items, LUA_MULTRET, 0) == LUA_OK)
        return task.done;
    return gs_error_set(err, "%s", "");
}

/* Stores the value on top. */
static bool store(struct gs_queue *queue, lua_State *L, struct gs_error *err)
{
    return queue->items.home ? transfer(queue, L, true, err)
                             : run_here(queue, L, store_here, 1, err);
}

/* Pushes it. */
static bool take(struct gs_queue *queue, lua_State *L, struct gs_error *err)
{
    return queue->items.home ? transfer(queue, L, false, err)
                             : run_here(queue, L, take_here, 0, err);
}

/* Without words it was memory or an item's own metamethod, whose error is on top. */
static int raise(lua_State *L, const struct gs_error *err)
{
    return err->text[0] ? gs_raise(L, err) : lua_error(L);
}

static int put(lua_State *L, uint64_t deadline)
{
    struct gs_queue *queue = check_queue(L);
    struct gs_error err;
    if (!gs_queue_reserve(queue, deadline))
        return luaL_error(L, "queue.Full: %s is full", queue->resource.name);
    lua_pushvalue(L, 2);
    if (!store(queue, L, &err)) {
        gs_queue_cancel(queue);
        return raise(L, &err);
    }
    gs_queue_announce(queue);
    return 0;
}

static void check_item(lua_State *L)
{
    check_queue(L);
    if (lua_isnoneornil(L, 2))
        luaL_error(L, "TypeError: put() needs an item; Python's None is `none`");
}

static int queue_put(lua_State *L)
{
    static const char *const names[] = {"block", "timeout", NULL};
    check_item(L);
    gs_arguments(L, 3, names);
    return put(L, gs_arguments_queue(L, 3));
}

static int queue_put_nowait(lua_State *L)
{
    check_item(L);
    lua_settop(L, 2);
    return put(L, GS_AT_ONCE);
}

static int get(lua_State *L, uint64_t deadline)
{
    struct gs_queue *queue = check_queue(L);
    struct gs_error err;
    if (!gs_queue_claim(queue, deadline))
        return luaL_error(L, "queue.Empty: %s is empty", queue->resource.name);
    if (!take(queue, L, &err)) {
        gs_queue_unclaim(queue);
        return raise(L, &err);
    }
    return 1;
}

static int queue_get(lua_State *L)
{
    static const char *const names[] = {"block", "timeout", NULL};
    check_queue(L);
    gs_arguments(L, 2, names);
    return get(L, gs_arguments_queue(L, 2));
}

static int queue_get_nowait(lua_State *L)
{
    return get(L, GS_AT_ONCE);
}

static int queue_task_done(lua_State *L)
{
    struct gs_error err;
    return gs_queue_task_done(check_queue(L), &err) ? 0 : gs_raise(L, &err);
}

static int queue_join(lua_State *L)
{
    gs_queue_join(check_queue(L));
    return 0;
}

static int queue_qsize(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)gs_queue_size(check_queue(L)));
    return 1;
}

static int queue_empty(lua_State *L)
{
    lua_pushboolean(L, gs_queue_size(check_queue(L)) == 0);
    return 1;
}

static int queue_full(lua_State *L)
{
    struct gs_queue *queue = check_queue(L);
    uint64_t size = gs_queue_size(queue);
    lua_pushboolean(L, queue->maxsize > 0 && size >= queue->maxsize);
    return 1;
}

static int maxsize_of(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)check_queue(L)->maxsize);
    return 1;
}

int gs_queue_module_open(lua_State *L)
{
    static const luaL_Reg methods[] = {{"put", queue_put},
                                       {"get", queue_get},
                                       {"put_nowait", queue_put_nowait},
                                       {"get_nowait", queue_get_nowait},
                                       {"task_done", queue_task_done},
                                       {"join", queue_join},
                                       {"qsize", queue_qsize},
                                       {"empty", queue_empty},
                                       {"full", queue_full},
                                       {NULL, NULL}};
    static const luaL_Reg attributes[] = {{"maxsize", maxsize_of}, {NULL, NULL}};
    static const struct gs_handle_class class = {
        .name = "Queue", .kind = GS_OBJECT_QUEUE, .methods = methods, .attributes = attributes};
    static const luaL_Reg makers[] = {{"Queue", new_queue},
                                      {"LifoQueue", new_lifo_queue},
                                      {"PriorityQueue", new_priority_queue},
                                      {NULL, NULL}};
    gs_handle_register(L, &class);
    luaL_newlib(L, makers);
    return 1;
}
