/* The small blocks of one Lua global state, in free lists by size, cut from larger chunks. Whoever
 * may use the state may use its pool, so the GIL is its lock, as it is for the allocator that
 * CPython has for small objects (Objects/obmalloc.c). The system's malloc is as fast only while a
 * process has one thread: it cost a scene 2 % of the speed that stock Lua has.
 *
 * A block does not know its size: who gives it back says it. What was given back serves blocks of
 * the same size step, and goes back to the system with the whole pool. */
#ifndef GS_RUNTIME_POOL_H
#define GS_RUNTIME_POOL_H

#include <stddef.h>
#include <stdint.h>

enum { GS_POOL_STEP = 16, GS_POOL_LARGEST = 256 };

struct gs_pool_block {
    struct gs_pool_block *next;
};

struct gs_pool_chunk;

/* Zeroed: empty, with no limit. */
struct gs_pool {
    struct gs_pool_block *given_back[GS_POOL_LARGEST / GS_POOL_STEP];
    struct gs_pool_chunk *chunks;
    char *rest; /* of the newest chunk */
    size_t rest_bytes;
    uint64_t bytes; /* of all chunks */
    uint64_t limit; /* of bytes, more or less; 0: none */
};

static inline size_t gs_pool_step(size_t size)
{
    return (size - 1) / GS_POOL_STEP;
}

/* A block for gs_pool_take that is cut from a chunk. */
void *gs_pool_cut(struct gs_pool *pool, size_t size);

/* 1 to GS_POOL_LARGEST bytes, aligned like malloc's. NULL: no memory, or the limit is reached. */
static inline void *gs_pool_take(struct gs_pool *pool, size_t size)
{
    struct gs_pool_block **list = &pool->given_back[gs_pool_step(size)], *block = *list;
    if (!block)
        return gs_pool_cut(pool, size);
    *list = block->next;
    return block;
}

/* Overwrites the block's first bytes with a link and leaves the others. */
static inline void gs_pool_give(struct gs_pool *pool, void *taken, size_t size)
{
    struct gs_pool_block **list = &pool->given_back[gs_pool_step(size)], *block = taken;
    block->next = *list;
    *list = block;
}

/* Frees everything, taken or not. The pool is empty then. */
void gs_pool_free(struct gs_pool *pool);

#endif
