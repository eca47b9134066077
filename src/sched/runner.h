/* What runs: an OS thread on both clocks, with a lane of its own, a ring to trace into and a bell
 * to sleep by. On the virtual clock it has a slot in the family's tables, too. */
#ifndef GS_SCHED_RUNNER_H
#define GS_SCHED_RUNNER_H

#include "sched/lane.h"
#include "sched/off_core.h"
#include "sched/sched.h"
#include "trace/ring.h"

#include <pthread.h>

struct gs_runner {
    struct gs_actor actor; /* first: gs_self is the runner's, too */
    struct gs_ring *ring;  /* NULL: nothing is traced */
    struct gs_ring own_ring;
    uint64_t random; /* state of its own sequence */

    void *(*entry)(void *);
    void *argument;        /* of entry */
    struct gs_monitor own; /* to sleep in */

    /* The real clock's. */
    pthread_cond_t bell;
    uint64_t awake_ns;   /* how long its next wait is spent awake first */
    pthread_t os_thread; /* whom a request for the GIL may have to interrupt */
    struct gs_off_core off_core;

    uint32_t slot; /* the virtual clock's: see family.h */
};

static inline struct gs_runner *gs_runner_of(struct gs_actor *actor)
{
    return (struct gs_runner *)actor;
}

/* Registers a new one, in memory of the guest's, in the trace's table and the process's list. False
 * with err: a table is full. */
bool gs_runner_init(struct gs_runner *runner, const char *name, uint32_t interpreter,
                    uint32_t flags, struct gs_error *err);

/* The same for a thread that the guest starts by itself and whose lane it tells by itself: it has
 * no name, nothing is traced for it, and it is in no list. */
bool gs_runner_adopt(struct gs_runner *runner, struct gs_error *err);

/* The same in a slot that was taken for it. */
void gs_runner_adopt_in(struct gs_runner *runner, uint32_t slot);

/* Starts its OS thread, which finds itself in gs_self and its ring open; for the clocks, see
 * gs_spawn. */
bool gs_runner_start(struct gs_runner *runner, struct gs_error *err);

/* Before the runner traces anything, and after it has traced all; false: as many threads as can be
 * traced are alive already. On the virtual clock all share one ring, since one runs at a time. */
bool gs_runner_open_ring(struct gs_runner *runner, struct gs_error *err);
void gs_runner_close_ring(struct gs_runner *runner);

/* The next number of the calling runner's own sequence, which the run's seed determines. */
uint64_t gs_runner_random(void);

/* Begins the calling runner's sequence anew. */
void gs_runner_reseed(void);

/* How long a wake takes on the virtual clock, by the calling runner's sequence: half to one and a
 * half times its price, a quarter of them twice that, a quarter of these twice that again … (at
 * most six times). A machine's wakes are like that, and it must be so: with one fixed time, whoever
 * is woken meets a loop that releases the GIL at the same place each time, and may never get it. */
uint64_t gs_wake_latency(void);

#endif
