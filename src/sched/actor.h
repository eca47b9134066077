/* The calling actor: what time it is for it, what it traces, the state that its lane is in. */
#ifndef GS_SCHED_ACTOR_H
#define GS_SCHED_ACTOR_H

#include "sched/family.h"
#include "sched/runner.h"
#include "sched/runtime.h"

#include "base/clock.h"

extern _Thread_local struct gs_actor *gs_self;

static inline uint64_t gs_now(void)
{
    if (gs_runtime.virtual_clock)
        return gs_family->slot[gs_runner_of(gs_self)->slot].at;
    return gs_clock_now() - gs_runtime.start_ns;
}

/* Traces one event of the calling actor, now. */
static inline void gs_emit(uint8_t kind, uint8_t flags, uint64_t a, uint64_t b)
{
    struct gs_runner *self = gs_runner_of(gs_self);
    struct gs_ring *ring = self->ring;
    if (ring)
        gs_ring_put(ring, gs_now(), self->actor.id, kind, flags, a, b);
}

/* The same for what must not be lost: waits, asleep, until the ring has room. */
void gs_emit_surely(uint8_t kind, uint8_t flags, uint64_t a, uint64_t b);

/* The same at a time the caller has read: for events whose order between actors matters. */
static inline void gs_emit_at(uint64_t time, uint8_t kind, uint8_t flags, uint64_t a, uint64_t b)
{
    gs_ring_put(gs_runner_of(gs_self)->ring, time, gs_self->id, kind, flags, a, b);
}

/* The calling actor is in this state from now on; cause is who ended the one before. Leaving
 * `running` looks the program's line up, so the actor's stack must be its own at that moment. */
void gs_actor_enter_state(enum gs_state state, uint32_t on, uint32_t cause);

/* The same, for a state that began at a time the caller has read. */
void gs_actor_enter_state_at(uint64_t time, enum gs_state state, uint32_t on, uint32_t cause);

/* Brings the calling actor's line up to date, where it runs: elsewhere its stack may not be its
 * own. */
void gs_actor_note_line(void);

/* Enters a new actor in the process's list. NULL from find: no actor of the process has that id, it
 * may be a GS_CAUSE_…. Both take as long with many actors as with few. */
void gs_actor_enlist(struct gs_actor *actor);
struct gs_actor *gs_actor_find(uint32_t id);

/* Traces that an actor that runs no code (a process, an interpreter) is there. */
void gs_actor_announce(uint32_t actor, uint32_t parent);

/* Adds text to the trace's strings; 0 when tracing is off or the arena is full. */
uint32_t gs_actor_string(const char *text, size_t length);

#endif
