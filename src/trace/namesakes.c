#include "trace/namesakes.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

/* FNV-1a: names are short. */
static size_t hash(uint32_t kind, uint32_t process, const char *name)
{
    uint64_t h = 14695981039346656037u ^ kind ^ (uint64_t)process << 32;
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

/* Where the name stands, or the free place for it: there always is one. */
static struct gs_namesake *find(const struct gs_namesakes *n, const struct gs_tables *tables,
                                uint32_t kind, uint32_t process, const char *name)
{
    for (size_t i = hash(kind, process, name);; i++) {
        struct gs_namesake *slot = &n->slots[i & (n->room - 1)];
        if (!slot->count || (slot->kind == kind && slot->process == process &&
                             strcmp(tables->string(tables, slot->name), name) == 0))
            return slot;
    }
}

static void grow(struct gs_namesakes *n, const struct gs_tables *tables)
{
    struct gs_namesakes bigger = {.room = n->room ? n->room * 2 : FIRST_ROOM};
    bigger.slots = calloc(bigger.room, sizeof *bigger.slots);
    if (!bigger.slots)
        abort();
    for (size_t i = 0; i < n->room; i++) {
        const struct gs_namesake *old = &n->slots[i];
        if (old->count)
            *find(&bigger, tables, old->kind, old->process, tables->string(tables, old->name)) =
                *old;
    }
    free(n->slots);
    n->slots = bigger.slots;
    n->room = bigger.room;
}

static void add(struct gs_namesakes *n, const struct gs_tables *tables, uint32_t kind,
                uint32_t process, uint32_t name)
{
    if (n->used * 2 >= n->room)
        grow(n, tables);
    struct gs_namesake *slot = find(n, tables, kind, process, tables->string(tables, name));
    n->used += slot->count == 0;
    *slot = (struct gs_namesake){
        .kind = kind, .process = process, .name = name, .count = slot->count + 1};
    gs_vec_push(&n->place, slot->count);
}

/* A row that is not filled yet has no name: nothing behind it is known before it is. */
uint32_t gs_namesakes_actor(struct gs_namesakes *n, const struct gs_tables *tables, uint32_t actor)
{
    while (n->place.count < actor) {
        uint32_t id = (uint32_t)n->place.count + 1;
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (!row)
            return 1;
        bool inside = row->kind != GS_ACTOR_PROCESS;
        add(n, tables, row->kind, inside ? gs_tables_process(tables, id) : 0, row->name);
    }
    return actor ? n->place.items[actor - 1] : 1;
}

uint32_t gs_namesakes_object(struct gs_namesakes *n, const struct gs_tables *tables,
                             uint32_t object)
{
    while (n->place.count < object) {
        const struct gs_object_row *row = tables->object(tables, (uint32_t)n->place.count + 1);
        if (!row)
            return 1;
        add(n, tables, row->kind, 0, row->name);
    }
    return object ? n->place.items[object - 1] : 1;
}

void gs_namesakes_free(struct gs_namesakes *n)
{
    gs_vec_free(&n->place);
    free(n->slots);
    *n = (struct gs_namesakes){0};
}
