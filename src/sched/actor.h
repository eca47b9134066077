/* An actor: whoever has a lane and can wait. Here that is a thread of the scene (an OS thread on
 * both clocks). Actors live until the stage ends, so that a late wake never meets freed memory. */
#ifndef GS_SCHED_ACTOR_H
#define GS_SCHED_ACTOR_H

#include "sched/runtime.h"
#include "sched/sched.h"
#include "trace/ring.h"

#include "base/clock.h"

#include <pthread.h>

struct gs_resource;

struct gs_actor {
    uint32_t id; /* in the trace's table */
    uint32_t parent;
    struct gs_ring *ring; /* NULL: nothing is traced */
    struct gs_ring own_ring;
    enum gs_state state;
    uint32_t state_on;
    uint32_t line;    /* of the scene, when it last left `running` */
    const char *name; /* as the scene gave it; owned by the segment */

    /* Waiting: guarded by the monitor it waits in. */
    struct gs_waitq *queue;
    struct gs_actor *next;
    _Atomic bool woken;
    uint64_t awake_ns;                   /* how long its next wait is spent awake first */
    uint32_t cause;                      /* who ended the last wait: an actor or GS_CAUSE_… */
    uint32_t ended_by;                   /* the same, but not of a wait for a GIL */
    uint64_t deadline;                   /* of the wait it is in; GS_NEVER: none */
    const struct gs_resource *waits_for; /* for the deadlock's sentence; NULL: nothing named */

    struct gs_monitor own; /* to sleep in */
    pthread_cond_t bell;   /* real: woken; virtual: has the baton */
    void *(*entry)(void *);
    void *argument;      /* of entry */
    pthread_t os_thread; /* real: whom a request for the GIL may have to interrupt */

    /* The virtual clock's: guarded by the baton. */
    uint64_t at;     /* its own time */
    uint64_t worked; /* how much of it it spent on a core */
    uint64_t slice_end;
    long heap_place;  /* in the heap of who can run, or -1 */
    long timer_place; /* in the heap of deadlines, or -1 */
    bool has_core;
    bool close; /* it shares memory with others and no lock guards it: see gs_keep_close */
    struct gs_actor *next_for_core;
    uint64_t random;

    struct gs_actor *next_actor; /* all of the stage's */
};

extern _Thread_local struct gs_actor *gs_self;

/* Registers a new thread, in memory of the guest's, in the trace's table and the runtime's list.
 * False with err: the table is full. */
bool gs_actor_init(struct gs_actor *actor, const char *name, uint32_t interpreter, uint32_t flags,
                   struct gs_error *err);

static inline uint64_t gs_now(void)
{
    if (gs_runtime.virtual_clock)
        return gs_self->at;
    return gs_clock_now() - gs_runtime.start_ns;
}

/* Traces one event of the calling actor, now. */
static inline void gs_emit(uint8_t kind, uint8_t flags, uint64_t a, uint64_t b)
{
    struct gs_actor *self = gs_self;
    if (self->ring)
        gs_ring_put(self->ring, gs_now(), self->id, kind, flags, a, b);
}

/* The same for what must not be lost: waits, asleep, until the ring has room. */
void gs_emit_surely(uint8_t kind, uint8_t flags, uint64_t a, uint64_t b);

/* The same at a time the caller has read: for events whose order between actors matters. */
static inline void gs_emit_at(uint64_t time, uint8_t kind, uint8_t flags, uint64_t a, uint64_t b)
{
    gs_ring_put(gs_self->ring, time, gs_self->id, kind, flags, a, b);
}

/* The calling actor is in this state from now on; cause is who ended the one before. Leaving
 * `running` looks the program's line up, so the actor's stack must be its own at that moment. */
void gs_actor_enter_state(enum gs_state state, uint32_t on, uint32_t cause);

/* The same, for a state that began at a time the caller has read. */
void gs_actor_enter_state_at(uint64_t time, enum gs_state state, uint32_t on, uint32_t cause);

/* Brings the calling actor's line up to date, where it runs: elsewhere its stack may not be its
 * own. */
void gs_actor_note_line(void);

/* NULL if no actor has that id: it may be a GS_CAUSE_… */
struct gs_actor *gs_actor_find(uint32_t id);

/* Opens the calling actor's ring; false: as many threads as can be traced are alive already. On the
 * virtual clock all actors share one ring, since one runs at a time. */
bool gs_actor_open_ring(struct gs_error *err);
void gs_actor_close_ring(void);

/* Traces that an actor that runs no code (a process, an interpreter) is there. */
void gs_actor_announce(uint32_t actor, uint32_t parent);

/* The next number of the calling actor's own sequence, which the run's seed determines. */
uint64_t gs_actor_random(void);

/* Adds text to the trace's strings; 0 when tracing is off or the arena is full. */
uint32_t gs_actor_string(const char *text, size_t length);

#endif
