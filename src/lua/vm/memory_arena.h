/* Where the pools' pages come from, some dozens at a time. On the virtual clock all of them lie in
 * one stretch of address space that begins at a multiple of 4 GiB and is handed out in order: Lua
 * hashes tables, functions and coroutines by the lower half of their addresses, and so finds them
 * in the same order in each run, if they are keys. */
#ifndef GS_LUA_VM_MEMORY_ARENA_H
#define GS_LUA_VM_MEMORY_ARENA_H

#include <stdbool.h>
#include <stddef.h>

enum { GS_ARENA_BYTES = 64 << 10, GS_ARENA_ALIGNMENT = 4096 };

/* in_order: from that stretch, while there is some; the caller has the virtual clock's baton. NULL:
 * no memory. */
void *gs_arena_take(bool in_order);

/* Back to where it came from. */
void gs_arena_give(void *arena);

#endif
