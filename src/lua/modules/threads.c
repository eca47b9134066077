/* threading.Thread, current_thread. */
#include "lua/carry/carry.h"
#include "lua/library/addresses.h"
#include "lua/modules/arguments.h"
#include "lua/modules/handle.h"
#include "lua/modules/modules.h"
#include "lua/scene/source.h"
#include "lua/sync/thread.h"
#include "lua/vm/guest.h"
#include "lua/vm/interp.h"
#include "sched/actor.h"

#include <string.h>

/* The user value of a handle until the thread starts: { target, args }. */
enum { TARGET = 1, ARGS = 2 };

enum { MOST_ARGUMENTS = 200 };

/* The main thread was never made by a scene, but a scene may ask for it. Only that thread itself
 * comes here. */
static struct gs_thread *main_thread(struct gs_error *err)
{
    static struct gs_thread *thread;
    if (thread)
        return thread;
    thread = gs_thread_new("MainThread", NULL, false, err);
    if (thread) {
        thread->actor = thread->resource.owner = gs_self;
        thread->started = thread->begun = true;
    }
    return thread;
}

static struct gs_thread *this_thread(lua_State *L)
{
    struct gs_error err;
    struct gs_thread *thread = gs_thread_current();
    if (!thread)
        thread = main_thread(&err);
    if (!thread)
        gs_raise(L, &err);
    return thread;
}

static int current_thread(lua_State *L)
{
    gs_handle_push(L, gs_resource_ref(&this_thread(L)->resource));
    return 1;
}

/* What a nameless thread of this target is called after, where Python would know its __name__; from
 * 3.10 on. NULL: its number has to do. */
static const char *name_of_target(lua_State *L, int target, char *name, size_t size)
{
    const struct gs_interp *interp = gs_lua_self()->interp;
    if (interp->profile == GS_GIL_27 || interp->profile == GS_GIL_39)
        return NULL;
    lua_pushvalue(L, target);
    bool named = lua_isfunction(L, -1) &&
                 (gs_source_function_name(L, name, size) || gs_carry_library_name(L, name, size));
    lua_pop(L, 1);
    return named ? name : NULL;
}

static int new_thread(lua_State *L)
{
    static const char *const names[] = {"target", "args", "name", "daemon", NULL};
    struct gs_error err;
    gs_arguments(L, 1, names);
    if (!lua_isnil(L, 2))
        luaL_checktype(L, 2, LUA_TTABLE);
    const char *name = luaL_optstring(L, 3, NULL);
    /* As in Python, a daemon's threads are daemons. */
    bool daemon = lua_isnil(L, 4) ? this_thread(L)->daemon : lua_toboolean(L, 4);
    char target[64];
    struct gs_thread *thread =
        gs_thread_new(name, name_of_target(L, 1, target, sizeof target), daemon, &err);
    if (!thread)
        return gs_raise(L, &err);
    gs_handle_push(L, &thread->resource);
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, TARGET);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, ARGS);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static struct gs_thread *check_thread(lua_State *L)
{
    return gs_handle_resource(L, 1, "Thread");
}

static bool was_started(struct gs_thread *thread)
{
    gs_monitor_enter(&thread->resource.monitor);
    bool started = thread->started;
    gs_monitor_leave(&thread->resource.monitor);
    return started;
}

/* Pushes the function and its arguments; how many of these. */
static int push_call(lua_State *L)
{
    if (lua_getiuservalue(L, 1, 1) != LUA_TTABLE)
        luaL_error(L, "RuntimeError: this thread was made in another interpreter");
    int call = lua_gettop(L);
    lua_rawgeti(L, call, TARGET);
    if (lua_rawgeti(L, call, ARGS) == LUA_TNIL) {
        lua_pop(L, 1);
        return 0;
    }
    int args = lua_gettop(L);
    lua_Unsigned count = lua_rawlen(L, args); /* raw: a metamethod could start this very thread */
    if (count > MOST_ARGUMENTS)
        luaL_error(L, "TypeError: a thread takes at most %d arguments", MOST_ARGUMENTS);
    if (!lua_checkstack(L, (int)count + 4))
        luaL_error(L, "MemoryError: no memory for a thread's arguments");
    for (lua_Unsigned i = 1; i <= count; i++)
        lua_rawgeti(L, args, (lua_Integer)i);
    lua_remove(L, args);
    return (int)count;
}

static int thread_start(lua_State *L)
{
    struct gs_thread *thread = check_thread(L);
    struct gs_error err;
    if (was_started(thread))
        return luaL_error(L, "RuntimeError: threads can only be started once");
    if (!gs_thread_start(thread, L, push_call(L), &err))
        return gs_raise(L, &err);
    lua_pushnil(L);
    lua_setiuservalue(L, 1, 1);
    return 0;
}

static int thread_join(lua_State *L)
{
    static const char *const names[] = {"timeout", NULL};
    struct gs_thread *thread = check_thread(L);
    gs_arguments(L, 2, names);
    if (!was_started(thread))
        return luaL_error(L, "RuntimeError: cannot join thread before it is started");
    if (thread->actor == gs_self)
        return luaL_error(L, "RuntimeError: cannot join current thread");
    gs_thread_join(thread, gs_arguments_deadline(L, 2));
    return 0;
}

static int thread_is_alive(lua_State *L)
{
    lua_pushboolean(L, gs_thread_alive(check_thread(L)));
    return 1;
}

static int daemon_of(lua_State *L)
{
    lua_pushboolean(L, check_thread(L)->daemon);
    return 1;
}

static int assign(lua_State *L)
{
    struct gs_thread *thread = check_thread(L);
    const char *field = gs_push_text(L, 2);
    if (strcmp(field, "name") == 0)
        return luaL_error(L, "AttributeError: cannot set 'name' of a Thread: its lane keeps the "
                             "name it began with (Thread{name = …})");
    if (strcmp(field, "daemon") != 0)
        return luaL_error(L, "AttributeError: cannot set '%s' of a Thread", field);
    if (was_started(thread))
        return luaL_error(L, "RuntimeError: cannot set daemon status of active thread");
    thread->daemon = lua_toboolean(L, 3);
    return 0;
}

void gs_threading_open_threads(lua_State *L)
{
    static const luaL_Reg methods[] = {{"start", thread_start},
                                       {"join", thread_join},
                                       {"is_alive", thread_is_alive},
                                       {NULL, NULL}};
    static const luaL_Reg attributes[] = {{"daemon", daemon_of}, {NULL, NULL}};
    static const struct gs_handle_class class = {.name = "Thread",
                                                 .kind = GS_OBJECT_THREAD,
                                                 .methods = methods,
                                                 .attributes = attributes,
                                                 .assign = assign};
    static const luaL_Reg functions[] = {
        {"Thread", new_thread}, {"current_thread", current_thread}, {NULL, NULL}};
    gs_handle_register(L, &class);
    luaL_setfuncs(L, functions, 0);
}
