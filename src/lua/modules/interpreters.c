/* interpreters: subinterpreters with a GIL of their own, as concurrent.interpreters of Python 3.14.
 *
 * A call runs in the calling thread, which leaves its own interpreter for it. Arguments and results
 * go through a third state: a thread holds one GIL at a time, so at no moment may it touch both
 * interpreters. */
#include "lua/carry/carry.h"
#include "lua/library/addresses.h"
#include "lua/library/keys.h"
#include "lua/modules/arguments.h"
#include "lua/modules/modules.h"
#include "lua/vm/checkpoint.h"
#include "lua/vm/cstack.h"
#include "lua/vm/guest.h"
#include "lua/vm/interp.h"
#include "sched/resource.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char class[] = "Interpreter";

enum { DEEPEST = 100 };

/* What the handles of one interpreter share. */
struct sub {
    _Atomic uint32_t handles;
    lua_Integer number;
    struct gs_interp *interp; /* NULL once closed */
    struct gs_monitor monitor;
    uint32_t calls; /* guarded by monitor: that run in it now */
    char name[64];
};

/* Of nothing yet: what follows may raise. */
static struct sub **push_handle(lua_State *L)
{
    struct sub **handle = lua_newuserdatauv(L, sizeof *handle, GS_KEY_NUMBER);
    *handle = NULL;
    luaL_setmetatable(L, class);
    return handle;
}

/* Makes the handle on top one of sub. */
static void attach(lua_State *L, struct sub **handle, struct sub *sub)
{
    *handle = sub;
    lua_pushinteger(L, sub->number);
    lua_setiuservalue(L, -2, GS_KEY_NUMBER);
}

static bool carry_handle(void *userdata, lua_State *to, struct gs_error *err)
{
    (void)err;
    struct sub *sub = *(struct sub **)userdata;
    struct sub **handle = push_handle(to);
    atomic_fetch_add(&sub->handles, 1);
    attach(to, handle, sub);
    return true;
}

static struct sub *check_sub(lua_State *L)
{
    return *(struct sub **)luaL_checkudata(L, 1, class);
}

static enum gs_gil_profile profile_of(lua_State *L, int index)
{
    uint32_t profile;
    const char *word = luaL_optstring(L, index, NULL);
    if (!word)
        return gs_lua_self()->interp->profile;
    if (!gs_gil_profile_parse(word, &profile))
        luaL_error(L, "ValueError: gil must be \"3.12\", \"3.9\", \"2.7\" or \"off\", not \"%s\"",
                   word);
    return profile;
}

static int create(lua_State *L)
{
    static const char *const names[] = {"gil", "name", NULL};
    static _Atomic unsigned count = 1; /* the main one is the first */
    struct gs_error err;
    gs_arguments(L, 1, names);
    enum gs_gil_profile profile = profile_of(L, 1);
    const char *name = luaL_optstring(L, 2, NULL);
    struct sub **handle = push_handle(L);
    struct sub *sub = calloc(1, sizeof *sub);
    if (!sub)
        return luaL_error(L, "MemoryError: no memory for an interpreter");
    sub->handles = 1;
    sub->number = gs_resource_number();
    attach(L, handle, sub);
    gs_monitor_init(&sub->monitor);
    if (name)
        gs_text_copy(sub->name, sizeof sub->name, name);
    else
        snprintf(sub->name, sizeof sub->name, "interpreter %u", atomic_fetch_add(&count, 1) + 1);
    gs_charge(GS_COST_interpreter);
    sub->interp = gs_interp_new(sub->name, profile, &err);
    if (!sub->interp)
        return gs_raise(L, &err);
    gs_actor_announce(sub->interp->id, gs_runtime.process);
    return 1;
}

/* Counts the call in; NULL: the interpreter is closed. */
static struct gs_interp *begin_call(struct sub *sub)
{
    gs_call_begin();
    gs_monitor_enter(&sub->monitor);
    struct gs_interp *interp = sub->interp;
    sub->calls += interp != NULL;
    gs_monitor_leave(&sub->monitor);
    return interp;
}

static void end_call(struct sub *sub)
{
    gs_monitor_enter(&sub->monitor);
    sub->calls--;
    gs_monitor_leave(&sub->monitor);
}

/* A call on its way: the state between the two interpreters and what became of it. */
struct call {
    lua_State *between;
    struct gs_memory memory;
    uint64_t bytes;
    struct gs_error err;
};

/* The names that errors give the function and its arguments. */
static const char *const *argument_names(int count)
{
    static const char *const names[] = {"the function", "args[1]", "args[2]", "args[3]",
                                        "args[4]",      "args[5]", "args[6]", "args[7]"};
    return count <= (int)(sizeof names / sizeof *names) ? names : NULL;
}

/* Takes the `count` values on top of `from` along to `to`. */
static bool hop(struct call *call, lua_State *from, lua_State *to, int count,
                const char *const *names)
{
    uint64_t bytes = 0;
    if (!gs_carry(from, to, count, names, &bytes, &call->err))
        return false;
    lua_settop(from, -count - 1);
    call->bytes += bytes;
    return true;
}

/* In the other interpreter, on a state of its own: function and arguments are in `between`, and the
 * results, or the error's text, are afterwards. */
static bool run(struct call *call, lua_State *L, int count)
{
    if (!hop(call, call->between, L, count, argument_names(count)))
        return false;
    gs_charge_times(GS_COST_byte, call->bytes);
    if (lua_pcall(L, count - 1, LUA_MULTRET, 0) != LUA_OK)
        return gs_error_set(&call->err, "%s",
                            lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1)
                                                           : "an error that is no text");
    static const char *const names[] = {"the result"};
    int results = lua_gettop(L);
    return hop(call, L, call->between, results, results == 1 ? names : NULL);
}

static int protected_open(lua_State *L)
{
    struct gs_interp *interp = lua_touserdata(L, 1);
    lua_pushlightuserdata(L, gs_interp_open_state(interp, L, NULL));
    return 1;
}

/* A state for this call, in the entered interpreter. NULL: no memory. */
static lua_State *open_state(struct gs_interp *interp)
{
    lua_State *main = interp->main;
    /* Without a GIL calls may be here at once; then they have nothing in common, main included. */
    if (interp->isolated)
        return gs_interp_open_state(interp, main, NULL);
    lua_pushcfunction(main, protected_open);
    lua_pushlightuserdata(main, interp);
    bool done = lua_pcall(main, 1, 1, 0) == LUA_OK;
    lua_State *L = done ? lua_touserdata(main, -1) : NULL;
    lua_pop(main, 1);
    return L;
}

static bool run_there(struct call *call, struct gs_interp *interp, int count)
{
    lua_State *L = open_state(interp);
    if (!L)
        return gs_error_set(&call->err, "MemoryError: no memory to call an interpreter");
    gs_checkpoint_switch(L);
    bool done = run(call, L, count);
    gs_checkpoint_switch(interp->main);
    gs_interp_close_state(interp, L);
    return done;
}

static bool cross(struct call *call, lua_State *L, struct gs_interp *interp, int count)
{
    static _Thread_local int depth;
    struct gs_interp *home = gs_lua_self()->interp;
    if (depth == DEEPEST || !gs_cstack_has_room())
        return gs_error_set(
            &call->err, "RecursionError: interpreters call each other more than %d deep", depth);
    call->between = gs_interp_new_global_state(&call->memory, &call->err);
    if (!call->between || !hop(call, L, call->between, count, argument_names(count)))
        return false;
    gs_interp_hop(interp, interp->main);
    depth++;
    bool done = run_there(call, interp, count);
    depth--;
    gs_interp_hop(home, L);
    return done;
}

/* What happened in the scene says where already; the places of all calls that it went through would
 * only push the rest out of the text. */
static int raise(lua_State *L, const struct gs_error *err)
{
    lua_Debug ar;
    if (!lua_getstack(L, 1, &ar) || !lua_getinfo(L, "S", &ar))
        return gs_raise(L, err);
    size_t length = strlen(ar.short_src);
    if (strncmp(err->text, ar.short_src, length) != 0 || err->text[length] != ':')
        return gs_raise(L, err);
    lua_pushfstring(L, "%s", err->text);
    return lua_error(L);
}

static int interpreter_call(lua_State *L)
{
    struct sub *sub = check_sub(L);
    struct call call = {.err = {.text = ""}};
    luaL_checktype(L, 2, LUA_TFUNCTION);
    struct gs_interp *interp = begin_call(sub);
    if (!interp)
        return luaL_error(L, "InterpreterError: %s is closed", sub->name);
    bool done = cross(&call, L, interp, lua_gettop(L) - 1);
    end_call(sub);
    int results = done ? lua_gettop(call.between) : 0;
    if (done) {
        lua_settop(L, 1);
        call.bytes = 0;
        done = hop(&call, call.between, L, results, NULL);
        gs_charge_times(GS_COST_byte, call.bytes);
    }
    if (call.between)
        gs_interp_close_global_state(call.between);
    return done ? results : raise(L, &call.err);
}

/* Takes the interpreter out if nobody runs in it. */
static struct gs_interp *take_out(struct sub *sub, bool *busy)
{
    gs_monitor_enter(&sub->monitor);
    struct gs_interp *interp = sub->interp;
    *busy = interp && (sub->calls > 0 || atomic_load(&interp->threads) > 0);
    if (!*busy)
        sub->interp = NULL;
    gs_monitor_leave(&sub->monitor);
    return *busy ? NULL : interp;
}

static void end(struct gs_interp *interp)
{
    gs_ring_put(gs_runner_of(gs_self)->ring, gs_now(), interp->id, GS_EVENT_DIED, 0, 0, 0);
    gs_interp_free(interp);
}

static int interpreter_close(lua_State *L)
{
    struct sub *sub = check_sub(L);
    bool busy;
    gs_call_begin();
    struct gs_interp *interp = take_out(sub, &busy);
    if (busy)
        return luaL_error(L, "InterpreterError: %s is running", sub->name);
    if (interp)
        end(interp);
    return 0;
}

/* Its last handle is gone; an interpreter that was not closed stays until the run ends, like one
 * whose threads are still running. */
static int collect(lua_State *L)
{
    struct sub **handle = lua_touserdata(L, 1), *sub = *handle;
    *handle = NULL;
    if (!sub || atomic_fetch_sub(&sub->handles, 1) != 1)
        return 0;
    gs_monitor_destroy(&sub->monitor);
    free(sub);
    return 0;
}

static int to_string(lua_State *L)
{
    lua_pushfstring(L, "<Interpreter %s>", check_sub(L)->name);
    return 1;
}

static int create_queue(lua_State *L)
{
    return gs_queue_create_shared(L);
}

/* Upvalue: the methods. */
static int read_field(lua_State *L)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    return luaL_error(L, "AttributeError: 'Interpreter' object has no attribute '%s'",
                      gs_push_text(L, 2));
}

static void register_class(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"call", interpreter_call}, {"close", interpreter_close}, {NULL, NULL}};
    static const luaL_Reg meta[] = {{"__gc", collect}, {"__tostring", to_string}, {NULL, NULL}};
    luaL_newmetatable(L, class);
    luaL_setfuncs(L, meta, 0);
    luaL_newlib(L, methods);
    lua_pushcclosure(L, read_field, 1);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, class);
    lua_setfield(L, -2, "__metatable");
    gs_carry_allow(L, -1, carry_handle);
    lua_pop(L, 1);
}

int gs_interpreters_module_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"create", create}, {"create_queue", create_queue}, {NULL, NULL}};
    register_class(L);
    luaL_newlib(L, functions);
    return 1;
}
