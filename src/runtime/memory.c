#include "runtime/memory.h"

#include "runtime/actor.h"
#include "runtime/gil.h"
#include "runtime/interp.h"

#include <stdbool.h>
#include <stdlib.h>

/* The link overlies the first bytes of the block. Whoever walks over it reads its later ones: Lua's
 * CallInfo begins with its stack slot, which lua_sethook does not look at. */
struct gs_held_block {
    struct gs_held_block *next;
};

void gs_memory_let_go(struct gs_memory *memory)
{
    while (memory->held) {
        struct gs_held_block *block = memory->held;
        memory->held = block->next;
        free(block);
    }
    memory->held_bytes = 0;
}

static void hold_back(struct gs_memory *memory, void *block, size_t size)
{
    enum { MOST_HELD = 16 << 20 };
    struct gs_held_block *held = block;
    held->next = memory->held;
    memory->held = held;
    memory->held_bytes += size;
    if (memory->held_bytes < MOST_HELD)
        return;
    gs_monitor_enter(&memory->gil->monitor);
    gs_memory_let_go(memory);
    gs_monitor_leave(&memory->gil->monitor);
}

static void let_go(struct gs_memory *memory, void *block, size_t size)
{
    if (memory->gil && size >= sizeof(struct gs_held_block) &&
        atomic_load_explicit(&memory->gil->wanters, memory_order_acquire) > 0)
        hold_back(memory, block, size);
    else
        free(block);
}

/* The hostile build refuses a block now and then. Lua answers with a full collection, in the middle
 * of whatever it was doing, and asks again; the next one is given. */
static bool refused(struct gs_memory *memory)
{
#ifdef GS_HOSTILE
    enum { EVERY = 101 };
    return memory->collecting && ++memory->asked % EVERY == 0;
#else
    (void)memory;
    return false;
#endif
}

/* Lua raises "not enough memory" without saying where, and calls no message handler: whoever
 * reports it finds the line here. */
static void *no_memory(void)
{
    if (gs_self && gs_self->running)
        gs_self->line = (uint32_t)gs_interp_line(gs_self->running);
    return NULL;
}

void *gs_memory_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    struct gs_memory *memory = data;
    /* Without a block, Lua passes the kind of object as the old size. */
    size_t old = block ? old_size : 0;
    if (new_size == 0) {
        if (block)
            let_go(memory, block, old);
        memory->used -= old;
        return NULL;
    }
    if (new_size > old && (memory->used - old + new_size > memory->limit || refused(memory)))
        return no_memory();
    void *moved = realloc(block, new_size);
    if (!moved)
        return no_memory();
    memory->used += new_size - old;
    if (memory->used > memory->peak)
        memory->peak = memory->used;
    return moved;
}
