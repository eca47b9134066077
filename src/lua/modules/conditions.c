/* threading.Condition. */
#include "lua/modules/arguments.h"
#include "lua/modules/handle.h"
#include "lua/modules/modules.h"
#include "lua/modules/with.h"
#include "lua/sync/condition.h"
#include "sched/actor.h"

/* The lock given; NULL: none, then it is a new RLock, as in Python. */
static struct gs_lock *lock_given(lua_State *L, int index)
{
    struct gs_handle *handle = luaL_testudata(L, index, "Lock");
    if (!handle)
        handle = luaL_testudata(L, index, "RLock");
    if (!handle && !lua_isnil(L, index))
        luaL_error(L, "TypeError: lock must be a Lock or an RLock, not a %s",
                   luaL_typename(L, index));
    return handle ? (struct gs_lock *)handle->resource : NULL;
}

static int new_condition(lua_State *L)
{
    static const char *const names[] = {"lock", "name", NULL};
    gs_arguments(L, 1, names);
    const char *name = luaL_optstring(L, 2, NULL);
    struct gs_condition *condition = gs_condition_new(lock_given(L, 1), name);
    if (!condition)
        return luaL_error(L, "MemoryError: no memory for a condition");
    gs_handle_push(L, &condition->resource);
    return 1;
}

static struct gs_condition *check_condition(lua_State *L)
{
    return gs_handle_resource(L, 1, "Condition");
}

static int condition_acquire(lua_State *L)
{
    static const char *const names[] = {"blocking", "timeout", NULL};
    struct gs_condition *condition = check_condition(L);
    gs_arguments(L, 2, names);
    lua_pushboolean(L, gs_lock_acquire(condition->lock, gs_arguments_lock(L, 2)));
    return 1;
}

static int condition_release(lua_State *L)
{
    struct gs_error err;
    return gs_lock_release(check_condition(L)->lock, &err) ? 0 : gs_raise(L, &err);
}

static bool leave_condition(lua_State *L, void *condition, struct gs_error *err)
{
    (void)L;
    return gs_lock_release(((struct gs_condition *)condition)->lock, err);
}

static int condition_with(lua_State *L)
{
    struct gs_condition *condition = check_condition(L);
    luaL_checkany(L, 2);
    gs_with_prepare(L, 2);
    gs_lock_acquire(condition->lock, GS_NEVER);
    return gs_with_call(L, 2, leave_condition, condition);
}

static int condition_wait(lua_State *L)
{
    static const char *const names[] = {"timeout", NULL};
    struct gs_condition *condition = check_condition(L);
    struct gs_error err;
    bool notified;
    gs_arguments(L, 2, names);
    if (!gs_condition_wait(condition, gs_arguments_deadline(L, 2), &notified, &err))
        return gs_raise(L, &err);
    lua_pushboolean(L, notified);
    return 1;
}

static bool predicate_holds(lua_State *L)
{
    lua_settop(L, 3);
    lua_pushvalue(L, 2);
    lua_call(L, 0, 1);
    return lua_toboolean(L, -1);
}

/* As CPython's: the time begins once the predicate has been false, and even if there is none it
 * waits once before it looks at the time. */
static int condition_wait_for(lua_State *L)
{
    static const char *const names[] = {"predicate", "timeout", NULL};
    struct gs_condition *condition = check_condition(L);
    struct gs_error err;
    bool notified;
    gs_arguments(L, 2, names);
    luaL_checkany(L, 2);
    double timeout = gs_arguments_timeout(L, 3);
    if (predicate_holds(L))
        return 1;
    uint64_t deadline = gs_block_deadline(timeout);
    do {
        if (!gs_condition_wait(condition, deadline, &notified, &err))
            return gs_raise(L, &err);
    } while (!predicate_holds(L) && deadline > gs_now());
    return 1;
}

static int notify(lua_State *L, uint32_t most)
{
    struct gs_error err;
    return gs_condition_notify(check_condition(L), most, &err) ? 0 : gs_raise(L, &err);
}

static int condition_notify(lua_State *L)
{
    lua_Integer n = gs_arguments_whole(L, 2, "n", 1);
    return notify(L, n < 0 ? 0 : n < UINT32_MAX ? (uint32_t)n : UINT32_MAX);
}

static int condition_notify_all(lua_State *L)
{
    return notify(L, UINT32_MAX);
}

void gs_threading_open_conditions(lua_State *L)
{
    static const luaL_Reg methods[] = {{"acquire", condition_acquire},
                                       {"release", condition_release},
                                       {"with", condition_with},
                                       {"wait", condition_wait},
                                       {"wait_for", condition_wait_for},
                                       {"notify", condition_notify},
                                       {"notify_all", condition_notify_all},
                                       {NULL, NULL}};
    static const struct gs_handle_class class = {
        .name = "Condition", .kind = GS_OBJECT_CONDITION, .methods = methods};
    gs_handle_register(L, &class);
    lua_pushcfunction(L, new_condition);
    lua_setfield(L, -2, "Condition");
}
