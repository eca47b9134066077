#include "python/sync/spares.h"

#include "python/front/guards.h"

#include <stdlib.h>

/* Nobody has it. Two threads at two locks do not write to one line of the cache. */
union spare {
    _Alignas(GS_CACHE_LINE) struct gs_watched_lock lock;
    union spare *next;
};

enum { PAGE = 4096 };

/* Used last, used first: that page has been copied already. */
static union spare *first;

#ifdef GS_EVERY_BLOCK_FROM_MALLOC
enum { AT_ONCE = 1 }; /* what is freed goes back */
#else
enum { AT_ONCE = PAGE / sizeof(union spare) };
#endif

static void add(void)
{
    union spare *some = aligned_alloc(AT_ONCE == 1 ? GS_CACHE_LINE : PAGE, AT_ONCE * sizeof *some);
    for (size_t i = 0; some && i < AT_ONCE; i++) {
        some[i].next = first;
        first = &some[i];
    }
}

struct gs_watched_lock *gs_lock_new(void)
{
    gs_guard_lock(GS_GUARD_LOCKS);
    if (!first)
        add();
    union spare *taken = first;
    if (taken)
        first = taken->next;
    gs_guard_unlock(GS_GUARD_LOCKS);
    if (!taken)
        return NULL;
    taken->lock = (struct gs_watched_lock){0};
    return &taken->lock;
}

void gs_lock_free(struct gs_watched_lock *lock)
{
    union spare *spare = (union spare *)(void *)lock;
    if (!lock || AT_ONCE == 1) {
        free(lock);
        return;
    }
    gs_guard_lock(GS_GUARD_LOCKS);
    spare->next = first;
    first = spare;
    gs_guard_unlock(GS_GUARD_LOCKS);
}
