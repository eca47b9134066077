#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

void *gs_vec_grow(void *items, size_t *room, size_t need, size_t item_size)
{
    size_t next = *room ? *room * 2 : 8;
    while (next < need)
        next *= 2;
    void *moved = realloc(items, next * item_size);
    if (!moved) {
        fprintf(stderr, "gilscope: out of memory (%zu bytes asked for)\n", next * item_size);
        abort();
    }
    *room = next;
    return moved;
}
