/* The memory of one Lua global state: counted, limited. At the limit Lua raises its own "not enough
 * memory". Used only by whoever may use the state.
 *
 * While somebody waits for the state's GIL nothing is really freed. A waiter that asks for the GIL
 * arms the hook of the holder's state from its own thread (see checkpoint.h), and that walks the
 * chain of the holder's active calls; the holder may meanwhile leave a function and collect the
 * garbage of it. Blocks let go in such a time are held back until the GIL is dropped: the asking is
 * done under the GIL's monitor, and so is the dropping, so by then nobody can be walking. */
#ifndef GS_RUNTIME_MEMORY_H
#define GS_RUNTIME_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_gil;
struct gs_held_block;

struct gs_memory {
    uint64_t used, peak, limit;
    struct gs_gil *gil; /* whose waiters may walk the state; NULL: nobody does */
    struct gs_held_block *held;
    uint64_t held_bytes;
#ifdef GS_HOSTILE
    uint64_t asked;
    bool collecting; /* the state is complete: Lua can collect when refused */
#endif
};

/* A lua_Alloc; data is the struct gs_memory. */
void *gs_memory_allocate(void *data, void *block, size_t old_size, size_t new_size);

/* Frees what was held back. The caller has entered the GIL's monitor, or nobody else knows of the
 * state any more. */
void gs_memory_let_go(struct gs_memory *memory);

#endif
