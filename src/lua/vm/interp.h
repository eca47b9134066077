/* An interpreter: one Lua global state with its GIL and its memory. Its main state runs the scene;
 * threads run in lua_newthread states of it. Free-threaded on the real clock, threads cannot share
 * a Lua state at all: there every thread gets a global state of its own (isolated), and what it
 * needs is carried over.
 *
 * This room's files know each other in one circle, and only in one, since a GIL is let go of where
 * its holder runs: checkpoint.c looks whether the GIL is wanted and hands it over, gil.c asks the
 * holder's check points, and interp.c, whose profile they go by, switches them on. The memory below
 * knows none of them. */
#ifndef GS_LUA_VM_INTERP_H
#define GS_LUA_VM_INTERP_H

#include "base/error.h"
#include "lua/vm/gil.h"
#include "lua/vm/memory.h"

#include <lua.h>

struct gs_interp {
    uint32_t id;                 /* actor id */
    enum gs_gil_profile profile; /* what the check points of its threads go by */
    struct gs_gil *gil;          /* NULL: free-threaded */
    struct gs_gil gil_own;
    struct gs_memory memory;
    lua_State *main;
    bool isolated;            /* threads get global states of their own */
    _Atomic uint32_t threads; /* that were started in it and have not left it yet */
};

/* Makes an interpreter with its main state and the scene's libraries. Its GIL follows the profile
 * given, which need not be the runtime's: a scene may set an old interpreter beside a new one. The
 * caller does not hold its GIL yet. */
struct gs_interp *gs_interp_new(const char *name, enum gs_gil_profile profile,
                                struct gs_error *err);
void gs_interp_free(struct gs_interp *interp);

/* A Lua global state with the scene's libraries and the runtime's limit of memory, which is counted
 * in `memory`; nobody's interpreter yet. NULL with err: no memory. Closing runs finalizers and
 * gives the memory's content back, not the struct. */
lua_State *gs_interp_new_global_state(struct gs_memory *memory, struct gs_error *err);
void gs_interp_close_global_state(lua_State *L);

/* A Lua state for a new thread of the interpreter. Shared: a lua_newthread, kept alive in the
 * registry until gs_interp_close_state; isolated: a global state with libraries. The caller holds
 * the GIL. */
lua_State *gs_interp_open_state(struct gs_interp *interp, lua_State *from, struct gs_error *err);
void gs_interp_close_state(struct gs_interp *interp, lua_State *state);

/* The calling actor runs code of interp from here on / never again: takes and drops its GIL, traces
 * ENTER when it is another interpreter than before, installs the profile's check points on L. */
void gs_interp_enter(struct gs_interp *interp, lua_State *L, uint32_t cause);
void gs_interp_leave(void);

/* From the interpreter that the calling actor is in to another, whose GIL it wants from now on. */
void gs_interp_hop(struct gs_interp *interp, lua_State *L);

/* The calling actor, which holds no GIL, is to run code of interp again: takes the GIL and a core;
 * cause is who ended the state it is in. */
void gs_interp_run(struct gs_interp *interp, uint32_t cause);

/* The line of the scene that L is at, 0 if none: the innermost function with line information. */
int gs_interp_line(lua_State *L);

#endif
