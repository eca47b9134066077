#include "runtime/memory.h"

#include <stdlib.h>

void *gs_memory_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    struct gs_memory *memory = data;
    /* Without a block, Lua passes the kind of object as the old size. */
    size_t old = block ? old_size : 0;
    if (new_size == 0) {
        free(block);
        memory->used -= old;
        return NULL;
    }
    if (new_size > old && memory->used - old + new_size > memory->limit)
        return NULL;
    void *moved = realloc(block, new_size);
    if (!moved)
        return NULL;
    memory->used += new_size - old;
    if (memory->used > memory->peak)
        memory->peak = memory->used;
    return moved;
}
