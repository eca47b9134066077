#include "python/sync/handed.h"

#include <stdlib.h>

struct handed {
    const gs_py *future;
    uint64_t item;
    struct handed *next;
};

enum { BUCKETS = 1024 };

static struct handed *buckets[BUCKETS];

static struct handed **place_of(const gs_py *future)
{
    struct handed **place = &buckets[((uintptr_t)future >> 4) * 0x9e3779b97f4a7c15u >> 54];
    while (*place && (*place)->future != future)
        place = &(*place)->next;
    return place;
}

void gs_handed_note(const gs_py *future, uint64_t item)
{
    struct handed **place = place_of(future);
    if (!*place)
        *place = calloc(1, sizeof **place);
    if (!*place)
        abort();
    (*place)->future = future;
    (*place)->item = item;
}

uint64_t *gs_handed_item(const gs_py *future)
{
    struct handed *handed = *place_of(future);
    return handed ? &handed->item : NULL;
}

void gs_handed_over(const gs_py *future)
{
    struct handed **place = place_of(future), *gone = *place;
    if (!gone)
        return;
    *place = gone->next;
    free(gone);
}
