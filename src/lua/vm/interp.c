#include "lua/vm/interp.h"

#include "lua/library/registry.h"
#include "lua/vm/checkpoint.h"
#include "lua/vm/guest.h"
#include "lua/vm/newstate.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Only reached by an error outside every protected call, which the entry of each thread rules out.
 */
static int on_panic(lua_State *L)
{
    const char *text = lua_tostring(L, -1);
    fprintf(stderr, "gilscope: unprotected error in a scene: %s\n", text ? text : "?");
    return 0;
}

static lua_State *no_state(struct gs_error *err)
{
    gs_error_set(err, "MemoryError: no memory for another interpreter");
    return NULL;
}

lua_State *gs_interp_new_global_state(struct gs_memory *memory, struct gs_error *err)
{
    memory->pool.limit = gs_lua.memory_limit;
    memory->pool.in_order = gs_runtime.virtual_clock;
    lua_State *L = gs_lua_newstate(gs_memory_allocate, memory, (unsigned)gs_runtime.seed);
    if (!L) {
        gs_memory_close(memory);
        return no_state(err);
    }
    lua_atpanic(L, on_panic);
    gs_checkpoint_own(L);
    if (!gs_memory_learn(memory, L)) {
        gs_interp_close_global_state(L);
        return no_state(err);
    }
    if (!gs_lua.open_libraries(L, err)) {
        gs_interp_close_global_state(L);
        return NULL;
    }
#ifdef GS_HOSTILE
    memory->collecting = true;
#endif
    return L;
}

void gs_interp_close_global_state(lua_State *L)
{
    void *memory;
    lua_getallocf(L, &memory);
    lua_close(L);
    gs_memory_close(memory);
}

struct gs_interp *gs_interp_new(const char *name, enum gs_gil_profile profile, struct gs_error *err)
{
    bool has_gil = profile != GS_GIL_OFF;
    struct gs_actor_row row = {.kind = GS_ACTOR_INTERPRETER,
                               .parent = gs_runtime.process,
                               .name =
                                   gs_segment_add_string(gs_runtime.segment, name, strlen(name)),
                               .gil = profile,
                               .interval_ns = has_gil ? gs_runtime.interval_ns : 0};
    struct gs_interp *interp = calloc(1, sizeof *interp);
    if (!interp) {
        gs_error_set(err, "MemoryError: no memory for another interpreter");
        return NULL;
    }
    interp->id = gs_segment_add_actor(gs_runtime.segment, &row);
    if (!interp->id) {
        gs_error_set(err, "RuntimeError: the trace has no room for another interpreter");
        free(interp);
        return NULL;
    }
    interp->profile = profile;
    interp->isolated = !has_gil && !gs_runtime.virtual_clock;
    if (has_gil) {
        gs_gil_init(&interp->gil_own, interp->id, profile, gs_runtime.interval_ns, &interp->memory);
        interp->gil = &interp->gil_own;
        /* On the virtual clock nobody walks over another's calls, and freeing takes no turn. */
        if (!gs_runtime.virtual_clock) {
            interp->memory.monitor = &interp->gil->monitor;
            interp->memory.wanters = &interp->gil->wanters;
        }
    }
    interp->main = gs_interp_new_global_state(&interp->memory, err);
    if (!interp->main) {
        if (has_gil)
            gs_monitor_destroy(&interp->gil_own.monitor);
        free(interp);
        return NULL;
    }
    return interp;
}

void gs_interp_free(struct gs_interp *interp)
{
    interp->memory.wanters = NULL;
    gs_interp_close_global_state(interp->main);
    if (interp->gil)
        gs_monitor_destroy(&interp->gil->monitor);
    free(interp);
}

/* Key of the registry: the address of a state that a thread runs in -> the state. In the registry
 * itself they would be keys among others that have another address in each run, and come and go. */
static const char states_key;

/* A new state, kept alive until let_state_go. Nothing is left on the stack. */
static lua_State *new_kept_state(lua_State *from)
{
    gs_registry_push(from, &states_key, NULL);
    lua_State *L = lua_newthread(from);
    lua_rawsetp(from, -2, L);
    lua_pop(from, 1);
    return L;
}

static void let_state_go(lua_State *state)
{
    lua_settop(state, 0);
    lua_rawgetp(state, LUA_REGISTRYINDEX, &states_key);
    lua_pushnil(state);
    lua_rawsetp(state, -2, state);
    lua_settop(state, 0);
}

lua_State *gs_interp_open_state(struct gs_interp *interp, lua_State *from, struct gs_error *err)
{
    if (!interp->isolated) {
        lua_State *L = new_kept_state(from);
        gs_checkpoint_own(L);
        return L;
    }
    struct gs_memory *memory = calloc(1, sizeof *memory);
    if (!memory) {
        gs_error_set(err, "MemoryError: no memory for another thread");
        return NULL;
    }
    lua_State *L = gs_interp_new_global_state(memory, err);
    if (!L)
        free(memory);
    return L;
}

void gs_interp_close_state(struct gs_interp *interp, lua_State *state)
{
    if (!interp->isolated) {
        let_state_go(state);
        return;
    }
    void *memory;
    bool runs = gs_lua_self()->running == state;
    lua_getallocf(state, &memory);
    gs_interp_close_global_state(state);
    if (runs)
        gs_checkpoint_leave();
    free(memory);
}

void gs_interp_run(struct gs_interp *interp, uint32_t cause)
{
    if (interp->gil) {
        gs_gil_take(interp->gil, cause);
        return;
    }
    gs_actor_enter_state(GS_STATE_RUNNING, 0, cause);
    gs_core();
}

static void become_part(struct gs_interp *interp)
{
    struct gs_lua_actor *self = gs_lua_self();
    if (self->interp && self->interp != interp)
        gs_emit(GS_EVENT_ENTER, 0, interp->id, 0);
    self->interp = interp;
    gs_keep_close(!interp->gil);
}

void gs_interp_enter(struct gs_interp *interp, lua_State *L, uint32_t cause)
{
    become_part(interp);
    gs_interp_run(interp, cause);
    gs_checkpoint_switch(L);
}

/* The lane is in another state than `running` already, or ends with this: see gs_gil_drop. */
static void let_go(enum gs_drop why)
{
    struct gs_gil *gil = gs_lua_self()->interp->gil;
    gs_checkpoint_leave();
    if (gil)
        gs_gil_drop(gil, why);
}

/* Until it has let go of the GIL it runs, or the kernel does not let it. */
void gs_interp_leave(void)
{
    gs_actor_note_line();
    if (!gs_lua_self()->interp->gil)
        gs_actor_enter_state(GS_STATE_NONE, 0, GS_CAUSE_NONE);
    let_go(GS_DROP_EXIT);
}

void gs_interp_hop(struct gs_interp *interp, lua_State *L)
{
    uint64_t since = gs_now();
    gs_actor_enter_state_at(since, GS_STATE_WANTS_GIL, 0, GS_CAUSE_NONE);
    let_go(GS_DROP_BLOCKING);
    become_part(interp);
    if (interp->gil)
        gs_gil_take_next(interp->gil, since);
    else
        gs_interp_run(interp, GS_CAUSE_NONE);
    gs_checkpoint_switch(L);
}

int gs_interp_line(lua_State *L)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "l", &ar);
        if (ar.currentline > 0)
            return ar.currentline;
    }
    return 0;
}
