/* The memory of one Lua global state: counted, small blocks from a pool of its own. All states of
 * the run (interpreters, free-threaded threads, the homes of shared queues) have one limit
 * together, gs_lua.memory_limit, of which each takes its share in steps, so that they seldom meet
 * there. At the limit Lua raises its own "not enough memory". Used only by whoever may use the
 * state.
 *
 * A waiter that asks for the state's GIL arms the hook of the holder's state from its own thread
 * (see checkpoint.h), and that walks the chain of the holder's active calls; the holder may
 * meanwhile leave a function, or a coroutine, and collect the garbage of it. So while somebody
 * waits, calls and coroutines are not really freed: they are held back until the GIL is dropped.
 * The asking is done under the GIL's monitor, and so is the dropping, so by then nobody can be
 * walking. A call and a coroutine are known by their sizes, which gs_memory_learn finds out. */
#ifndef GS_LUA_VM_MEMORY_H
#define GS_LUA_VM_MEMORY_H

#include "lua/vm/memory_pool.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_held_block;
struct gs_monitor;

struct gs_memory {
    uint64_t used;
    uint64_t granted; /* of the run's limit: never less than used */
    /* The GIL's: how many want it, who may walk over the state, and the monitor they do that in.
     * NULL: nobody ever does. */
    const _Atomic uint32_t *wanters;
    struct gs_monitor *monitor;
    struct gs_pool pool;
    struct gs_held_block *held_calls, *held_coroutines;
    uint64_t held_bytes;
    size_t call_size, coroutine_size; /* 0: not known yet */
#ifdef GS_HOSTILE
    uint64_t asked;
    bool collecting; /* the state is complete: Lua can collect when refused */
#endif
};

/* A lua_Alloc; data is the struct gs_memory. */
void *gs_memory_allocate(void *data, void *block, size_t old_size, size_t new_size);

/* Finds out what has to be held back. L is new, made with the allocator above, and has never run
 * anything. False: no memory. */
bool gs_memory_learn(struct gs_memory *memory, lua_State *L);

/* Frees what was held back. The caller may use the state, and has entered the GIL's monitor; or the
 * state is closed. */
void gs_memory_let_go(struct gs_memory *memory);

/* ": the run has used up its 64 MiB" */
enum { GS_MEMORY_WHY = 64 };
void gs_memory_tell_limit(char *buffer, size_t size);

/* Has anybody been refused memory for the run's limit? Else the system had no more to give. */
bool gs_memory_limit_reached(void);

/* Why there was no memory, for whoever reports it: the limit if it was reached, or nothing. */
void gs_memory_explain(char *buffer, size_t size);

/* Gives everything back to the system; the state is closed. */
void gs_memory_close(struct gs_memory *memory);

#endif
