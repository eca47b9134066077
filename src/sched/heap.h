/* A heap of slots by time, earliest first; equal times by the order in which their actors were
 * made, so that it is the same in every run. It knows each slot's place, so a slot can be moved and
 * removed. All zero it is empty; it holds no address, so processes can share it. */
#ifndef GS_SCHED_HEAP_H
#define GS_SCHED_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* So many actors can run at a time in a family. */
#define GS_SLOTS 32768

struct gs_heap_entry {
    uint64_t time;
    uint32_t order;
    uint32_t slot; /* from 1 */
};

struct gs_heap {
    uint32_t count;
    uint32_t place[GS_SLOTS + 1]; /* of each slot among the entries, from 1; 0: not inside */
    struct gs_heap_entry entries[GS_SLOTS];
};

/* Adds the entry's slot, or moves it. */
void gs_heap_set(struct gs_heap *heap, struct gs_heap_entry entry);
void gs_heap_remove(struct gs_heap *heap, uint32_t slot); /* harmless if not inside */

static inline bool gs_heap_has(const struct gs_heap *heap, uint32_t slot)
{
    return heap->place[slot] != 0;
}

/* The earliest; NULL when empty. */
static inline const struct gs_heap_entry *gs_heap_first(const struct gs_heap *heap)
{
    return heap->count ? &heap->entries[0] : NULL;
}

/* The earliest of all but one slot; NULL if there is none. */
const struct gs_heap_entry *gs_heap_first_but(const struct gs_heap *heap, uint32_t slot);

#endif
