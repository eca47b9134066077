/* Vectors in the order of a 64-bit field of their items, nearly always a time: where a value stands
 * in one, and how an item comes to its place. Equal ones keep the order in which they came.
 *
 *     size_t past = gs_sorted_until(&lane->spans, start, now);
 *     *gs_sorted_add(&lane->points, event.time, e->time) = point;
 *
 * The work is done by functions in the header: with a constant size and offset they are as quick as
 * ones that are written for a type. */
#ifndef GS_BASE_SORTED_H
#define GS_BASE_SORTED_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* How many items have the field below value; and how many have it below or equal. */
#define gs_sorted_before(vec, field, value)                                                        \
    gs_sorted_search(gs_sorted_items(vec, field), 0, (vec)->count, (value), false)
#define gs_sorted_until(vec, field, value)                                                         \
    gs_sorted_search(gs_sorted_items(vec, field), 0, (vec)->count, (value), true)

/* Makes room behind all items whose field is not above value, and gives the address of the new one;
 * its content is undefined. Quick where that is the end. */
#define gs_sorted_add(vec, field, value)                                                           \
    gs_sorted_insert(vec, gs_sorted_place(gs_sorted_items(vec, field), (vec)->count, (value)))

/* The same at an index that the caller has found; at most the number of items. */
#define gs_sorted_insert(vec, at)                                                                  \
    (gs_vec_reserve(vec),                                                                          \
     &(vec)->items[gs_sorted_open((vec)->items, &(vec)->count, sizeof *(vec)->items, (at))])

/* Where the fields stand: the first one, and how far it is to the next. A field of any other type
 * does not compile. */
struct gs_sorted_items {
    const uint64_t *first;
    size_t size;
};

#define gs_sorted_items(vec, field)                                                                \
    ((struct gs_sorted_items){(vec)->count ? &(vec)->items->field : NULL, sizeof *(vec)->items})

static inline uint64_t gs_sorted_value(struct gs_sorted_items s, size_t i)
{
    return *(const uint64_t *)(const void *)((const char *)s.first + i * s.size);
}

/* The first index in low … high whose value is not below (equal: is above) the one looked for. */
static inline size_t gs_sorted_search(struct gs_sorted_items s, size_t low, size_t high,
                                      uint64_t value, bool equal)
{
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint64_t here = gs_sorted_value(s, middle);
        if (here < value || (equal && here == value))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline size_t gs_sorted_place(struct gs_sorted_items s, size_t count, uint64_t value)
{
    if (!count || gs_sorted_value(s, count - 1) <= value)
        return count;
    return gs_sorted_search(s, 0, count - 1, value, true);
}

/* There is room for one more. Returns at. */
static inline size_t gs_sorted_open(void *items, size_t *count, size_t size, size_t at)
{
    char *place = (char *)items + at * size;
    memmove(place + size, place, ((*count)++ - at) * size);
    return at;
}

#endif
