#include "trace/collector.h"

#include "base/clock.h"
#include "base/ending.h"
#include "base/vec.h"

#include <stdlib.h>

/* A ring with events to take: the front of the merge. */
struct source {
    struct gs_ring_shared *ring;
    const struct gs_event *events;
    uint64_t tail, head;
    uint64_t time; /* of the event at tail, so that the heap does not touch the ring */
    uint32_t index;
};

struct gs_collector {
    struct gs_segment *segment;
    uint64_t mask;
    uint64_t pressed_at; /* when a ring was last found half full; ns, system clock */
    uint64_t looked_at;  /* … processes were last looked for that have been killed */
    GS_VEC(struct source) heap;
    GS_VEC(uint64_t) tails; /* by ring: what lies in the segment is for the producer to read */
};

struct gs_collector *gs_collector_new(struct gs_segment *segment)
{
    struct gs_collector *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->segment = segment;
    c->mask = gs_segment_ring_size(segment) - 1;
    return c;
}

void gs_collector_free(struct gs_collector *c)
{
    if (!c)
        return;
    gs_vec_free(&c->heap);
    gs_vec_free(&c->tails);
    free(c);
}

/* Equal times: the lower ring first, so that the same rings always merge the same way. */
static bool before(const struct source *x, const struct source *y)
{
    return x->time != y->time ? x->time < y->time : x->index < y->index;
}

static void sift_down(struct source *heap, size_t count, size_t at)
{
    struct source moving = heap[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count)
            break;
        if (child + 1 < count && before(&heap[child + 1], &heap[child]))
            child++;
        if (!before(&heap[child], &moving))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moving;
}

/* Now, as far as the run has come, unless its last event told of it already. */
static uint64_t tell_death(const struct gs_collector *c, uint32_t index, gs_collector_sink *sink,
                           void *context)
{
    const struct gs_event *events = gs_segment_ring_events(c->segment, index);
    struct gs_event last = events[(c->tails.items[index] - 1) & c->mask];
    if (last.kind == GS_EVENT_DIED)
        return 0;
    uint64_t now = gs_control_now(gs_segment_control(c->segment));
    struct gs_event e = {.time = last.time > now ? last.time : now,
                         .actor = gs_segment_ring(c->segment, index)->actor,
                         .kind = GS_EVENT_DIED,
                         .flags = GS_DEATH_KILLED};
    sink(context, &e);
    return 1;
}

/* What a closed ring still owes is one LOST event; then the ring is free for another thread. */
static uint64_t retire(struct gs_collector *c, uint32_t index, uint32_t owner, bool finish,
                       gs_collector_sink *sink, void *context)
{
    struct gs_ring_shared *ring = gs_segment_ring(c->segment, index);
    uint64_t told = 0;
    uint64_t lost = atomic_load_explicit(&ring->lost, memory_order_acquire);
    if (lost) {
        struct gs_event e = {.actor = ring->actor, .kind = GS_EVENT_LOST, .a = lost};
        sink(context, &e);
        atomic_store_explicit(&ring->lost, 0, memory_order_relaxed);
        told = 1;
    }
    if (owner == GS_RING_ORPHANED)
        told += tell_death(c, index, sink, context);
    if (!finish || owner == GS_RING_ORPHANED)
        atomic_store_explicit(&ring->owner, GS_RING_FREE, memory_order_release);
    return told;
}

static bool half_full(const struct gs_collector *c, uint64_t head, uint64_t tail)
{
    return head - tail > c->mask / 2;
}

static uint64_t gather(struct gs_collector *c, bool finish, gs_collector_sink *sink, void *context)
{
    uint64_t told = 0;
    bool pressed = false;
    c->heap.count = 0;
    uint32_t rings = gs_segment_rings(c->segment);
    for (uint32_t i = (uint32_t)c->tails.count; i < rings; i++)
        gs_vec_push(&c->tails, atomic_load(&gs_segment_ring(c->segment, i)->tail));
    for (uint32_t i = 0; i < rings; i++) {
        struct gs_ring_shared *ring = gs_segment_ring(c->segment, i);
        /* The owner is read before the head: a ring seen closed has its last event published. */
        uint32_t owner = atomic_load_explicit(&ring->owner, memory_order_acquire);
        uint64_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
        uint64_t tail = c->tails.items[i];
        if (head == tail) {
            if (owner >= GS_RING_CLOSED || (finish && owner == GS_RING_OWNED))
                told += retire(c, i, owner, finish, sink, context);
            continue;
        }
        /* A killed or hostile stage may leave any head; never read further than the ring is. */
        if (head - tail > c->mask + 1)
            tail = head - (c->mask + 1);
        pressed |= half_full(c, head, tail);
        const struct gs_event *events = gs_segment_ring_events(c->segment, i);
        struct source s = {.ring = ring,
                           .events = events,
                           .tail = tail,
                           .head = head,
                           .time = events[tail & c->mask].time,
                           .index = i};
        gs_vec_push(&c->heap, s);
    }
    for (size_t i = c->heap.count / 2; i-- > 0;)
        sift_down(c->heap.items, c->heap.count, i);
    if (pressed)
        c->pressed_at = gs_clock_system();
    return told;
}

static void give_back(struct gs_collector *c, struct source *s)
{
    c->tails.items[s->index] = s->tail;
    /* Release: the producer may overwrite what we have read, and only that. */
    atomic_store_explicit(&s->ring->tail, s->tail, memory_order_release);
}

static uint64_t merge(struct gs_collector *c, uint64_t most, gs_collector_sink *sink, void *context)
{
    uint64_t taken = 0;
    struct source *heap = c->heap.items;
    while (c->heap.count && (most == 0 || taken < most)) {
        struct source *first = &heap[0];
        struct gs_event event = first->events[first->tail & c->mask];
        sink(context, &event);
        taken++;
        /* Given back in steps: a producer that waits for room need not wait for the whole drain. */
        if ((++first->tail & 1023) == 0)
            give_back(c, first);
        if (first->tail == first->head) {
            give_back(c, first);
            heap[0] = heap[--c->heap.count];
        } else {
            first->time = first->events[first->tail & c->mask].time;
        }
        if (c->heap.count)
            sift_down(heap, c->heap.count, 0);
    }
    for (size_t i = 0; i < c->heap.count; i++)
        give_back(c, &heap[i]);
    return taken;
}

/* Processes that the run's first has forked, and that have left their rings behind. What the first
 * leaves is told at the run's end. */
static void bury_killed(struct gs_collector *c)
{
    enum { PAUSE_NS = 50000000 };
    pid_t first = (pid_t)atomic_load(&gs_segment_control(c->segment)->guest_pid);
    pid_t alive = first;
    uint64_t now = gs_clock_system();
    if (now - c->looked_at < PAUSE_NS || first == 0)
        return;
    c->looked_at = now;
    for (uint32_t i = 0; i < gs_segment_rings(c->segment); i++) {
        const struct gs_ring_shared *ring = gs_segment_ring(c->segment, i);
        pid_t pid = atomic_load(&ring->pid);
        if (atomic_load(&ring->owner) != GS_RING_OWNED || pid == 0 || pid == first || pid == alive)
            continue;
        if (gs_ending_has_come(pid))
            gs_collector_bury(c, pid);
        else
            alive = pid;
    }
}

uint64_t gs_collector_drain(struct gs_collector *c, uint64_t most, gs_collector_sink *sink,
                            void *context)
{
    bury_killed(c);
    return gather(c, false, sink, context) + merge(c, most, sink, context);
}

void gs_collector_bury(struct gs_collector *c, pid_t pid)
{
    uint32_t rings = gs_segment_rings(c->segment);
    for (uint32_t i = 0; i < rings; i++) {
        struct gs_ring_shared *ring = gs_segment_ring(c->segment, i);
        uint32_t owned = GS_RING_OWNED;
        if (atomic_load(&ring->pid) == pid)
            atomic_compare_exchange_strong(&ring->owner, &owned, GS_RING_ORPHANED);
    }
}

uint64_t gs_collector_rest(const struct gs_collector *c, uint64_t most)
{
    uint64_t calm = (gs_clock_system() - c->pressed_at) / 2;
    return calm < most ? calm : most;
}

uint64_t gs_collector_finish(struct gs_collector *c, gs_collector_sink *sink, void *context)
{
    uint64_t taken = gather(c, true, sink, context) + merge(c, 0, sink, context);
    return taken + gather(c, true, sink, context);
}
