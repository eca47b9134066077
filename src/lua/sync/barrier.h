/* Barrier: threading.Barrier, where so many threads wait for each other. The last to come may run
 * an action while the others still wait; that is the caller's to do, so arriving and opening are
 * two steps. The functions are called with the GIL held.
 *
 * CPython's is Python on top of a condition: who waits has to run again before it leaves, and until
 * the last one has, nobody comes in for the next round. Who breaks the barrier meanwhile breaks it
 * for those as well. */
#ifndef GS_LUA_SYNC_BARRIER_H
#define GS_LUA_SYNC_BARRIER_H

#include "base/error.h"
#include "lua/sync/block.h"

struct gs_barrier {
    struct gs_resource resource; /* owner: the last one has come and runs the action; CPython has
                                    the condition's lock meanwhile */
    uint32_t parties;
    double timeout; /* s, of a wait that names none; negative: no limit */
    uint32_t count; /* have come in and not left; guarded by the monitor, like all that follows */
    enum gs_barrier_state {
        GS_BARRIER_FILLING,
        GS_BARRIER_DRAINING,  /* the round has passed: until all have left */
        GS_BARRIER_RESETTING, /* it was reset: until all have left */
        GS_BARRIER_IS_BROKEN  /* until it is reset */
    } state;
};

enum gs_barrier_end {
    GS_BARRIER_PASSED,
    GS_BARRIER_LAST, /* everybody is there: run the action, then open (or break) it */
    GS_BARRIER_BROKEN
};

/* The caller holds the first reference. NULL: no memory. */
struct gs_barrier *gs_barrier_new(uint32_t parties, double timeout, const char *name);

/* Waits for the round to be full; index gets how many had come before the caller. After so many
 * seconds in the round (negative: never) it breaks the barrier. */
enum gs_barrier_end gs_barrier_wait(struct gs_barrier *barrier, double timeout, uint32_t *index);

/* After GS_BARRIER_LAST, one of them, once: the round passes, or breaks as by abort; the caller has
 * left it. */
void gs_barrier_open(struct gs_barrier *barrier);
void gs_barrier_break(struct gs_barrier *barrier);

/* Breaks it for all who are in it and all who come. Like reset it blocks while an action runs. */
void gs_barrier_abort(struct gs_barrier *barrier);

/* Back to empty; who waits for a round to be full gets GS_BARRIER_BROKEN. */
void gs_barrier_reset(struct gs_barrier *barrier);

/* 0 while those of a round leave. */
uint32_t gs_barrier_waiting(struct gs_barrier *barrier);
bool gs_barrier_is_broken(struct gs_barrier *barrier);

#endif
