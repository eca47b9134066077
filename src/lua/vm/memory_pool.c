#include "lua/vm/memory_pool.h"

#include "lua/vm/memory_arena.h"

#include <stdalign.h>
#include <stdbool.h>

/* Few enough for a thousand threads with a state each. */
enum { ARENA_PAGES = GS_ARENA_BYTES / GS_POOL_PAGE };

_Static_assert(GS_ARENA_ALIGNMENT % GS_POOL_PAGE == 0, "a block's page is found by its address");

_Static_assert(GS_POOL_STEP % alignof(max_align_t) == 0, "blocks are aligned like malloc's");
_Static_assert(sizeof(struct gs_pool_page) % GS_POOL_STEP == 0, "so is the first one");

static struct gs_pool_page *nth(struct gs_pool_page *arena, size_t n)
{
    return (struct gs_pool_page *)((char *)arena + n * GS_POOL_PAGE);
}

static bool add_arena(struct gs_pool *pool)
{
    struct gs_pool_page *arena = gs_arena_take(pool->in_order);
    if (!arena)
        return false;
    arena->next_arena = pool->arenas;
    pool->arenas = arena;
    /* The last one first: so they are taken in the order in which they lie. */
    for (size_t n = ARENA_PAGES; n-- > 0;) {
        nth(arena, n)->next = pool->unused;
        pool->unused = nth(arena, n);
    }
    return true;
}

static void cut(struct gs_pool_page *page, uint32_t step)
{
    size_t size = (step + 1) * GS_POOL_STEP;
    char *first = (char *)page + sizeof *page, *end = (char *)page + GS_POOL_PAGE;
    struct gs_pool_block **link = &page->given_back;
    for (char *at = first; at + size <= end; at += size) {
        *link = (struct gs_pool_block *)at;
        link = &(*link)->next;
    }
    *link = NULL;
    page->step = step;
    page->taken = 0;
}

struct gs_pool_page *gs_pool_open_page(struct gs_pool *pool, uint32_t step)
{
    if (pool->limit && pool->bytes >= pool->limit + GS_POOL_STEPS * GS_POOL_PAGE)
        return NULL;
    if (!pool->unused && !add_arena(pool))
        return NULL;
    struct gs_pool_page *page = pool->unused;
    pool->unused = page->next;
    pool->bytes += GS_POOL_PAGE;
    cut(page, step);
    page->next = page->before = NULL;
    pool->with_room[step] = page;
    return page;
}

void gs_pool_page_has_room(struct gs_pool *pool, struct gs_pool_page *page)
{
    struct gs_pool_page **first = &pool->with_room[page->step];
    page->before = NULL;
    page->next = *first;
    if (*first)
        (*first)->before = page;
    *first = page;
}

/* The only one with room stays, or a block that comes and goes would open a page each time. */
void gs_pool_page_is_unused(struct gs_pool *pool, struct gs_pool_page *page)
{
    if (!page->before && !page->next)
        return;
    if (page->before)
        page->before->next = page->next;
    else
        pool->with_room[page->step] = page->next;
    if (page->next)
        page->next->before = page->before;
    page->next = pool->unused;
    pool->unused = page;
    pool->bytes -= GS_POOL_PAGE;
}

void gs_pool_free(struct gs_pool *pool)
{
    while (pool->arenas) {
        struct gs_pool_page *arena = pool->arenas;
        pool->arenas = arena->next_arena;
        gs_arena_give(arena);
    }
    *pool = (struct gs_pool){.limit = pool->limit, .in_order = pool->in_order};
}
