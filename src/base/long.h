/* Growing arrays that may become longer than memory is large: `GS_LONG(struct gs_span) spans =
 * {0};`. To whoever reads and writes them they are as GS_VEC: items[0 .. count) lie in a row, and
 * an append may move them.
 *
 * A short one is memory like any other. A long one has a stretch of addresses of its own. Once the
 * process has more memory than gs_long_allow said, the beginnings of the longest arrays are written
 * into a file without a name (scratch.h) and mapped from there, at the addresses that they had: the
 * system reads back what is looked at, and a thread of this file's lets go of it again before the
 * process gets too large; where that one comes late a signal (VTALRM) has whoever reads do it.
 * Nobody else has to know.
 *
 * Arrays are one thread's each; all together, of one thread that appends. A process that is forked
 * has them as they are at that moment, to be read, and may have others of its own. */
#ifndef GS_BASE_LONG_H
#define GS_BASE_LONG_H

#include "base/sorted.h"

struct gs_stretch;

/* What a GS_VEC calls room is ready here, so that no macro of that one takes this one's memory for
 * the heap's. */
#define GS_LONG(type)                                                                              \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, ready;                                                                       \
        struct gs_stretch *stretch; /* NULL: it is short */                                        \
    }

enum { GS_LONG_ALLOWED = 512 << 20 };

/* How many bytes of memory the process may have in all; GS_LONG_ALLOWED unless it is said. What is
 * no array counts and stays; so does the end of each array, some kilobytes. */
void gs_long_allow(uint64_t bytes);
uint64_t gs_long_allowed(void);

/* Bytes of arrays that are in the file now. */
uint64_t gs_long_written(void);

/* The process has more memory than it may, the arrays have much of it, and no disk takes them: none
 * can be written, or it is full. Who can do without some of the items drops them (gs_long_drop). */
bool gs_long_is_crowded(void);

/* Makes room for at least one more item behind count. Returns where the items are now. */
void *gs_long_grow(void *items, size_t *room, struct gs_stretch **stretch, size_t count,
                   size_t item_size);
void gs_long_release(void *items, struct gs_stretch *stretch);
void *gs_long_cut(void *items, size_t *room, struct gs_stretch *stretch, size_t count, size_t n,
                  size_t item_size);

#define gs_long_reserve(vec)                                                                       \
    ((vec)->count < (vec)->ready                                                                   \
         ? (void)0                                                                                 \
         : (void)((vec)->items = gs_long_grow((vec)->items, &(vec)->ready, &(vec)->stretch,        \
                                              (vec)->count, sizeof *(vec)->items)))

/* The first n items are no more: what was item n is item 0. Their memory, or disk, is free again.
 */
#define gs_long_drop(vec, n)                                                                       \
    ((void)((vec)->items = gs_long_cut((vec)->items, &(vec)->ready, (vec)->stretch, (vec)->count,  \
                                       (n), sizeof *(vec)->items),                                 \
            (vec)->count -= (n)))

/* Has the cache get what lies some lines behind the next item. A timeline appends to dozens of
 * arrays in turn, more than a processor sees ahead by itself: each item waited for its line. */
enum { GS_LONG_FETCHED = 256 };
#define gs_long_fetch(vec)                                                                         \
    __builtin_prefetch((const char *)&(vec)->items[(vec)->count] + GS_LONG_FETCHED, 1)

/* As those of GS_VEC, and of vectors in order. */
#define gs_long_add(vec) (gs_long_reserve(vec), gs_long_fetch(vec), &(vec)->items[(vec)->count++])

#define gs_long_push(vec, value) ((void)(*gs_long_add(vec) = (value)))
#define gs_long_free(vec)                                                                          \
    (gs_long_release((vec)->items, (vec)->stretch), (vec)->items = NULL, (vec)->stretch = NULL,    \
     (vec)->count = (vec)->ready = 0)
#define gs_long_sorted_add(vec, field, value)                                                      \
    (gs_long_reserve(vec), gs_long_fetch(vec),                                                     \
     &(vec)->items[gs_sorted_open(                                                                 \
         (vec)->items, &(vec)->count, sizeof *(vec)->items,                                        \
         gs_sorted_place(gs_sorted_items(vec, field), (vec)->count, (value)))])

#endif
