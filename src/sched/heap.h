/* A heap of actors by time, earliest first; equal times by actor id, so that the order is the same
 * in every run. An actor knows its place in the heap, so it can be moved and removed. */
#ifndef GS_SCHED_HEAP_H
#define GS_SCHED_HEAP_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct gs_actor;

struct gs_heap_entry {
    uint64_t time;
    struct gs_actor *actor;
};

struct gs_heap {
    GS_VEC(struct gs_heap_entry) entries;
    size_t place; /* offset in struct gs_actor of the long that holds its place, -1 when outside */
};

void gs_heap_set(struct gs_heap *heap, struct gs_actor *actor, uint64_t time); /* adds or moves */
void gs_heap_remove(struct gs_heap *heap, struct gs_actor *actor); /* harmless if not inside */

/* The earliest; NULL when empty. */
static inline const struct gs_heap_entry *gs_heap_first(const struct gs_heap *heap)
{
    return heap->entries.count ? &heap->entries.items[0] : NULL;
}

/* The earliest of all but one; NULL if there is none. */
const struct gs_heap_entry *gs_heap_first_but(const struct gs_heap *heap,
                                              const struct gs_actor *actor);

bool gs_heap_before(const struct gs_heap_entry *x, const struct gs_heap_entry *y);

#endif
