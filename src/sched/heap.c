#include "sched/heap.h"

static bool before(const struct gs_heap_entry *x, const struct gs_heap_entry *y)
{
    return x->time != y->time ? x->time < y->time : x->order < y->order;
}

static void settle(struct gs_heap *heap, uint32_t at, struct gs_heap_entry entry)
{
    heap->entries[at] = entry;
    heap->place[entry.slot] = at + 1;
}

static void sift_up(struct gs_heap *heap, uint32_t at, struct gs_heap_entry entry)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / 2;
        if (!before(&entry, &heap->entries[parent]))
            break;
        settle(heap, at, heap->entries[parent]);
        at = parent;
    }
    settle(heap, at, entry);
}

static void sift_down(struct gs_heap *heap, uint32_t at, struct gs_heap_entry entry)
{
    const struct gs_heap_entry *entries = heap->entries;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= heap->count)
            break;
        if (child + 1 < heap->count && before(&entries[child + 1], &entries[child]))
            child++;
        if (!before(&entries[child], &entry))
            break;
        settle(heap, at, entries[child]);
        at = child;
    }
    settle(heap, at, entry);
}

/* Puts the entry at a place whose own is gone. */
static void refill(struct gs_heap *heap, uint32_t at, struct gs_heap_entry entry)
{
    if (at > 0 && before(&entry, &heap->entries[(at - 1) / 2]))
        sift_up(heap, at, entry);
    else
        sift_down(heap, at, entry);
}

void gs_heap_set(struct gs_heap *heap, struct gs_heap_entry entry)
{
    uint32_t place = heap->place[entry.slot];
    if (place)
        refill(heap, place - 1, entry);
    else
        sift_up(heap, heap->count++, entry);
}

void gs_heap_remove(struct gs_heap *heap, uint32_t slot)
{
    uint32_t place = heap->place[slot];
    if (!place)
        return;
    heap->place[slot] = 0;
    struct gs_heap_entry last = heap->entries[--heap->count];
    if (place - 1 < heap->count)
        refill(heap, place - 1, last);
}

const struct gs_heap_entry *gs_heap_first_but(const struct gs_heap *heap, uint32_t slot)
{
    const struct gs_heap_entry *entries = heap->entries;
    if (heap->count == 0 || entries[0].slot != slot)
        return gs_heap_first(heap);
    if (heap->count == 1)
        return NULL;
    return heap->count > 2 && before(&entries[2], &entries[1]) ? &entries[2] : &entries[1];
}
