#include "trace/collector.h"

#include "base/clock.h"
#include "base/ending.h"
#include "base/vec.h"
#include "trace/mirror.h"

#include <stdlib.h>
#include <sys/wait.h>

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
    struct gs_mirror mirror; /* its own: the timeline's may be another thread's */
    uint64_t mask;
    uint64_t pressed_at; /* when a ring was last found half full; ns, system clock */
    uint64_t looked_at;  /* … processes were last looked for that have been killed */
    bool first_died;     /* the run's first process, as was told; … */
    bool ended;          /* … and the run itself */
    GS_VEC(struct source) heap;
    GS_VEC(uint64_t) tails; /* by ring: what lies in the segment is for the producer to read */
};

struct gs_collector *gs_collector_new(struct gs_segment *segment)
{
    struct gs_collector *c = calloc(1, sizeof *c);
    struct gs_error err;
    if (!c || !gs_mirror_init(&c->mirror, segment, &err))
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
    gs_mirror_destroy(&c->mirror);
    free(c);
}

/* The first actor of a run is its first process. */
enum { FIRST_PROCESS = 1 };

static void pass(struct gs_collector *c, const struct gs_event *e, gs_collector_sink *sink,
                 void *context)
{
    c->first_died |= e->kind == GS_EVENT_DIED && e->actor == FIRST_PROCESS;
    c->ended |= e->kind == GS_EVENT_END;
    sink(context, e);
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

/* Whether the process has left another ring that is not drained yet. */
static bool left_more(const struct gs_collector *c, uint32_t index)
{
    pid_t pid = atomic_load(&gs_segment_ring(c->segment, index)->pid);
    for (uint32_t i = 0; i < gs_segment_rings(c->segment); i++) {
        const struct gs_ring_shared *ring = gs_segment_ring(c->segment, i);
        if (i != index && atomic_load(&ring->pid) == pid &&
            atomic_load(&ring->owner) == GS_RING_ORPHANED)
            return true;
    }
    return false;
}

/* The death of the process that has left the ring. */
static uint64_t tell_death(struct gs_collector *c, uint32_t index, gs_collector_sink *sink,
                           void *context)
{
    const struct gs_ring_shared *ring = gs_segment_ring(c->segment, index);
    uint32_t process = gs_tables_process(&c->mirror.tables, ring->actor);
    if (!process || left_more(c, index))
        return 0;
    const struct gs_event death =
        gs_event_death(atomic_load(&ring->ended), process, atomic_load(&ring->ending));
    gs_control_note_death(gs_segment_control(c->segment), &death, atomic_load(&ring->hand));
    pass(c, &death, sink, context);
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
        pass(c, &event, sink, context);
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

static void bury(struct gs_collector *c, pid_t pid)
{
    int status = -1;
    (void)gs_ending_status(pid, &status);
    (void)gs_segment_bury(c->segment, pid, gs_control_now(gs_segment_control(c->segment)), status);
}

/* Processes of the run that have left their rings behind, and nobody has told. One that ended with
 * the run had no time to close them, and how the stage ended is told at its end. */
static void bury_killed(struct gs_collector *c)
{
    enum { PAUSE_NS = 50000000 };
    struct gs_control *control = gs_segment_control(c->segment);
    pid_t stage = atomic_load(&control->stage_pid), alive = stage;
    uint64_t now = gs_clock_system();
    if (now - c->looked_at < PAUSE_NS || atomic_load(&control->phase) != GS_STAGE_RUNNING)
        return;
    c->looked_at = now;
    for (uint32_t i = 0; i < gs_segment_rings(c->segment); i++) {
        const struct gs_ring_shared *ring = gs_segment_ring(c->segment, i);
        pid_t pid = atomic_load(&ring->pid);
        if (atomic_load(&ring->owner) != GS_RING_OWNED || pid == 0 || pid == stage || pid == alive)
            continue;
        if (gs_ending_has_come(pid))
            bury(c, pid);
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

uint64_t gs_collector_end(struct gs_collector *c, int status, gs_collector_sink *sink,
                          void *context)
{
    struct gs_control *control = gs_segment_control(c->segment);
    uint64_t now = gs_control_now(control);
    bool killed = WIFSIGNALED(status);
    if (c->ended || atomic_load(&control->phase) == GS_STAGE_STARTING)
        return 0;
    const struct gs_event death = gs_event_death(now, FIRST_PROCESS, status);
    const struct gs_event end = {
        .time = now,
        .actor = FIRST_PROCESS,
        .kind = GS_EVENT_END,
        .flags = (uint8_t)(killed ? 128 + WTERMSIG(status) : WEXITSTATUS(status)),
        .a = killed ? (uint64_t)WTERMSIG(status) : 0,
        .b = 1};
    if (!c->first_died)
        pass(c, &death, sink, context);
    pass(c, &end, sink, context);
    return 2;
}
