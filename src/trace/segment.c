#include "trace/segment_parts.h"

#include "base/own.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
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
                                                   .actors = 1u << 20,
                                                   .objects = 1u << 22,
                                                   .places = GS_PLACES,
                                                   .string_bytes = 64u << 20,
                                                   .channels = 1u << 16,
                                                   .scheduler_bytes = 16u << 20};

/* Where the parts lie, each on a page of its own so that what is unused stays unmapped. */
struct layout {
    size_t actors, objects, places, strings, channels, scheduler, rings, events, size;
};

static size_t page_up(size_t n)
{
    return (n + 4095) & ~(size_t)4095;
}

static struct layout lay_out(const struct gs_segment_conf *conf)
{
    struct layout l;
    l.actors = page_up(sizeof(struct gs_segment_header));
    l.objects = page_up(l.actors + (size_t)conf->actors * sizeof(struct gs_actor_slot));
    l.places = page_up(l.objects + (size_t)conf->objects * sizeof(struct gs_object_slot));
    l.strings = page_up(l.places + (size_t)conf->places * sizeof(struct gs_place_slot));
    l.channels = page_up(l.strings + conf->string_bytes);
    l.scheduler = page_up(l.channels + (size_t)conf->channels * sizeof(struct gs_channel));
    l.rings = page_up(l.scheduler + conf->scheduler_bytes);
    l.events = page_up(l.rings + (size_t)conf->rings * sizeof(struct gs_ring_shared));
    l.size = page_up(l.events + (size_t)conf->rings * conf->ring_events * sizeof(struct gs_event));
    return l;
}

/* What a segment can be: a header that says otherwise is none of ours, and sizes made of such
 * numbers could overflow. */
static bool sensible(const struct gs_segment_conf *conf)
{
    static const uint32_t most = 1u << 24;
    uint32_t events = conf->ring_events;
    return events && (events & (events - 1)) == 0 && events <= most && conf->rings <= most &&
           conf->actors <= most && conf->objects <= most && conf->places <= GS_PLACES &&
           conf->string_bytes >= 2 && conf->channels <= most &&
           (conf->channels & (conf->channels - 1)) == 0;
}

static void place(struct gs_segment *s, char *base, const struct layout *l)
{
    s->size = l->size;
    s->header = (struct gs_segment_header *)base;
    s->actors = (struct gs_actor_slot *)(base + l->actors);
    s->objects = (struct gs_object_slot *)(base + l->objects);
    s->places = (struct gs_place_slot *)(base + l->places);
    s->strings = base + l->strings;
    s->channels = (struct gs_channel *)(base + l->channels);
    s->scheduler = base + l->scheduler;
    s->rings = (struct gs_ring_shared *)(base + l->rings);
    s->events = (struct gs_event *)(base + l->events);
}

/* Takes the descriptor, also where it fails. */
static struct gs_segment *map(int fd, const struct gs_segment_conf *conf, struct gs_error *err)
{
    struct layout l = lay_out(conf);
    struct gs_segment *s = calloc(1, sizeof *s);
    char *base = mmap(NULL, l.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (base == MAP_FAILED || !s) {
        gs_error_system(err, errno, "cannot map %zu MiB of trace memory", l.size >> 20);
        goto not_mapped;
    }
    *s = (struct gs_segment){.fd = fd, .conf = *conf};
    place(s, base, &l);
    if (gs_mirror_init(&s->mirror, s, err))
        return s;
    munmap(base, l.size);
not_mapped:
    free(s);
    close(fd);
    return NULL;
}

/* Nobody who has the descriptor can make the memory smaller under a reader's hands. */
static bool size_for_good(int fd, const struct gs_segment_conf *conf)
{
    return ftruncate(fd, (off_t)lay_out(conf).size) == 0 &&
           fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
}

struct gs_segment *gs_segment_create(const struct gs_segment_conf *conf, struct gs_error *err)
{
    int fd = memfd_create("gilscope", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) {
        gs_error_system(err, errno, "cannot make the trace's shared memory");
        return NULL;
    }
    if (!size_for_good(fd, conf)) {
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
        !sensible(&head.conf) || fstat(fd, &st) < 0 ||
        (size_t)st.st_size != lay_out(&head.conf).size)
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

void gs_segment_close_fd(struct gs_segment *s)
{
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

void gs_segment_close(struct gs_segment *s)
{
    if (!s)
        return;
    gs_mirror_destroy(&s->mirror);
    munmap(s->header, s->size);
    gs_segment_close_fd(s);
    free(s);
}

int gs_segment_fd(const struct gs_segment *s)
{
    return s->fd;
}

void *gs_segment_scheduler(struct gs_segment *s, size_t *bytes)
{
    *bytes = s->conf.scheduler_bytes;
    return s->scheduler;
}

struct gs_control *gs_segment_control(struct gs_segment *s)
{
    return &s->header->control;
}

const struct gs_tables *gs_segment_tables(const struct gs_segment *s)
{
    return &s->mirror.tables;
}

static struct gs_ring handle(const struct gs_segment *s, uint32_t index)
{
    const struct gs_segment_conf *conf = &s->conf;
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
    atomic_store(&shared->hand, 0);
    atomic_store(&shared->pid, waits ? 0 : gs_own_pid());
    ring->waits = waits;
    if (waits) {
        atomic_store(&shared->limit, limit);
        return;
    }
    ring->head = atomic_load(&shared->head);
    ring->limit = limit;
}

/* Looks first: what is not written is no other core's loss. */
static bool take(struct gs_ring_shared *ring)
{
    uint32_t free = GS_RING_FREE;
    return atomic_load_explicit(&ring->owner, memory_order_relaxed) == GS_RING_FREE &&
           atomic_compare_exchange_strong(&ring->owner, &free, GS_RING_OWNED);
}

bool gs_segment_open_ring(struct gs_segment *s, uint32_t actor, bool waits, struct gs_ring *ring)
{
    struct gs_segment_header *h = s->header;
    for (uint32_t i = 0; i < s->conf.rings; i++) {
        if (!take(&s->rings[i]))
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

/* The rings of a process are drained one by one: the last one, too, has to say what was in hand. */
static uint32_t hand_of(const struct gs_segment *s, pid_t pid)
{
    uint32_t hand = 0;
    for (uint32_t i = 0; i < gs_segment_rings(s) && !hand; i++) {
        const struct gs_ring_shared *ring = &s->rings[i];
        if (atomic_load(&ring->pid) == pid && atomic_load(&ring->owner) == GS_RING_OWNED)
            hand = atomic_load(&ring->hand);
    }
    return hand;
}

bool gs_segment_bury(struct gs_segment *s, pid_t pid, uint64_t time, int status)
{
    uint32_t hand = hand_of(s, pid);
    bool any = false;
    for (uint32_t i = 0; i < gs_segment_rings(s); i++) {
        struct gs_ring_shared *ring = &s->rings[i];
        uint32_t owned = GS_RING_OWNED;
        if (atomic_load(&ring->pid) != pid || atomic_load(&ring->owner) != owned)
            continue;
        atomic_store(&ring->hand, hand);
        atomic_store(&ring->ending, status);
        atomic_store(&ring->ended, time);
        any |= atomic_compare_exchange_strong(&ring->owner, &owned, GS_RING_ORPHANED);
    }
    return any;
}

void gs_segment_join_ring(struct gs_segment *s, uint32_t index, struct gs_ring *ring)
{
    assert(index < gs_segment_rings(s));
    *ring = handle(s, index);
    ring->waits = true;
}

bool gs_segment_warm(struct gs_segment *s, uint32_t rings)
{
    size_t ring_bytes = s->conf.ring_events * sizeof(struct gs_event);
    uint32_t count = rings < s->conf.rings ? rings : s->conf.rings;
    return madvise(s->events, count * ring_bytes, MADV_POPULATE_WRITE) == 0;
}

uint32_t gs_segment_rings(const struct gs_segment *s)
{
    uint32_t used = atomic_load(&s->header->rings);
    return used < s->conf.rings ? used : s->conf.rings;
}

struct gs_ring_shared *gs_segment_ring(const struct gs_segment *s, uint32_t index)
{
    return &s->rings[index];
}

const struct gs_event *gs_segment_ring_events(const struct gs_segment *s, uint32_t index)
{
    return s->events + (size_t)index * s->conf.ring_events;
}

uint32_t gs_segment_ring_size(const struct gs_segment *s)
{
    return s->conf.ring_events;
}
