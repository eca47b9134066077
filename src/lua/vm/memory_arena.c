#include "lua/vm/memory_arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

struct free_arena {
    struct free_arena *next;
};

/* Reserved when it is first needed. Where there is no room for it (a limit on address space, an
 * address of 32 bits) it stays empty. */
static struct {
    char *start, *next, *end;
    struct free_arena *given_back;
    bool asked_for;
} stretch;

static void reserve(void)
{
    static const uint64_t bytes = 1ull << 32;
    stretch.asked_for = true;
    if (sizeof(void *) <= sizeof(uint32_t))
        return;
    size_t twice = (size_t)(2 * bytes);
    char *found = mmap(NULL, twice, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (found == MAP_FAILED)
        return;
    char *start = found + (-(uintptr_t)found & (uintptr_t)(bytes - 1)), *end = start + bytes;
    if (start > found)
        munmap(found, (size_t)(start - found));
    if (found + twice > end)
        munmap(end, (size_t)(found + twice - end));
    stretch.start = stretch.next = start;
    stretch.end = end;
}

static void *take_in_order(void)
{
    struct free_arena *arena = stretch.given_back;
    if (arena) {
        stretch.given_back = arena->next;
        return arena;
    }
    if (!stretch.asked_for)
        reserve();
    if (stretch.next == stretch.end ||
        mprotect(stretch.next, GS_ARENA_BYTES, PROT_READ | PROT_WRITE) != 0)
        return NULL;
    stretch.next += GS_ARENA_BYTES;
    return stretch.next - GS_ARENA_BYTES;
}

void *gs_arena_take(bool in_order)
{
    void *arena = in_order ? take_in_order() : NULL;
    return arena ? arena : aligned_alloc(GS_ARENA_ALIGNMENT, GS_ARENA_BYTES);
}

void gs_arena_give(void *arena)
{
    if ((char *)arena < stretch.start || (char *)arena >= stretch.end) {
        free(arena);
        return;
    }
    struct free_arena *given = arena;
    given->next = stretch.given_back;
    stretch.given_back = given;
}
