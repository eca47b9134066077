/* One ring an OS thread: a single producer (the traced thread) and a single consumer (the
 * collector, in another process) share a power of two of events. Putting an event takes no lock,
 * no allocation and no system call.
 *
 * A ring that is full drops the newest events and counts them; the count becomes a LOST event in
 * front of the next one that fits, so what is missing shows where it is missing. For single events
 * that must not be lost a producer can wait with gs_ring_await_room.
 *
 * The one exception is a ring opened to wait. On the virtual clock a producer can stand still
 * without anything being different, so there it waits for the consumer and nothing is ever lost;
 * the hostile build's rings of 8 all wait. And there whoever has the baton puts, from any thread of
 * any process: what its producer knows lies in the segment, and a handle is only a way to it. The
 * baton is handed on with a release and taken with an acquire, which is all that the next producer
 * needs.
 *
 * Who waits need not call the consumer: it looks at a ring that fills again at once, see
 * gs_collector_rest.
 *
 * struct gs_ring is a producer's own handle and lives in its memory: the fields of the segment that
 * it caches must not be shared with another process's cache lines. After a fork the child's copy of
 * a handle to a ring that waits is as good as the parent's; of any other ring it must not be used,
 * since a ring has one producer. */
#ifndef GS_TRACE_RING_H
#define GS_TRACE_RING_H

#include "trace/event.h"

#include <stdatomic.h>

#define GS_CACHE_LINE 64
enum { GS_RING_AHEAD = 6 }; /* events */

/* Closed and orphaned rings are free once they are drained. */
enum gs_ring_owner { GS_RING_FREE, GS_RING_OWNED, GS_RING_CLOSED, GS_RING_ORPHANED };

/* The part in shared memory. head and tail count events since the ring was laid out and never
 * wrap; a position is taken modulo the size. */
struct gs_ring_shared {
    _Alignas(GS_CACHE_LINE) _Atomic uint64_t head; /* written by the producer */
    _Atomic uint64_t limit; /* of a ring that waits: see struct gs_ring; the producer's alone */
    _Atomic uint64_t lost;  /* dropped, not yet told by a LOST event */
    _Atomic uint32_t owner; /* enum gs_ring_owner */
    uint32_t actor;         /* whose lost events these are */
    _Atomic int32_t pid;    /* whose threads put here; 0: any process's, the ring waits */
    _Atomic uint32_t hand;  /* real clock: the task that its thread runs (string), or 0 */
    _Atomic int32_t ending; /* of an orphan: how that ended, as waitpid tells it, or -1; … */
    _Atomic uint64_t ended; /* … and when, in ns of the run */
    _Alignas(GS_CACHE_LINE) _Atomic uint64_t tail; /* written by the consumer */
};

struct gs_ring {
    struct gs_event *events;
    uint64_t mask;
    uint64_t head;  /* of a ring that waits: 0, as is the limit, which leads to the path for it */
    uint64_t limit; /* head may grow up to here before tail must be read again */
    uint64_t last;  /* time of the last event: times never go back within a ring of one actor */
    uint64_t lost;
    uint64_t warm; /* places below this count have memory behind them, see gs_ring_warm */
    struct gs_ring_shared *shared;
    uint32_t index; /* in the segment, for gs_segment_join_ring */
    bool waits;
};

/* The path for rings that wait. */
void gs_ring_put_shared(struct gs_ring *ring, const struct gs_event *event);

/* Where there seems to be no room: makes room. False: there is none, or the ring waits and the
 * event has been put already. */
bool gs_ring_admit(struct gs_ring *ring, const struct gs_event *event);

/* Puts one event; time is in ns since the run began. ring may be NULL: tracing is off. Its parts go
 * straight to their place: an event that is put together elsewhere first is read back before it has
 * left the core's store buffer, and waits for that. */
static inline void gs_ring_put_parts(struct gs_ring *ring, uint64_t time, uint32_t actor,
                                     uint8_t kind, uint8_t flags, uint16_t place, uint64_t a,
                                     uint64_t b)
{
    if (!ring)
        return;
    if (__builtin_expect(ring->head == ring->limit, 0) &&
        !gs_ring_admit(ring, &(struct gs_event){.time = time,
                                                .actor = actor,
                                                .kind = kind,
                                                .flags = flags,
                                                .place = place,
                                                .a = a,
                                                .b = b}))
        return;
    ring->last = time > ring->last ? time : ring->last;
    struct gs_event *to = &ring->events[ring->head & ring->mask];
    /* The collector's core has had it since the last round: on its way before it is needed. */
    __builtin_prefetch(&ring->events[(ring->head + GS_RING_AHEAD) & ring->mask], 1);
    to->time = ring->last;
    to->actor = actor;
    to->kind = kind;
    to->flags = flags;
    to->place = place;
    to->a = a;
    to->b = b;
    /* Release: a consumer that sees the new head sees the event behind it. */
    atomic_store_explicit(&ring->shared->head, ++ring->head, memory_order_release);
}

static inline void gs_ring_put_event(struct gs_ring *ring, struct gs_event e)
{
    gs_ring_put_parts(ring, e.time, e.actor, e.kind, e.flags, e.place, e.a, e.b);
}

/* One whose line, if it has one, is in the program's own file. */
static inline void gs_ring_put(struct gs_ring *ring, uint64_t time, uint32_t actor, uint8_t kind,
                               uint8_t flags, uint64_t a, uint64_t b)
{
    gs_ring_put_parts(ring, time, actor, kind, flags, 0, a, b);
}

/* Writes once to the memory of the next thousand events, where nobody ever did. The kernel gives
 * memory at the first write to each page, every 128 events, and takes 2 to 30 us to do so: called
 * where a few microseconds do not matter, it keeps that out of the hand-over of a GIL. Nothing
 * happens if the ring is closed, if it waits, or if the memory is there. */
void gs_ring_warm(struct gs_ring *ring);

/* Whether the next event will be stored, together with the LOST event that is due in front of it;
 * and to wait, asleep, until it will. */
bool gs_ring_has_room(const struct gs_ring *ring);
void gs_ring_await_room(const struct gs_ring *ring);

/* Ends the ring's use, for every handle that there is. Events still inside stay readable; the ring
 * can be owned again once the collector has drained it. */
void gs_ring_close(struct gs_ring *ring);

#endif
