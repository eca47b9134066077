/* The small blocks of one Lua global state. Whoever may use the state may use its pool, so the GIL
 * is its lock. With the system's malloc, whose quick way ends where a second thread begins, scenes
 * that make many tables and strings had 0.95 of the speed of stock Lua, with the pool 1.1 and more.
 *
 * As in the allocator that CPython has for small objects (Objects/obmalloc.c): a page has blocks of
 * one size step, and one whose blocks are all given back may get another step's. Pages come from
 * the system in arenas, and go back to it with the whole pool. */
#ifndef GS_LUA_VM_MEMORY_POOL_H
#define GS_LUA_VM_MEMORY_POOL_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In order, the pool has blocks for all that Lua goes by the address of, as keys: the largest is a
 * function of 255 upvalues. */
enum {
    GS_POOL_STEP = 16,
    GS_POOL_LARGEST = 256,
    GS_POOL_LARGEST_IN_ORDER = 2080,
    GS_POOL_STEPS = GS_POOL_LARGEST_IN_ORDER / GS_POOL_STEP,
    GS_POOL_PAGE = 4096
};

struct gs_pool_block {
    struct gs_pool_block *next;
};

/* The head of a page. */
struct gs_pool_page {
    alignas(GS_POOL_STEP) struct gs_pool_page *next, *before; /* of its step, with room */
    struct gs_pool_block *given_back;                         /* NULL: the page is full */
    uint32_t step, taken;
    struct gs_pool_page *next_arena; /* an arena's first page */
};

/* Zeroed: empty, with no limit. */
struct gs_pool {
    struct gs_pool_page *with_room[GS_POOL_STEPS];
    struct gs_pool_page *unused, *arenas;
    uint64_t bytes; /* of the pages that have blocks */
    uint64_t limit; /* of bytes, but for one page a step; 0: none */
    bool in_order;  /* pages lie where they lay in every run: see memory_arena.h */
};

static inline bool gs_pool_has(const struct gs_pool *pool, size_t size)
{
    return size <= (size_t)(pool->in_order ? GS_POOL_LARGEST_IN_ORDER : GS_POOL_LARGEST);
}

/* Of a size that the pool has and not 0, aligned like malloc's. NULL: no memory, or the limit is
 * reached. */
static inline void *gs_pool_take(struct gs_pool *pool, size_t size);

/* Overwrites the block's first bytes with a link and leaves the others until it is taken again. */
static inline void gs_pool_give(struct gs_pool *pool, void *taken);

/* Frees everything, taken or not. The pool is empty then, its limit as before. */
void gs_pool_free(struct gs_pool *pool);

/* For the two above: a page with room for that step, the first of its list (NULL: none to be had),
 * and what becomes of a page that gets its first free block or its last. */
struct gs_pool_page *gs_pool_open_page(struct gs_pool *pool, uint32_t step);
void gs_pool_page_has_room(struct gs_pool *pool, struct gs_pool_page *page);
void gs_pool_page_is_unused(struct gs_pool *pool, struct gs_pool_page *page);

static inline void *gs_pool_take(struct gs_pool *pool, size_t size)
{
    uint32_t step = (uint32_t)((size - 1) / GS_POOL_STEP);
    struct gs_pool_page *page = pool->with_room[step];
    if (!page && !(page = gs_pool_open_page(pool, step)))
        return NULL;
    struct gs_pool_block *block = page->given_back;
    page->given_back = block->next;
    page->taken++;
    /* A full page is in no list. */
    if (!page->given_back && (pool->with_room[step] = page->next))
        page->next->before = NULL;
    return block;
}

static inline void gs_pool_give(struct gs_pool *pool, void *taken)
{
    struct gs_pool_block *block = taken;
    struct gs_pool_page *page =
        (struct gs_pool_page *)((uintptr_t)taken & -(uintptr_t)GS_POOL_PAGE);
    if (!page->given_back)
        gs_pool_page_has_room(pool, page);
    block->next = page->given_back;
    page->given_back = block;
    if (--page->taken == 0)
        gs_pool_page_is_unused(pool, page);
}

#endif
