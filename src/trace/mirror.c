#include "trace/mirror.h"

#include "trace/segment_parts.h"

#include <errno.h>
#include <sys/mman.h>

/* A reader's const: what it has not seen yet is copied behind it. */
static struct gs_mirror *mirror_of(const struct gs_tables *tables)
{
    return (struct gs_mirror *)tables;
}

/* Readers have arrays of this size: what was once an id stays one. */
static uint32_t grown(uint32_t *count, uint32_t now, uint32_t most)
{
    uint32_t sensible = now < most ? now : most;
    if (sensible > *count)
        *count = sensible;
    return *count;
}

static uint32_t actor_count(const struct gs_tables *tables)
{
    struct gs_mirror *m = mirror_of(tables);
    const struct gs_segment *s = m->segment;
    return grown(&m->actor_count, atomic_load(&s->header->actors), s->conf.actors);
}

static uint32_t object_count(const struct gs_tables *tables)
{
    struct gs_mirror *m = mirror_of(tables);
    const struct gs_segment *s = m->segment;
    return grown(&m->object_count, atomic_load(&s->header->objects), s->conf.objects);
}

/* Parents come before their children: nothing goes round in a circle. */
static void copy_actor(struct gs_actor_slot *to, const struct gs_actor_slot *from, uint32_t id)
{
    to->row = from->row;
    if (to->row.parent >= id)
        to->row.parent = 0;
    to->filled = 1;
}

static const struct gs_actor_row *actor_row(const struct gs_tables *tables, uint32_t id)
{
    struct gs_mirror *m = mirror_of(tables);
    if (id == 0 || (id > m->actor_count && id > actor_count(tables)))
        return NULL;
    struct gs_actor_slot *own = &m->actors[id - 1], *theirs = &m->segment->actors[id - 1];
    if (!own->filled && atomic_load_explicit(&theirs->filled, memory_order_acquire))
        copy_actor(own, theirs, id);
    return own->filled ? &own->row : NULL;
}

static const struct gs_object_row *object_row(const struct gs_tables *tables, uint32_t id)
{
    struct gs_mirror *m = mirror_of(tables);
    if (id == 0 || (id > m->object_count && id > object_count(tables)))
        return NULL;
    struct gs_object_slot *own = &m->objects[id - 1], *theirs = &m->segment->objects[id - 1];
    if (!own->filled && atomic_load_explicit(&theirs->filled, memory_order_acquire)) {
        own->row = theirs->row;
        own->filled = 1;
    }
    return own->filled ? &own->row : NULL;
}

/* A place that is not known, which a trace of ours never speaks of, is taken for the program's own
 * file. */
static const struct gs_place_row *place_row(const struct gs_tables *tables, uint16_t id)
{
    static const struct gs_place_row own;
    const struct gs_mirror *m = mirror_of(tables);
    if (id == 0 || id > m->segment->conf.places)
        return &own;
    struct gs_place_slot *known = &m->places[id - 1], *theirs = &m->segment->places[id - 1];
    if (!known->filled && atomic_load_explicit(&theirs->filled, memory_order_acquire)) {
        known->row = theirs->row;
        known->filled = 1;
    }
    return known->filled ? &known->row : &own;
}

static bool is_end(const struct gs_mirror *m, uint32_t at)
{
    return m->ends[at / 8] >> at % 8 & 1;
}

/* Up to the first NUL, or to where another string has ended: two strings that lie over each other
 * must not make one without an end. The arena's last byte is never written. */
static void copy_string(const struct gs_mirror *m, uint32_t at)
{
    const volatile char *from = m->segment->strings;
    for (; at < m->segment->conf.string_bytes - 1 && !is_end(m, at); at++) {
        char c = from[at];
        if (c == '\0')
            break;
        m->strings[at] = c;
    }
    m->ends[at / 8] |= (unsigned char)(1 << at % 8);
}

static const char *string_at(const struct gs_tables *tables, uint32_t id)
{
    struct gs_mirror *m = mirror_of(tables);
    if (id == 0 || id >= m->segment->conf.string_bytes)
        return "?";
    if (m->strings[id] == '\0')
        copy_string(m, id);
    return m->strings + id;
}

static const struct gs_facts *facts(const struct gs_tables *tables)
{
    struct gs_mirror *m = mirror_of(tables);
    const struct gs_facts_slot *slot = &m->segment->header->facts;
    if (!m->facts.clock && atomic_load_explicit(&slot->filled, memory_order_acquire))
        m->facts = slot->row;
    return &m->facts;
}

static uint64_t left_out(const struct gs_tables *tables)
{
    return atomic_load(&mirror_of(tables)->segment->header->left_out);
}

bool gs_mirror_init(struct gs_mirror *m, const struct gs_segment *segment, struct gs_error *err)
{
    const struct gs_segment_conf *conf = &segment->conf;
    size_t actors = conf->actors * sizeof *m->actors, objects = conf->objects * sizeof *m->objects;
    size_t places = conf->places * sizeof *m->places;
    size_t size = actors + objects + places + conf->string_bytes + conf->string_bytes / 8 + 1;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return gs_error_system(err, errno, "cannot map %zu MiB for the trace's names", size >> 20);
    *m = (struct gs_mirror){.tables = {.actor = actor_row,
                                       .object = object_row,
                                       .string = string_at,
                                       .place = place_row,
                                       .actors = actor_count,
                                       .objects = object_count,
                                       .facts = facts,
                                       .left_out = left_out},
                            .segment = segment,
                            .actors = (struct gs_actor_slot *)memory,
                            .objects = (struct gs_object_slot *)(memory + actors),
                            .places = (struct gs_place_slot *)(memory + actors + objects),
                            .strings = memory + actors + objects + places,
                            .memory = memory,
                            .size = size};
    m->ends = (unsigned char *)m->strings + conf->string_bytes;
    return true;
}

void gs_mirror_destroy(struct gs_mirror *m)
{
    munmap(m->memory, m->size);
}
