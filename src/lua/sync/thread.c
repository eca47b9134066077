#include "lua/sync/thread.h"

#include "lua/carry/carry.h"
#include "lua/sync/block.h"
#include "lua/vm/allow_threads.h"
#include "lua/vm/guest.h"
#include "lua/vm/interp.h"
#include "lua/vm/overflow.h"
#include "lua/vm/words.h"

#include "base/text.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local struct gs_thread *current;

/* All that were started, newest first; whoever holds the mutex holds nothing else. */
static struct {
    pthread_mutex_t mutex;
    struct gs_thread *first;
    bool closed; /* the run ends: nobody would join another one */
} started = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static struct gs_thread *of(struct gs_resource *resource)
{
    return (struct gs_thread *)((char *)resource - offsetof(struct gs_thread, resource));
}

static void destroy(struct gs_resource *resource)
{
    free(of(resource));
}

/* As CPython, which counts only those that it has to name. */
static void name_by_count(char *name, size_t size, const char *target)
{
    static _Atomic unsigned count;
    unsigned number = atomic_fetch_add(&count, 1) + 1;
    if (target)
        snprintf(name, size, "Thread-%u (%s)", number, target);
    else
        snprintf(name, size, "Thread-%u", number);
}

struct gs_thread *gs_thread_new(const char *name, const char *target, bool daemon,
                                struct gs_error *err)
{
    struct gs_thread *thread = calloc(1, sizeof *thread);
    if (!thread) {
        gs_error_set(err, "MemoryError: no memory for another thread");
        return NULL;
    }
    thread->daemon = daemon;
    char counted[sizeof thread->resource.name];
    if (!name || !*name)
        name_by_count(counted, sizeof counted, target);
    gs_resource_init(&thread->resource, GS_OBJECT_THREAD, name && *name ? name : counted, destroy);
    return thread;
}

/* How much it is; what does not fit is cut away. */
static size_t join(char *line, size_t room, const char *name, const char *where, const char *text,
                   size_t length)
{
    int written = snprintf(line, room, "Exception in %s: %s", name, where);
    size_t used = written < (int)room ? (size_t)written : room - 1;
    size_t rest = length < room - used ? length : room - used;
    memcpy(line + used, text, rest);
    return used + rest;
}

/* Like CPython's threading.excepthook, with the scene's line instead of a traceback. */
static void report(lua_State *L, const char *name, int status)
{
    static const char unknown[] = "an unknown error";
    bool known = lua_type(L, -1) == LUA_TSTRING;
    size_t length = sizeof unknown - 1;
    const char *text = known ? lua_tolstring(L, -1, &length) : unknown;
    char line[1024], where[512] = "";
    /* Lua's own message, the same everywhere, and perhaps without a line: see memory.c. */
    if (status == LUA_ERRMEM && gs_self->line)
        snprintf(where, sizeof where, "%s:%u: MemoryError: ", gs_runtime.scene_file, gs_self->line);
    else if (status == LUA_ERRMEM)
        snprintf(where, sizeof where, "%s: MemoryError: ", gs_runtime.scene_file);
    /* Not as %s, which would end at a NUL. */
    size_t size = join(line, sizeof line - 1, name, where, text, length);
    if (memmem(line, size, "MemoryError", strlen("MemoryError"))) {
        char why[GS_MEMORY_WHY];
        gs_memory_explain(why, sizeof why);
        /* Who has caught it and raised it again has been told already. */
        if (!memmem(line, size, why, strlen(why))) {
            snprintf(line + size, sizeof line - 1 - size, "%s", why);
            size += strlen(line + size);
        }
    }
    line[size] = '\n';
    fwrite(line, 1, size + 1, stderr);
    gs_words_say(GS_EVENT_ERROR, 0, gs_actor_string(line, size), gs_self->line);
    atomic_fetch_add(&gs_runtime.failures, 1);
    lua_pop(L, 1);
}

/* Runs on the stack that raised, so the line is still there to be read. What is no text becomes one
 * here, where it may raise; without the address that Lua would show, another one in each run. */
static int on_error(lua_State *L)
{
    gs_self->line = (uint32_t)gs_interp_line(L);
    if (lua_type(L, 1) == LUA_TSTRING) {
        gs_overflow_place(L);
        return 1;
    }
    luaL_where(L, 2); /* of who called error(), which adds it only to a text */
    bool in_words = lua_type(L, 1) == LUA_TNUMBER;
    if (luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL) {
        lua_pop(L, 1);
        in_words = true;
    }
    if (in_words)
        luaL_tolstring(L, 1, NULL);
    else
        lua_pushfstring(L, "the error is a %s", luaL_typename(L, 1));
    lua_concat(L, 2);
    return 1;
}

bool gs_thread_run(lua_State *L, int arguments, const char *name)
{
    lua_pushcfunction(L, on_error);
    int handler = lua_gettop(L) - arguments - 1;
    lua_insert(L, handler);
    int status = lua_pcall(L, arguments, 0, handler);
    lua_remove(L, handler);
    if (status == LUA_OK)
        return true;
    report(L, name, status);
    return false;
}

/* A target that is no function: what has __call is called, all else is Python's error. */
static int call_object(lua_State *L)
{
    if (luaL_getmetafield(L, 1, "__call") == LUA_TNIL) {
        bool named = luaL_getmetafield(L, 1, "__name") == LUA_TSTRING;
        return luaL_error(L, "TypeError: '%s' object is not callable",
                          named ? lua_tostring(L, -1) : luaL_typename(L, 1));
    }
    lua_pop(L, 1);
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

/* Python's Thread.run: no target is nothing to do, and whether one can be called turns out here. */
static bool run_target(lua_State *L, const char *name)
{
    if (lua_isnil(L, 1))
        return true;
    if (!lua_isfunction(L, 1)) {
        lua_pushcfunction(L, call_object);
        lua_insert(L, 1);
    }
    return gs_thread_run(L, lua_gettop(L) - 1, name);
}

static void tell_begun(struct gs_thread *thread)
{
    gs_monitor_enter(&thread->resource.monitor);
    thread->begun = true;
    gs_wake_all(&thread->beginning, thread->resource.object);
    gs_monitor_leave(&thread->resource.monitor);
}

static void tell_done(struct gs_thread *thread)
{
    gs_monitor_enter(&thread->resource.monitor);
    thread->done = true;
    thread->resource.owner = NULL;
    gs_wake_all(&thread->resource.waiters, thread->resource.object);
    gs_monitor_leave(&thread->resource.monitor);
}

static void *run_thread(void *argument)
{
    struct gs_actor *self = gs_self;
    struct gs_thread *thread = current = argument;
    gs_begin();
    gs_actor_announce(self->id, self->parent);
    gs_interp_enter(thread->interp, thread->state, GS_CAUSE_NONE);
    tell_begun(thread);
    /* On one line, whatever the scene called it. */
    char shown[2 * sizeof thread->resource.name], name[sizeof shown + 8];
    gs_text_visible(shown, sizeof shown, thread->resource.name, strlen(thread->resource.name));
    snprintf(name, sizeof name, "thread %s", shown);
    thread->failed = !run_target(thread->state, name);
    gs_interp_close_state(thread->interp, thread->state);
    thread->state = NULL;
    gs_interp_leave();
    atomic_fetch_sub(&thread->interp->threads, 1);
    /* Before those who join it can end the run: a trace must not lack the death. */
    gs_emit(GS_EVENT_DIED, thread->failed, 0, 0);
    self->failed = thread->failed;
    tell_done(thread);
    gs_resource_unref(&thread->resource);
    /* Only behind this is there nothing more to trace: all who are left may be in a deadlock. */
    gs_finish();
    gs_runner_close_ring(gs_runner_of(self));
    return NULL;
}

/* Moves the function and its arguments to the new thread's state. */
static bool pass_on(struct gs_thread *thread, lua_State *L, int arguments, struct gs_error *err)
{
    if (!thread->interp->isolated) {
        /* Not luaL_checkstack: nothing protects the new state yet. Two more are gs_thread_run's
         * handler and call_object. */
        if (!lua_checkstack(thread->state, arguments + 3))
            return gs_error_set(err, "MemoryError: no memory for a thread's arguments");
        lua_xmove(L, thread->state, arguments + 1);
        return true;
    }
    static const char *const names[] = {"target",  "args[1]", "args[2]", "args[3]", "args[4]",
                                        "args[5]", "args[6]", "args[7]", "args[8]"};
    bool named = arguments < (int)(sizeof names / sizeof *names);
    if (!gs_carry(L, thread->state, arguments + 1, named ? names : NULL, NULL, err))
        return false;
    lua_pop(L, arguments + 1);
    return true;
}

static bool prepare(struct gs_thread *thread, lua_State *L, int arguments, struct gs_error *err)
{
    thread->interp = gs_lua_self()->interp;
    thread->state = gs_interp_open_state(thread->interp, L, err);
    if (!thread->state)
        return false;
    /* The actor last: its row in the trace's table stays. */
    if (pass_on(thread, L, arguments, err))
        thread->actor = gs_lua_actor_new(thread->resource.name, thread->interp->id,
                                         thread->daemon ? GS_ACTOR_DAEMON : 0, err);
    if (thread->actor)
        return true;
    gs_interp_close_state(thread->interp, thread->state);
    thread->state = NULL;
    return false;
}

static bool enlist(struct gs_thread *thread, struct gs_error *err)
{
    pthread_mutex_lock(&started.mutex);
    bool open = !started.closed;
    if (open) {
        gs_resource_ref(&thread->resource);
        thread->next = started.first;
        started.first = thread;
    }
    pthread_mutex_unlock(&started.mutex);
    return open ||
           gs_error_set(err, "RuntimeError: can't create new thread at interpreter shutdown");
}

static void delist(struct gs_thread *thread)
{
    pthread_mutex_lock(&started.mutex);
    struct gs_thread **at = &started.first;
    while (*at != thread)
        at = &(*at)->next;
    *at = thread->next;
    pthread_mutex_unlock(&started.mutex);
    gs_resource_unref(&thread->resource);
}

/* Enlisted first: once it runs, the end of the run has to wait for it. */
static bool spawn(struct gs_thread *thread, struct gs_error *err)
{
    if (!enlist(thread, err))
        return false;
    if (gs_spawn(gs_runner_of(thread->actor), run_thread, thread, err))
        return true;
    delist(thread);
    return false;
}

static void await_beginning(struct gs_thread *thread)
{
    gs_block_begin(GS_STATE_WAITING, &thread->resource);
    gs_monitor_enter(&thread->resource.monitor);
    while (!thread->begun)
        gs_wait(&thread->resource.monitor, &thread->beginning, GS_NEVER);
    gs_monitor_leave(&thread->resource.monitor);
    gs_block_end();
}

bool gs_thread_start(struct gs_thread *thread, lua_State *L, int arguments, struct gs_error *err)
{
    if (!prepare(thread, L, arguments, err))
        return false;
    thread->resource.owner = thread->actor;
    gs_resource_show(&thread->resource);
    thread->started = true;
    gs_charge(GS_COST_spawn);
    gs_resource_ref(&thread->resource); /* the running thread's own */
    atomic_fetch_add(&thread->interp->threads, 1);
    if (!spawn(thread, err)) {
        atomic_fetch_sub(&thread->interp->threads, 1);
        gs_interp_close_state(thread->interp, thread->state);
        thread->state = NULL;
        thread->resource.owner = thread->actor = NULL;
        thread->started = false;
        gs_resource_unref(&thread->resource);
        return false;
    }
    await_beginning(thread);
    return true;
}

static bool is_alive(struct gs_thread *thread)
{
    gs_monitor_enter(&thread->resource.monitor);
    bool alive = thread->started && !thread->done;
    gs_monitor_leave(&thread->resource.monitor);
    return alive;
}

bool gs_thread_alive(struct gs_thread *thread)
{
    gs_call_begin();
    return is_alive(thread);
}

static bool await_end(struct gs_thread *thread, uint64_t deadline)
{
    struct gs_resource *r = &thread->resource;
    if (!is_alive(thread) || deadline == GS_AT_ONCE)
        return !is_alive(thread);
    gs_block_begin(GS_STATE_WAITING, r);
    gs_monitor_enter(&r->monitor);
    bool in_time = true;
    while (!thread->done && in_time)
        in_time = gs_wait(&r->monitor, &r->waiters, deadline) == GS_WAIT_WOKEN;
    bool done = thread->done;
    gs_monitor_leave(&r->monitor);
    gs_block_end();
    return done;
}

bool gs_thread_join(struct gs_thread *thread, uint64_t deadline)
{
    gs_call_begin();
    return await_end(thread, deadline);
}

struct gs_thread *gs_thread_current(void)
{
    return current;
}

static struct gs_thread *next_to_join(void)
{
    pthread_mutex_lock(&started.mutex);
    struct gs_thread *thread = started.first;
    while (thread && (thread->daemon || thread->done))
        thread = thread->next;
    started.closed = !thread;
    pthread_mutex_unlock(&started.mutex);
    return thread;
}

void gs_thread_join_all(void)
{
    for (struct gs_thread *t = next_to_join(); t; t = next_to_join())
        await_end(t, GS_NEVER);
}
