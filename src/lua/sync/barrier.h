/* Barrier: threading.Barrier, where so many threads wait for each other. The last to come may run
 * an action while the others still wait; that is the caller's to do, so arriving and opening are
 * two steps. The functions are called with the GIL held. */
#ifndef GS_LUA_SYNC_BARRIER_H
#define GS_LUA_SYNC_BARRIER_H

#include "base/error.h"
#include "lua/sync/block.h"

struct gs_barrier_waiter;

struct gs_barrier {
    struct gs_resource resource; /* owner: the last one has come and runs the action */
    uint32_t parties;
    double timeout;                    /* s, of a wait that names none; negative: no limit */
    uint32_t count;                    /* guarded by the monitor, like all that follows */
    bool broken;                       /* until it is reset */
    struct gs_waitq doorway;           /* who came while the action runs, for the next round */
    struct gs_barrier_waiter *arrived; /* of the round that gathers, but for the last one */
};

enum gs_barrier_end {
    GS_BARRIER_PASSED,
    GS_BARRIER_LAST, /* everybody is there: run the action, then open (or break) it */
    GS_BARRIER_BROKEN
};

/* The caller holds the first reference. NULL: no memory. */
struct gs_barrier *gs_barrier_new(uint32_t parties, double timeout, const char *name);

/* Waits for the round to be full; index gets how many had come before the caller. A deadline that
 * comes before breaks the barrier. */
enum gs_barrier_end gs_barrier_wait(struct gs_barrier *barrier, uint64_t deadline, uint32_t *index);

/* After GS_BARRIER_LAST, one of them, once: the round passes, or breaks as by abort. */
void gs_barrier_open(struct gs_barrier *barrier);
void gs_barrier_break(struct gs_barrier *barrier);

/* Breaks it for all who wait and all who come. Like reset it blocks while an action runs. */
void gs_barrier_abort(struct gs_barrier *barrier);

/* Back to empty; who waits gets GS_BARRIER_BROKEN. */
void gs_barrier_reset(struct gs_barrier *barrier);

uint32_t gs_barrier_waiting(struct gs_barrier *barrier);
bool gs_barrier_is_broken(struct gs_barrier *barrier);

#endif
