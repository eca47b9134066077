#include "python/sync/handed.h"

#include <stdlib.h>

struct entry {
    const gs_py *future;
    gs_py *weak; /* … as long as this refers to it: another one may lie there later */
    struct gs_handed handed;
    struct entry *next;
};

/* In a weak reference: what it refers to, or None. See struct _PyWeakReference. */
enum { WEAK_OBJECT = 16 };

static struct entry **buckets;
static size_t bucket_count, entry_count;

static struct entry **bucket(const gs_py *future)
{
    uint64_t hash = ((uintptr_t)future >> 4) * 0x9e3779b97f4a7c15u;
    return &buckets[hash >> 32 & (bucket_count - 1)];
}

static bool is_there(const struct entry *entry)
{
    return gs_pointer_at(entry->weak, WEAK_OBJECT) == entry->future;
}

static void free_entry(struct entry *entry)
{
    gs_cpython.drop(entry->weak);
    free(entry);
    entry_count--;
}

/* Takes all out whose futures are gone. Gives the others, in a list. */
static struct entry *take_out(void)
{
    struct entry *all = NULL;
    for (size_t i = 0; i < bucket_count; i++) {
        for (struct entry *entry = buckets[i], *next; entry; entry = next) {
            next = entry->next;
            if (!is_there(entry)) {
                free_entry(entry);
                continue;
            }
            entry->next = all;
            all = entry;
        }
    }
    return all;
}

/* Nothing tells of a future that it is gone, which would cost each of them something: whoever finds
 * the table full looks. Half of it is free then. */
static void make_room(void)
{
    struct entry *all = take_out();
    free(buckets);
    bucket_count = bucket_count ? bucket_count : 64;
    while (entry_count > bucket_count / 2)
        bucket_count *= 2;
    buckets = calloc(bucket_count, sizeof *buckets);
    if (!buckets)
        abort();
    for (struct entry *next; all; all = next) {
        struct entry **first = bucket(all->future);
        next = all->next;
        all->next = *first;
        *first = all;
    }
}

/* NULL: there is none. */
static struct entry **place_of(const gs_py *future)
{
    struct entry **place = bucket_count ? bucket(future) : NULL;
    while (place && *place && (*place)->future != future)
        place = &(*place)->next;
    return place && *place ? place : NULL;
}

static void drop(struct entry **place)
{
    struct entry *gone = *place;
    *place = gone->next;
    free_entry(gone);
}

void gs_handed_note(gs_py *future, struct gs_handed handed)
{
    struct entry **place = place_of(future);
    if (place)
        drop(place);
    gs_py *weak = gs_cpython.new_weak(future, NULL);
    gs_cpython.clear_error();
    if (!weak)
        return;
    if (entry_count >= bucket_count)
        make_room();
    struct entry *entry = malloc(sizeof *entry);
    if (!entry)
        abort();
    struct entry **first = bucket(future);
    *entry = (struct entry){.future = future, .weak = weak, .handed = handed, .next = *first};
    *first = entry;
    entry_count++;
}

struct gs_handed *gs_handed_find(const gs_py *future)
{
    struct entry **place = place_of(future);
    return place && is_there(*place) ? &(*place)->handed : NULL;
}

struct gs_handed *gs_handed_done(const gs_py *future)
{
    struct gs_handed *handed = entry_count ? gs_handed_find(future) : NULL;
    return handed && handed->by ? handed : NULL;
}

bool gs_handed_any(void)
{
    return entry_count > 0;
}

void gs_handed_move(const gs_py *future, gs_py *other)
{
    struct entry **place = place_of(future);
    if (!place || !is_there(*place))
        return;
    struct gs_handed handed = (*place)->handed;
    drop(place);
    gs_handed_note(other, handed);
}

void gs_handed_over(const gs_py *future)
{
    struct entry **place = place_of(future);
    if (place && !(*place)->handed.by)
        drop(place);
}

/* What is not written is not copied: it stays where it is. */
void gs_handed_forget(void)
{
    buckets = NULL;
    bucket_count = entry_count = 0;
}
