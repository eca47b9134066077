#include "lua/vm/memory.h"

#include "lua/vm/guest.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What looks for mistakes has every block from malloc, where the use of a freed one is found. */
static bool is_small(const struct gs_memory *memory, size_t size)
{
#ifdef GS_EVERY_BLOCK_FROM_MALLOC
    (void)memory;
    (void)size;
    return false;
#else
    return gs_pool_has(&memory->pool, size);
#endif
}

static void *take(struct gs_memory *memory, size_t size)
{
    return is_small(memory, size) ? gs_pool_take(&memory->pool, size) : malloc(size);
}

static void give(struct gs_memory *memory, void *block, size_t size)
{
    if (is_small(memory, size))
        gs_pool_give(&memory->pool, block);
    else
        free(block);
}

/* Lua counts on it that a block can shrink. */
static void *take_smaller(struct gs_memory *memory, size_t size)
{
    uint64_t limit = memory->pool.limit;
    memory->pool.limit = 0;
    void *block = take(memory, size);
    memory->pool.limit = limit;
    return block;
}

static void *resize(struct gs_memory *memory, void *block, size_t old_size, size_t new_size)
{
    if (!is_small(memory, old_size) && !is_small(memory, new_size))
        return realloc(block, new_size);
    bool shrinks = new_size < old_size;
    void *moved = shrinks ? take_smaller(memory, new_size) : take(memory, new_size);
    if (!moved)
        return NULL;
    memcpy(moved, block, shrinks ? new_size : old_size);
    give(memory, block, old_size);
    return moved;
}

/* The link overlies the first bytes of the block. Whoever walks over it reads its later ones: Lua's
 * CallInfo begins with its stack slot, which lua_sethook does not look at. */
struct gs_held_block {
    struct gs_held_block *next;
};

static void let_go_of(struct gs_memory *memory, struct gs_held_block **held, size_t size)
{
    while (*held) {
        struct gs_held_block *block = *held;
        *held = block->next;
        give(memory, block, size);
    }
}

void gs_memory_let_go(struct gs_memory *memory)
{
    let_go_of(memory, &memory->held_calls, memory->call_size);
    let_go_of(memory, &memory->held_coroutines, memory->coroutine_size);
    memory->held_bytes = 0;
}

enum { STEP = 64 << 10, MOST_SPARE = 4 * STEP };

/* What all states of the run have been granted together; has one ever been refused? */
static _Atomic uint64_t granted;
static _Atomic bool limit_reached;

static bool take_share(struct gs_memory *memory, uint64_t bytes)
{
    if (atomic_fetch_add(&granted, bytes) + bytes > gs_lua.memory_limit) {
        atomic_fetch_sub(&granted, bytes);
        return false;
    }
    memory->granted += bytes;
    return true;
}

/* To the last byte, where a whole step more is not there. */
static bool may_use(struct gs_memory *memory, uint64_t used)
{
    if (used <= memory->granted)
        return true;
    uint64_t missing = used - memory->granted;
    if (take_share(memory, (missing + STEP - 1) / STEP * STEP) || take_share(memory, missing))
        return true;
    limit_reached = true;
    return false;
}

/* Others may need what this state does not any more. */
static void give_spare_back(struct gs_memory *memory, uint64_t most_spare)
{
    uint64_t spare = memory->granted - memory->used;
    if (spare <= most_spare)
        return;
    memory->granted -= spare - most_spare / 2;
    atomic_fetch_sub(&granted, spare - most_spare / 2);
}

void gs_memory_tell_limit(char *buffer, size_t size)
{
    snprintf(buffer, size, ": the run has used up its %.4g MiB",
             (double)gs_lua.memory_limit / (1 << 20));
}

bool gs_memory_limit_reached(void)
{
    return limit_reached;
}

void gs_memory_explain(char *buffer, size_t size)
{
    *buffer = '\0';
    if (limit_reached)
        gs_memory_tell_limit(buffer, size);
}

void gs_memory_close(struct gs_memory *memory)
{
    gs_memory_let_go(memory);
    gs_pool_free(&memory->pool);
    give_spare_back(memory, 0);
}

static void hold_back(struct gs_memory *memory, void *block, size_t size)
{
    enum { MOST_HELD = 16 << 20 };
    struct gs_held_block *held = block;
    struct gs_held_block **list =
        size == memory->call_size ? &memory->held_calls : &memory->held_coroutines;
    held->next = *list;
    *list = held;
    memory->held_bytes += size;
    if (memory->held_bytes < MOST_HELD)
        return;
    gs_monitor_enter(memory->monitor);
    gs_memory_let_go(memory);
    gs_monitor_leave(memory->monitor);
}

static void let_go(struct gs_memory *memory, void *block, size_t size)
{
    bool walked_over = size == memory->call_size || size == memory->coroutine_size;
    if (walked_over && memory->wanters &&
        atomic_load_explicit(memory->wanters, memory_order_acquire) > 0)
        hold_back(memory, block, size);
    else
        give(memory, block, size);
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
 * reports it finds the line here. What grows may be the stack, where the line would be looked for:
 * since Lua 5.4.5 nothing on it can be read meanwhile. */
static void *no_memory(bool grows)
{
    if (!gs_self)
        return NULL;
    gs_self->line = 0;
    if (!grows)
        gs_actor_note_line();
    return NULL;
}

void *gs_memory_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    struct gs_memory *memory = data;
    /* Without a block, Lua passes the kind of object as the old size. */
    size_t old = block ? old_size : 0;
    if (new_size == 0) {
        memory->used -= old;
        if (block)
            let_go(memory, block, old);
        give_spare_back(memory, MOST_SPARE);
        return NULL;
    }
    uint64_t used = memory->used - old + new_size;
    if (new_size > old && (refused(memory) || !may_use(memory, used)))
        return no_memory(block != NULL);
    void *moved = block ? resize(memory, block, old, new_size) : take(memory, new_size);
    if (!moved)
        return no_memory(block != NULL);
    memory->used = used;
    return moved;
}

static void *allocate_and_learn(void *data, void *block, size_t old_size, size_t new_size)
{
    struct gs_memory *memory = data;
    if (!block && old_size == LUA_TTHREAD)
        memory->coroutine_size = new_size;
    else if (!block && new_size && !memory->call_size)
        memory->call_size = new_size;
    return gs_memory_allocate(data, block, old_size, new_size);
}

static int make_coroutine(lua_State *L)
{
    lua_newthread(L);
    return 0;
}

bool gs_memory_learn(struct gs_memory *memory, lua_State *L)
{
    lua_setallocf(L, allocate_and_learn, memory);
    /* A state has the record of one call in itself, and the first call ever made in it allocates
     * the second, before anything else. */
    lua_pushcfunction(L, make_coroutine);
    bool learnt = lua_pcall(L, 0, 0, 0) == LUA_OK;
    lua_setallocf(L, gs_memory_allocate, memory);
    return learnt;
}
