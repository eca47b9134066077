#include "trace/segment.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14; not every C library has the word */
#endif

#define MAGIC 0x67696c73636f7031ull /* "gilscop1" */

#ifdef GS_HOSTILE
#define RING_EVENTS 8
#else
#define RING_EVENTS 32768
#endif

const struct gs_segment_conf gs_segment_default = {.ring_events = RING_EVENTS,
                                                   .rings = 2048,
                                                   .actors = 65536,
                                                   .objects = 262144,
                                                   .string_bytes = 64u << 20,
                                                   .scheduler_bytes = 16u << 20};

/* A row is readable once its flag is set: ids are handed out before rows are filled. */
struct actor_slot {
    struct gs_actor_row row;
    _Atomic uint32_t filled;
};

struct object_slot {
    struct gs_object_row row;
    _Atomic uint32_t filled;
};

struct header {
    uint64_t magic;
    struct gs_segment_conf conf;
    struct gs_control control;
    _Atomic uint32_t actors, objects;
    _Atomic uint32_t string_end; /* strings start at 1: 0 is no string */
    _Atomic uint32_t rings;      /* rings ever opened */
};

struct gs_segment {
    struct gs_tables tables; /* first: the ops get their segment back by a cast */
    int fd;
    size_t size;
    struct header *header;
    struct actor_slot *actors;
    struct object_slot *objects;
    char *strings;
    char *scheduler;
    struct gs_ring_shared *rings;
    struct gs_event *events;
};

/* Where the parts lie, each on a page of its own so that what is unused stays unmapped. */
struct layout {
    size_t actors, objects, strings, scheduler, rings, events, size;
};

static size_t page_up(size_t n)
{
    return (n + 4095) & ~(size_t)4095;
}

static struct layout lay_out(const struct gs_segment_conf *conf)
{
    struct layout l;
    l.actors = page_up(sizeof(struct header));
    l.objects = page_up(l.actors + (size_t)conf->actors * sizeof(struct actor_slot));
    l.strings = page_up(l.objects + (size_t)conf->objects * sizeof(struct object_slot));
    l.scheduler = page_up(l.strings + conf->string_bytes);
    l.rings = page_up(l.scheduler + conf->scheduler_bytes);
    l.events = page_up(l.rings + (size_t)conf->rings * sizeof(struct gs_ring_shared));
    l.size = page_up(l.events + (size_t)conf->rings * conf->ring_events * sizeof(struct gs_event));
    return l;
}

static const struct gs_actor_row *actor_row(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_segment *s = (const struct gs_segment *)tables;
    if (id == 0 || id > s->header->conf.actors)
        return NULL;
    struct actor_slot *slot = &s->actors[id - 1];
    return atomic_load_explicit(&slot->filled, memory_order_acquire) ? &slot->row : NULL;
}

static const struct gs_object_row *object_row(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_segment *s = (const struct gs_segment *)tables;
    if (id == 0 || id > s->header->conf.objects)
        return NULL;
    struct object_slot *slot = &s->objects[id - 1];
    return atomic_load_explicit(&slot->filled, memory_order_acquire) ? &slot->row : NULL;
}

static const char *string_at(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_segment *s = (const struct gs_segment *)tables;
    /* The arena's last byte is never written, so every string in it ends. */
    return id == 0 || id >= s->header->conf.string_bytes ? "?" : s->strings + id;
}

static uint32_t clamp(uint32_t value, uint32_t most)
{
    return value < most ? value : most;
}

static uint32_t actor_count(const struct gs_tables *tables)
{
    const struct header *h = ((const struct gs_segment *)tables)->header;
    return clamp(atomic_load(&h->actors), h->conf.actors);
}

static uint32_t object_count(const struct gs_tables *tables)
{
    const struct header *h = ((const struct gs_segment *)tables)->header;
    return clamp(atomic_load(&h->objects), h->conf.objects);
}

static struct gs_segment *map(int fd, const struct gs_segment_conf *conf, struct gs_error *err)
{
    struct layout l = lay_out(conf);
    char *base = mmap(NULL, l.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (base == MAP_FAILED) {
        gs_error_system(err, errno, "cannot map %zu MiB of trace memory", l.size >> 20);
        close(fd);
        return NULL;
    }
    struct gs_segment *s = calloc(1, sizeof *s);
    if (!s) {
        gs_error_set(err, "out of memory");
        munmap(base, l.size);
        close(fd);
        return NULL;
    }
    *s = (struct gs_segment){.tables = {.actor = actor_row,
                                        .object = object_row,
                                        .string = string_at,
                                        .actors = actor_count,
                                        .objects = object_count},
                             .fd = fd,
                             .size = l.size,
                             .header = (struct header *)base,
                             .actors = (struct actor_slot *)(base + l.actors),
                             .objects = (struct object_slot *)(base + l.objects),
                             .strings = base + l.strings,
                             .scheduler = base + l.scheduler,
                             .rings = (struct gs_ring_shared *)(base + l.rings),
                             .events = (struct gs_event *)(base + l.events)};
    return s;
}

struct gs_segment *gs_segment_create(const struct gs_segment_conf *conf, struct gs_error *err)
{
    int fd = memfd_create("gilscope", MFD_CLOEXEC);
    if (fd < 0) {
        gs_error_system(err, errno, "cannot make the trace's shared memory");
        return NULL;
    }
    if (ftruncate(fd, (off_t)lay_out(conf).size) < 0) {
        gs_error_system(err, errno, "cannot size the trace's shared memory");
        close(fd);
        return NULL;
    }
    struct gs_segment *s = map(fd, conf, err);
    if (!s)
        return NULL;
    s->header->magic = MAGIC;
    s->header->conf = *conf;
    s->header->string_end = 1;
    s->header->control.horizon = UINT64_MAX;
    s->header->control.order.traced = true;
    return s;
}

/* Reads only the header's opening, to know how much to map. */
static bool read_conf(int fd, struct gs_segment_conf *conf, struct gs_error *err)
{
    struct {
        uint64_t magic;
        struct gs_segment_conf conf;
    } head;
    struct stat st;
    if (pread(fd, &head, sizeof head, 0) != (ssize_t)sizeof head || head.magic != MAGIC ||
        fstat(fd, &st) < 0 || (size_t)st.st_size != lay_out(&head.conf).size)
        return gs_error_set(err, "descriptor %d is no trace segment of this gilscope", fd);
    *conf = head.conf;
    return true;
}

struct gs_segment *gs_segment_attach(int fd, struct gs_error *err)
{
    struct gs_segment_conf conf = {0};
    if (!read_conf(fd, &conf, err)) {
        close(fd);
        return NULL;
    }
    return map(fd, &conf, err);
}

void gs_segment_close(struct gs_segment *s)
{
    if (!s)
        return;
    munmap(s->header, s->size);
    close(s->fd);
    free(s);
}

int gs_segment_fd(const struct gs_segment *s)
{
    return s->fd;
}

void *gs_segment_scheduler(struct gs_segment *s, size_t *bytes)
{
    *bytes = s->header->conf.scheduler_bytes;
    return s->scheduler;
}

struct gs_control *gs_segment_control(struct gs_segment *s)
{
    return &s->header->control;
}

const struct gs_tables *gs_segment_tables(const struct gs_segment *s)
{
    return &s->tables;
}

/* Hands out the next index below most; a full table stays full and does not wrap. */
static bool reserve(_Atomic uint32_t *counter, uint32_t amount, uint32_t most, uint32_t *index)
{
    uint32_t now = atomic_load_explicit(counter, memory_order_relaxed);
    do {
        if (amount > most - now)
            return false;
    } while (!atomic_compare_exchange_weak(counter, &now, now + amount));
    *index = now;
    return true;
}

uint32_t gs_segment_add_actor(struct gs_segment *s, const struct gs_actor_row *row)
{
    uint32_t index;
    if (!reserve(&s->header->actors, 1, s->header->conf.actors, &index))
        return 0;
    s->actors[index].row = *row;
    if (row->kind == GS_ACTOR_INTERPRETER)
        s->actors[index].row.interpreter = index + 1;
    atomic_store_explicit(&s->actors[index].filled, 1, memory_order_release);
    return index + 1;
}

uint32_t gs_segment_add_object(struct gs_segment *s, const struct gs_object_row *row)
{
    uint32_t index;
    if (!reserve(&s->header->objects, 1, s->header->conf.objects, &index))
        return 0;
    s->objects[index].row = *row;
    atomic_store_explicit(&s->objects[index].filled, 1, memory_order_release);
    return index + 1;
}

static size_t nuls(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '\0';
    return count;
}

uint32_t gs_segment_add_string(struct gs_segment *s, const char *text, size_t length)
{
    uint32_t at;
    size_t stored = length + nuls(text, length);
    if (stored >= s->header->conf.string_bytes ||
        !reserve(&s->header->string_end, (uint32_t)stored + 1, s->header->conf.string_bytes - 1,
                 &at))
        return 0;
    char *to = s->strings + at;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0')
            *to++ = '^';
        *to++ = text[i] ? text[i] : '@';
    }
    *to = '\0';
    return at;
}

static struct gs_ring handle(const struct gs_segment *s, uint32_t index)
{
    const struct gs_segment_conf *conf = &s->header->conf;
    return (struct gs_ring){.events = s->events + (size_t)index * conf->ring_events,
                            .mask = conf->ring_events - 1,
                            .shared = &s->rings[index],
                            .index = index};
}

static void begin(struct gs_ring *ring, uint32_t actor, bool waits)
{
    struct gs_ring_shared *shared = ring->shared;
    uint64_t limit = atomic_load(&shared->tail) + ring->mask + 1;
    shared->actor = actor;
    ring->waits = waits;
    if (waits) {
        atomic_store(&shared->limit, limit);
        return;
    }
    ring->head = atomic_load(&shared->head);
    ring->limit = limit;
}

bool gs_segment_open_ring(struct gs_segment *s, uint32_t actor, bool waits, struct gs_ring *ring)
{
    struct header *h = s->header;
    for (uint32_t i = 0; i < h->conf.rings; i++) {
        uint32_t free = 0;
        if (!atomic_compare_exchange_strong(&s->rings[i].owner, &free, 1))
            continue;
        uint32_t used = atomic_load(&h->rings);
        while (used < i + 1 && !atomic_compare_exchange_weak(&h->rings, &used, i + 1))
            ;
        *ring = handle(s, i);
        begin(ring, actor, waits);
        return true;
    }
    return false;
}

void gs_segment_join_ring(struct gs_segment *s, uint32_t index, struct gs_ring *ring)
{
    assert(index < gs_segment_rings(s));
    *ring = handle(s, index);
    ring->waits = true;
}

bool gs_segment_warm(struct gs_segment *s, uint32_t rings)
{
    size_t ring_bytes = s->header->conf.ring_events * sizeof(struct gs_event);
    uint32_t count = rings < s->header->conf.rings ? rings : s->header->conf.rings;
    return madvise(s->events, count * ring_bytes, MADV_POPULATE_WRITE) == 0;
}

uint32_t gs_segment_rings(const struct gs_segment *s)
{
    return clamp(atomic_load(&s->header->rings), s->header->conf.rings);
}

struct gs_ring_shared *gs_segment_ring(const struct gs_segment *s, uint32_t index)
{
    return &s->rings[index];
}

const struct gs_event *gs_segment_ring_events(const struct gs_segment *s, uint32_t index)
{
    return s->events + (size_t)index * s->header->conf.ring_events;
}

uint32_t gs_segment_ring_size(const struct gs_segment *s)
{
    return s->header->conf.ring_events;
}
