/* What one stage process has one of: the trace it writes, its clock, its costs, its actors. Set up
 * before the first actor runs and constant afterwards, but for what names its guard. */
#ifndef GS_SCHED_RUNTIME_H
#define GS_SCHED_RUNTIME_H

#include "base/error.h"
#include "sched/costs.h"
#include "trace/segment.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct gs_actor;
struct gs_sched_ops;

struct gs_runtime {
    struct gs_segment *segment;
    struct gs_control *control;
    const struct gs_sched_ops *ops;
    bool virtual_clock;
    bool traced;
    uint64_t start_ns; /* CLOCK_MONOTONIC at time 0 */
    enum gs_gil_profile gil;
    uint32_t cores;
    uint64_t interval_ns; /* that a GIL begins with */
    uint64_t seed;
    struct gs_costs costs;
    uint32_t process; /* actor id of the stage's process */
    const char *scene_file;

    /* The guest's: the line of the program that the calling actor is at. False: it is in none of
     * the program's code. Called by an actor whose stack is its own. NULL: nothing has lines. */
    bool (*find_line)(uint32_t *line);

    /* The guest's: nobody can ever go on; names it and ends the run. NULL: gs_deadlock_report. */
    void (*stalled)(void);

    /* The guest's: nobody goes on; fills in what the actors of the process wait for, in their
     * slots. The caller is any of them. */
    void (*describe)(void);

    /* The guest's: gs_baton_end_run has been called, in this process or another; the caller is in
     * the first. Ends it. */
    void (*over)(void);

    /* The guest's: a process of the family was killed at that time of the run, as waitpid tells it
     * (-1: nobody knows how); its actors are about to be buried. NULL: nobody wants to know. */
    void (*died)(uint32_t process, uint64_t time, int status);

    /* The guest's: nobody of the family can go on before that time of the run (GS_NEVER: ever). It
     * may wait, really, for what comes from outside. True: somebody may have been made ready, ask
     * again. NULL: nothing comes from outside. */
    bool (*idle)(uint64_t until);

    /* The guest's: the calling actor goes on, after others had the baton. NULL: nothing to do. */
    void (*resumed)(void);

    /* The guest's: a time has come that a process of the family has set for this slot by
     * gs_baton_set_alarm. */
    void (*alarm)(uint32_t slot, uint64_t time);

    struct gs_actor *actors, *last_actor; /* in the order of being made; guarded by actors_mutex */
    pthread_mutex_t actors_mutex;
    _Atomic uint32_t failures; /* checks that did not hold, uncaught errors, deadlocks */
    enum gs_expectation expects;
};

extern struct gs_runtime gs_runtime;

/* Fills gs_runtime from the order in the segment; values that order and scene leave open get their
 * defaults. Also writes what was chosen into the control block. False: the process cannot join the
 * run's family. */
struct gs_runtime_conf {
    struct gs_segment *segment;
    enum gs_clock_kind clock;
    enum gs_gil_profile gil;
    uint32_t cores;
    uint64_t interval_ns;
    uint64_t seed;
    struct gs_costs costs;
    const char *scene_file;
    enum gs_expectation expects;
    uint32_t python; /* see struct gs_facts */
};
bool gs_runtime_init(const struct gs_runtime_conf *conf, struct gs_error *err);

/* The same for a program that was started in a run that goes on, on the virtual clock: the place in
 * the family, and the process's actor id, were made for it. */
struct gs_family_place;
bool gs_runtime_join(const struct gs_runtime_conf *conf, const struct gs_family_place *place,
                     uint32_t process, struct gs_error *err);

/* Ends the stage's process with the END event and the status that its failures make. Called by the
 * main actor once all other non-daemon actors are gone, or by whoever finds a deadlock. */
_Noreturn void gs_runtime_end(void);

#endif
