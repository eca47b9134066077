#include "trace/recording/shelf.h"

#include "trace/segment.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

struct gs_shelf_actor {
    struct gs_actor_row row;
    bool filled;
};

struct gs_shelf_object {
    struct gs_object_row row;
    bool filled;
};

struct gs_shelf_place {
    struct gs_place_row row;
};

static const struct gs_shelf *shelf_of(const struct gs_tables *tables)
{
    return (const struct gs_shelf *)tables;
}

static uint32_t actor_count(const struct gs_tables *tables)
{
    return shelf_of(tables)->actor_count;
}

static uint32_t object_count(const struct gs_tables *tables)
{
    return shelf_of(tables)->object_count;
}

static const struct gs_actor_row *actor_row(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_shelf *s = shelf_of(tables);
    return id && id <= s->actor_count && s->actors[id - 1].filled ? &s->actors[id - 1].row : NULL;
}

static const struct gs_object_row *object_row(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_shelf *s = shelf_of(tables);
    return id && id <= s->object_count && s->objects[id - 1].filled ? &s->objects[id - 1].row
                                                                    : NULL;
}

/* One that is not known is the program's own file. */
static const struct gs_place_row *place_row(const struct gs_tables *tables, uint16_t id)
{
    return &shelf_of(tables)->places[id].row;
}

static const char *string_at(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_shelf *s = shelf_of(tables);
    return id && id < gs_segment_default.string_bytes ? s->strings + id : "?";
}

static const struct gs_facts *facts(const struct gs_tables *tables)
{
    return &shelf_of(tables)->facts;
}

static uint64_t left_out(const struct gs_tables *tables)
{
    return shelf_of(tables)->left_out;
}

bool gs_shelf_init(struct gs_shelf *s, struct gs_error *err)
{
    const struct gs_segment_conf *most = &gs_segment_default;
    size_t actors = most->actors * sizeof *s->actors, objects = most->objects * sizeof *s->objects;
    size_t places = (GS_PLACES + 1) * sizeof *s->places;
    size_t size = actors + objects + places + most->string_bytes;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return gs_error_system(err, errno, "cannot map %zu MiB for a recording's names",
                               size >> 20);
    *s = (struct gs_shelf){.tables = {.actor = actor_row,
                                      .object = object_row,
                                      .string = string_at,
                                      .place = place_row,
                                      .actors = actor_count,
                                      .objects = object_count,
                                      .facts = facts,
                                      .left_out = left_out},
                           .actors = (struct gs_shelf_actor *)memory,
                           .objects = (struct gs_shelf_object *)(memory + actors),
                           .places = (struct gs_shelf_place *)(memory + actors + objects),
                           .strings = memory + actors + objects + places,
                           .memory = memory,
                           .size = size};
    return true;
}

void gs_shelf_destroy(struct gs_shelf *s)
{
    if (s->memory)
        munmap(s->memory, s->size);
    *s = (struct gs_shelf){0};
}

/* Parents come before their children: nothing goes round in a circle. */
bool gs_shelf_put_actor(struct gs_shelf *s, uint32_t id, const struct gs_actor_row *row)
{
    if (id == 0 || id > gs_segment_default.actors)
        return false;
    struct gs_shelf_actor *to = &s->actors[id - 1];
    to->row = *row;
    to->row.parent = row->parent < id ? row->parent : 0;
    to->filled = true;
    s->actor_count = id > s->actor_count ? id : s->actor_count;
    return true;
}

bool gs_shelf_put_object(struct gs_shelf *s, uint32_t id, const struct gs_object_row *row)
{
    if (id == 0 || id > gs_segment_default.objects)
        return false;
    s->objects[id - 1] = (struct gs_shelf_object){*row, true};
    s->object_count = id > s->object_count ? id : s->object_count;
    return true;
}

bool gs_shelf_put_place(struct gs_shelf *s, uint32_t id, const struct gs_place_row *row)
{
    if (id == 0 || id > GS_PLACES)
        return false;
    s->places[id].row = *row;
    return true;
}

/* The last byte of all is never written: whatever lies over what, each string has an end. */
bool gs_shelf_put_string(struct gs_shelf *s, uint32_t id, const void *text, size_t size)
{
    size_t most = gs_segment_default.string_bytes - 1;
    if (id == 0 || id >= most || size >= most - id)
        return false;
    memcpy(s->strings + id, text, size);
    s->strings[id + size] = '\0';
    return true;
}
