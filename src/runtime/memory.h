/* The memory of one Lua global state: counted, limited. At the limit Lua raises its own "not enough
 * memory". Used only by whoever may use the state. */
#ifndef GS_RUNTIME_MEMORY_H
#define GS_RUNTIME_MEMORY_H

#include <stddef.h>
#include <stdint.h>

struct gs_memory {
    uint64_t used, peak, limit;
};

/* A lua_Alloc; data is the struct gs_memory. */
void *gs_memory_allocate(void *data, void *block, size_t old_size, size_t new_size);

#endif
