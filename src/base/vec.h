/* A growing array of any element type: `GS_VEC(struct gs_span) spans = {0};`. The fields are
 * public on purpose: items[0 .. count) may be read and written in place; a push may move them. */
#ifndef GS_BASE_VEC_H
#define GS_BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define GS_VEC(type)                                                                               \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, room;                                                                        \
    }

/* Ends the program when there is no memory: the screen's own tables have no sensible way on. */
void *gs_vec_grow(void *items, size_t *room, size_t need, size_t item_size);

/* Makes room for one more element. */
#define gs_vec_reserve(vec)                                                                        \
    ((vec)->count < (vec)->room                                                                    \
         ? (void)0                                                                                 \
         : (void)((vec)->items = gs_vec_grow((vec)->items, &(vec)->room, (vec)->count + 1,         \
                                             sizeof *(vec)->items)))

/* Appends one element and gives its address; its content is undefined. */
#define gs_vec_add(vec) (gs_vec_reserve(vec), &(vec)->items[(vec)->count++])

#define gs_vec_push(vec, value) ((void)(*gs_vec_add(vec) = (value)))

/* Takes an element out; those behind it move up. */
#define gs_vec_remove(vec, at)                                                                     \
    ((void)memmove(&(vec)->items[at], &(vec)->items[(at) + 1],                                     \
                   (--(vec)->count - (at)) * sizeof *(vec)->items))

#define gs_vec_free(vec) (free((vec)->items), (vec)->items = NULL, (vec)->count = (vec)->room = 0)

#endif
