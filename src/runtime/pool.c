#include "runtime/pool.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>

/* Small enough for a thousand threads with a state each. */
enum { CHUNK_BYTES = 16 << 10 };

struct gs_pool_chunk {
    alignas(GS_POOL_STEP) struct gs_pool_chunk *next;
    alignas(GS_POOL_STEP) char blocks[CHUNK_BYTES - GS_POOL_STEP];
};

_Static_assert(GS_POOL_STEP % alignof(max_align_t) == 0, "blocks are aligned like malloc's");

static bool add_chunk(struct gs_pool *pool)
{
    if (pool->limit && pool->bytes >= pool->limit)
        return false;
    struct gs_pool_chunk *chunk = malloc(sizeof *chunk);
    if (!chunk)
        return false;
    if (pool->rest_bytes)
        gs_pool_give(pool, pool->rest, pool->rest_bytes);
    chunk->next = pool->chunks;
    pool->chunks = chunk;
    pool->rest = chunk->blocks;
    pool->rest_bytes = sizeof chunk->blocks;
    pool->bytes += sizeof *chunk;
    return true;
}

void *gs_pool_cut(struct gs_pool *pool, size_t size)
{
    size_t whole = (gs_pool_step(size) + 1) * GS_POOL_STEP;
    if (pool->rest_bytes < whole && !add_chunk(pool))
        return NULL;
    void *block = pool->rest;
    pool->rest += whole;
    pool->rest_bytes -= whole;
    return block;
}

void gs_pool_free(struct gs_pool *pool)
{
    while (pool->chunks) {
        struct gs_pool_chunk *chunk = pool->chunks;
        pool->chunks = chunk->next;
        free(chunk);
    }
    *pool = (struct gs_pool){.limit = pool->limit};
}
