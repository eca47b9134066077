#include "trace/ring.h"

#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A consumer that is already looking comes back within microseconds, a nap takes a hundred. It is
 * the system call itself: inside a program that is watched, the library's nanosleep is one of the
 * things that are told in this ring. */
static void wait_a_little(unsigned turn)
{
    enum { YIELDS = 100 };
    if (turn < YIELDS)
        sched_yield();
    else
        syscall(SYS_nanosleep, &(struct timespec){.tv_nsec = 50000}, NULL);
}

static uint64_t head_of(const struct gs_ring *ring)
{
    return ring->waits ? atomic_load_explicit(&ring->shared->head, memory_order_relaxed)
                       : ring->head;
}

/* Free places, by the consumer's newest tail. Acquire: the consumer has read what it left. */
static uint64_t room(const struct gs_ring *ring)
{
    uint64_t tail = atomic_load_explicit(&ring->shared->tail, memory_order_acquire);
    return ring->mask + 1 - (head_of(ring) - tail);
}

static uint64_t need(const struct gs_ring *ring)
{
    return ring->lost ? 2 : 1;
}

/* Release: a consumer that sees the new head sees the event behind it. */
static void store(struct gs_ring *ring, uint64_t head, const struct gs_event *event)
{
    ring->events[head & ring->mask] = *event;
    atomic_store_explicit(&ring->shared->head, head + 1, memory_order_release);
}

static void tell_lost(struct gs_ring *ring, uint32_t actor)
{
    struct gs_event e = {
        .time = ring->last, .actor = actor, .kind = GS_EVENT_LOST, .a = ring->lost};
    /* The count goes to zero before the event that carries it is published: a consumer that comes
     * in between sees too few for a moment, never the same loss twice. */
    ring->lost = 0;
    atomic_store_explicit(&ring->shared->lost, 0, memory_order_release);
    store(ring, ring->head++, &e);
}

bool gs_ring_has_room(const struct gs_ring *ring)
{
    return room(ring) >= need(ring);
}

void gs_ring_await_room(const struct gs_ring *ring)
{
    for (unsigned turn = 0; !gs_ring_has_room(ring); turn++)
        wait_a_little(turn);
}

/* Looks at the tail again and writes the LOST event that is due. False: there is no room, and the
 * event that was to come is counted as lost. */
static bool make_room(struct gs_ring *ring, uint32_t actor)
{
    uint64_t got = room(ring);
    if (got < need(ring)) {
        ring->lost++;
        atomic_store_explicit(&ring->shared->lost, ring->lost, memory_order_release);
        return false;
    }
    ring->limit = ring->head + got;
    if (ring->lost)
        tell_lost(ring, actor);
    return true;
}

/* All actors of the virtual clock come through here, each with a time of its own: their order is
 * that of the puts. A process that is killed on the way leaves the ring as it was before. */
void gs_ring_put_shared(struct gs_ring *ring, const struct gs_event *event)
{
    struct gs_ring_shared *shared = ring->shared;
    uint64_t head = head_of(ring);
    if (head == atomic_load_explicit(&shared->limit, memory_order_relaxed)) {
        gs_ring_await_room(ring);
        atomic_store_explicit(&shared->limit, head + room(ring), memory_order_relaxed);
    }
    store(ring, head, event);
}

bool gs_ring_admit(struct gs_ring *ring, const struct gs_event *event)
{
    if (!ring->waits)
        return make_room(ring, event->actor);
    gs_ring_put_shared(ring, event);
    return false;
}

void gs_ring_warm(struct gs_ring *ring)
{
    enum { AHEAD = 1024, EVENTS_IN_A_PAGE = 4096 / sizeof(struct gs_event) };
    if (!ring->shared || ring->waits || ring->warm > ring->head + AHEAD / 2)
        return;
    uint64_t size = ring->mask + 1, end = ring->head + AHEAD;
    /* In the ring's first round nobody has written ahead of head, and nobody reads there. */
    for (uint64_t i = ring->head; i < end && i < size; i += EVENTS_IN_A_PAGE)
        ring->events[i] = (struct gs_event){0};
    ring->warm = end < size ? end : UINT64_MAX;
}

void gs_ring_close(struct gs_ring *ring)
{
    if (!ring->shared)
        return;
    atomic_store_explicit(&ring->shared->owner, GS_RING_CLOSED, memory_order_release);
    ring->shared = NULL;
}
