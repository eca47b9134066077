#include "sched/heap.h"

#include "sched/actor.h"

static long *place_of(const struct gs_heap *heap, struct gs_actor *actor)
{
    return (long *)((char *)actor + heap->place);
}

bool gs_heap_before(const struct gs_heap_entry *x, const struct gs_heap_entry *y)
{
    return x->time != y->time ? x->time < y->time : x->actor->id < y->actor->id;
}

static void settle(struct gs_heap *heap, size_t at, struct gs_heap_entry entry)
{
    heap->entries.items[at] = entry;
    *place_of(heap, entry.actor) = (long)at;
}

static void sift_up(struct gs_heap *heap, size_t at, struct gs_heap_entry entry)
{
    while (at > 0) {
        size_t parent = (at - 1) / 2;
        if (!gs_heap_before(&entry, &heap->entries.items[parent]))
            break;
        settle(heap, at, heap->entries.items[parent]);
        at = parent;
    }
    settle(heap, at, entry);
}

static void sift_down(struct gs_heap *heap, size_t at, struct gs_heap_entry entry)
{
    struct gs_heap_entry *items = heap->entries.items;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= heap->entries.count)
            break;
        if (child + 1 < heap->entries.count && gs_heap_before(&items[child + 1], &items[child]))
            child++;
        if (!gs_heap_before(&items[child], &entry))
            break;
        settle(heap, at, items[child]);
        at = child;
    }
    settle(heap, at, entry);
}

void gs_heap_set(struct gs_heap *heap, struct gs_actor *actor, uint64_t time)
{
    struct gs_heap_entry entry = {.time = time, .actor = actor};
    long at = *place_of(heap, actor);
    if (at < 0) {
        gs_vec_push(&heap->entries, entry);
        sift_up(heap, heap->entries.count - 1, entry);
    } else if (gs_heap_before(&entry, &heap->entries.items[at])) {
        sift_up(heap, (size_t)at, entry);
    } else {
        sift_down(heap, (size_t)at, entry);
    }
}

void gs_heap_remove(struct gs_heap *heap, struct gs_actor *actor)
{
    long at = *place_of(heap, actor);
    if (at < 0)
        return;
    *place_of(heap, actor) = -1;
    struct gs_heap_entry last = heap->entries.items[--heap->entries.count];
    if ((size_t)at == heap->entries.count)
        return;
    size_t parent = ((size_t)at - 1) / 2;
    if (at > 0 && gs_heap_before(&last, &heap->entries.items[parent]))
        sift_up(heap, (size_t)at, last);
    else
        sift_down(heap, (size_t)at, last);
}

const struct gs_heap_entry *gs_heap_first_but(const struct gs_heap *heap,
                                              const struct gs_actor *actor)
{
    const struct gs_heap_entry *items = heap->entries.items;
    size_t count = heap->entries.count;
    if (count == 0 || items[0].actor != actor)
        return gs_heap_first(heap);
    if (count == 1)
        return NULL;
    return count > 2 && gs_heap_before(&items[2], &items[1]) ? &items[2] : &items[1];
}
