/* threading.Lock, RLock, Semaphore, BoundedSemaphore. */
#include "lua/modules/arguments.h"
#include "lua/modules/handle.h"
#include "lua/modules/modules.h"
#include "lua/modules/with.h"
#include "lua/sync/lock.h"
#include "lua/sync/semaphore.h"

static const char *const only_name[] = {"name", NULL};
static const char *const blocking_names[] = {"blocking", "timeout", NULL};

static int push_lock(lua_State *L, bool reentrant)
{
    gs_arguments(L, 1, only_name);
    struct gs_lock *lock = gs_lock_new(reentrant, luaL_optstring(L, 1, NULL));
    if (!lock)
        return luaL_error(L, "MemoryError: no memory for a lock");
    gs_handle_push(L, &lock->resource);
    return 1;
}

static int new_lock(lua_State *L)
{
    return push_lock(L, false);
}

static int new_rlock(lua_State *L)
{
    return push_lock(L, true);
}

/* Both classes share their methods. */
static struct gs_lock *check_lock(lua_State *L)
{
    void *handle = luaL_testudata(L, 1, "RLock");
    return handle ? (struct gs_lock *)((struct gs_handle *)handle)->resource
                  : gs_handle_resource(L, 1, "Lock");
}

static int lock_acquire(lua_State *L)
{
    struct gs_lock *lock = check_lock(L);
    gs_arguments(L, 2, blocking_names);
    lua_pushboolean(L, gs_lock_acquire(lock, gs_arguments_lock(L, 2)));
    return 1;
}

static int lock_release(lua_State *L)
{
    struct gs_error err;
    return gs_lock_release(check_lock(L), &err) ? 0 : gs_raise(L, &err);
}

static int lock_locked(lua_State *L)
{
    lua_pushboolean(L, gs_lock_is_held(check_lock(L)));
    return 1;
}

static bool leave_lock(lua_State *L, void *lock, struct gs_error *err)
{
    (void)L;
    return gs_lock_release(lock, err);
}

static int lock_with(lua_State *L)
{
    struct gs_lock *lock = check_lock(L);
    luaL_checkany(L, 2);
    gs_with_prepare(L, 2);
    gs_lock_acquire(lock, GS_NEVER);
    return gs_with_call(L, 2, leave_lock, lock);
}

static int push_semaphore(lua_State *L, bool bounded)
{
    static const char *const names[] = {"value", "name", NULL};
    gs_arguments(L, 1, names);
    uint32_t value = gs_arguments_count(L, 1, "semaphore initial value", 0, 1);
    struct gs_semaphore *semaphore = gs_semaphore_new(value, bounded, luaL_optstring(L, 2, NULL));
    if (!semaphore)
        return luaL_error(L, "MemoryError: no memory for a semaphore");
    gs_handle_push(L, &semaphore->resource);
    return 1;
}

static int new_semaphore(lua_State *L)
{
    return push_semaphore(L, false);
}

static int new_bounded_semaphore(lua_State *L)
{
    return push_semaphore(L, true);
}

static int semaphore_acquire(lua_State *L)
{
    struct gs_semaphore *semaphore = gs_handle_resource(L, 1, "Semaphore");
    gs_arguments(L, 2, blocking_names);
    lua_pushboolean(L, gs_semaphore_acquire(semaphore, gs_arguments_semaphore(L, 2)));
    return 1;
}

static int semaphore_release(lua_State *L)
{
    static const char *const names[] = {"n", NULL};
    struct gs_semaphore *semaphore = gs_handle_resource(L, 1, "Semaphore");
    struct gs_error err;
    gs_arguments(L, 2, names);
    uint32_t units = gs_arguments_count(L, 2, "n", 1, 1);
    return gs_semaphore_release(semaphore, units, &err) ? 0 : gs_raise(L, &err);
}

static bool leave_semaphore(lua_State *L, void *semaphore, struct gs_error *err)
{
    (void)L;
    return gs_semaphore_release(semaphore, 1, err);
}

static int semaphore_with(lua_State *L)
{
    struct gs_semaphore *semaphore = gs_handle_resource(L, 1, "Semaphore");
    luaL_checkany(L, 2);
    gs_with_prepare(L, 2);
    gs_semaphore_acquire(semaphore, GS_NEVER);
    return gs_with_call(L, 2, leave_semaphore, semaphore);
}

void gs_threading_open_locks(lua_State *L)
{
    static const luaL_Reg lock_methods[] = {{"acquire", lock_acquire},
                                            {"release", lock_release},
                                            {"locked", lock_locked},
                                            {"with", lock_with},
                                            {NULL, NULL}};
    static const luaL_Reg semaphore_methods[] = {{"acquire", semaphore_acquire},
                                                 {"release", semaphore_release},
                                                 {"with", semaphore_with},
                                                 {NULL, NULL}};
    static const struct gs_handle_class classes[] = {
        {.name = "Lock", .kind = GS_OBJECT_LOCK, .methods = lock_methods},
        {.name = "RLock", .kind = GS_OBJECT_RLOCK, .methods = lock_methods},
        {.name = "Semaphore", .kind = GS_OBJECT_SEMAPHORE, .methods = semaphore_methods}};
    static const luaL_Reg makers[] = {{"Lock", new_lock},
                                      {"RLock", new_rlock},
                                      {"Semaphore", new_semaphore},
                                      {"BoundedSemaphore", new_bounded_semaphore},
                                      {NULL, NULL}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        gs_handle_register(L, &classes[i]);
    luaL_setfuncs(L, makers, 0);
}
