/* The Global Interpreter Lock, after CPython's Python/ceval_gil.c (3.2 to 3.13, "new GIL") and
 * Python/ceval.c before it (2.7, the release every 100 ticks). A mutex, a queue of who wants it and
 * a queue of who waits for somebody else to have it:
 *
 * want    wait for the switch interval; if it timed out and nobody switched meanwhile, set the drop
 *         request; again.
 * drop    let go; if the request was set, wait until another thread has taken it (forced switch).
 *
 * Profile 2.7 has no request: the holder lets go every 100 instructions and takes it again at once,
 * and whoever was woken finds it taken: the convoy effect. */
#ifndef GS_LUA_VM_GIL_H
#define GS_LUA_VM_GIL_H

#include "sched/sched.h"
#include "trace/control.h"
#include "trace/event.h"

#include <stdatomic.h>

/* What a GIL counts of itself, so that a scene can state its claims about it. */
#define GS_GIL_LINES 256
struct gs_gil_counters {
    uint64_t hand_offs;      /* taken by another thread than the last holder */
    uint64_t requests;       /* drop requests set */
    uint64_t releases;       /* of profile 2.7's: every 100 instructions */
    uint64_t shortest_asked; /* ns from take to drop of the shortest hold that ended because it was
                                asked to, or lost a race of 2.7's; GS_NEVER: none has */
    uint32_t asked_at[GS_GIL_LINES]; /* hand-overs that were asked for, by the scene's line */
};

struct gs_memory;
struct gs_race;

struct gs_gil {
    enum gs_gil_profile profile;
    uint32_t interpreter; /* actor id, for the trace */
    uint64_t interval_ns;
    struct gs_monitor monitor;
    /* Who wants it, guarded by monitor like all that follows. Two groups, as glibc's condition
     * variables have them (nptl/pthread_cond_wait.c): a signal goes to the older one, and only when
     * that is empty does the younger one take its place. */
    struct gs_waitq older, younger;
    struct gs_actor
        *asker; /* who set the drop request last, and until when he has not slept again */
    uint64_t awake_until;
    struct gs_waitq switched; /* the dropper, until somebody else has taken it */
    struct gs_actor *holder, *last_holder;
    struct gs_race *racing; /* 2.7: of who has let go for a moment, which is told only if another
                               takes it meanwhile; NULL: nobody has */
    uint32_t untold;        /* races that are lost, but not told yet by who lost */
    struct gs_waitq told;
    uint64_t switch_number;
    uint64_t taken_at;
    uint64_t stamp;    /* time of the last take or drop: they are never told out of order */
    uint32_t asked_by; /* who set the drop request */
    struct gs_gil_counters counters;
    _Atomic bool drop_request; /* read by the holder without the monitor */
    _Atomic uint32_t wanters;  /* who waits for it or is on his way; while there are any, the
                                  holder's calls are not freed, see memory.h */
    struct gs_memory *memory;  /* the interpreter's */
};

/* profile is not OFF: a free-threaded interpreter has no GIL. memory is the interpreter's. */
void gs_gil_init(struct gs_gil *gil, uint32_t interpreter, enum gs_gil_profile profile,
                 uint64_t interval_ns, struct gs_memory *memory);

/* Blocks until the caller holds it and has a core; the lane is `wants-gil` (then perhaps `ready`)
 * and at last `running`. cause is who ended the state the caller was in. */
void gs_gil_take(struct gs_gil *gil, uint32_t cause);

/* The same for a caller whose lane has been `wants-gil` since then, because it left another GIL for
 * this one: if this one is free by now, who let go of it meanwhile ended the wish. */
void gs_gil_take_next(struct gs_gil *gil, uint64_t since);

/* Lets go; with a drop request set, blocks until another has it. The caller has changed its state
 * from `running` before; where it ends (GS_DROP_EXIT), this does, at the same instant. */
void gs_gil_drop(struct gs_gil *gil, enum gs_drop why);

/* The holder's check point, which it reached at that time: hands over if it was asked to (2.7:
 * releases and races). */
void gs_gil_check_point(struct gs_gil *gil, uint64_t reached);

/* What it has counted so far: a copy, taken under the monitor. */
struct gs_gil_counters gs_gil_counters(struct gs_gil *gil);

/* The same, and the shortest hold is looked for anew from now on. */
struct gs_gil_counters gs_gil_restart_shortest(struct gs_gil *gil);

/* The switch interval of waits that begin from now on. */
void gs_gil_set_interval(struct gs_gil *gil, uint64_t interval_ns);

#ifdef GS_HOSTILE
/* Behaves as if a waiter, if there is one, had asked. */
void gs_gil_force(struct gs_gil *gil);
#endif

#endif
