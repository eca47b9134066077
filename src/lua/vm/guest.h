/* What the guest Lua has beside the scheduler's records: one struct a process, and one an actor.
 * Whatever runs Lua finds its own by gs_lua_self(). */
#ifndef GS_LUA_VM_GUEST_H
#define GS_LUA_VM_GUEST_H

#include "base/error.h"
#include "sched/actor.h"

#include <lua.h>
#include <stddef.h>

struct gs_interp;

/* Set before the first interpreter is made, constant afterwards. */
struct gs_lua {
    uint64_t memory_limit; /* bytes that all its states may use together */
    /* Gives a Lua state the libraries of a scene: the main state and every state a thread or
     * subinterpreter gets of its own. */
    bool (*open_libraries)(lua_State *L, struct gs_error *err);
};

extern struct gs_lua gs_lua;

/* A thread of a scene: an actor that runs Lua. */
struct gs_lua_actor {
    struct gs_runner runner;

    /* The interpreter it runs in, and the coroutine of it that runs now: the one whose hook has to
     * be armed. Changed only by the actor itself; whoever asks for the GIL reads it. */
    struct gs_interp *interp;
    lua_State *_Atomic running;
    lua_State *_Atomic armable; /* the same, or NULL where others may not: see checkpoint.h */
    int hook_line; /* last line seen while a hand-over is due; 0: none in this function yet */
    int ticks;     /* 2.7: instructions since its last check point */
};

static inline struct gs_lua_actor *gs_lua_actor_of(struct gs_actor *actor)
{
    return (struct gs_lua_actor *)((char *)actor - offsetof(struct gs_lua_actor, runner.actor));
}

static inline struct gs_lua_actor *gs_lua_self(void)
{
    return gs_lua_actor_of(gs_self);
}

/* memory_limit 0: the default, 1 GiB. After gs_runtime_init. */
void gs_lua_init(uint64_t memory_limit, bool (*open_libraries)(lua_State *L, struct gs_error *err));

/* A new thread's actor, in the trace's table. NULL with err: no memory, or the table is full. It is
 * never freed: see actor.h. */
struct gs_actor *gs_lua_actor_new(const char *name, uint32_t interpreter, uint32_t flags,
                                  struct gs_error *err);

#endif
