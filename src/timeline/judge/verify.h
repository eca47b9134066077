/* The invariants that hold in every trace, tested on one:
 * one owner a GIL, and a lock, at a time; nobody `running` in an interpreter with a GIL without
 * owning it; times never go back in an actor; every wait that ended has a cause; every actor that
 * was born dies or is alive at the end; label spans nest; a message is received after it was sent,
 * whole; one task is on a loop at a time, but for those that it began inside its own step, and does
 * what its thread does. Lost events are no violation, but make some undecidable: what lies behind a
 * loss on a lane is not judged until its next state event. */
#ifndef GS_TIMELINE_JUDGE_VERIFY_H
#define GS_TIMELINE_JUDGE_VERIFY_H

#include "timeline/timeline.h"

struct gs_violation {
    uint64_t time;
    uint32_t actor;
    char text[256]; /* which rule, who, when, in plain words; safe to print */
};

struct gs_violations {
    GS_VEC(struct gs_violation) list; /* the first 100, by time */
    uint64_t count;                   /* all of them */
};

/* True if there are none. Free the list with gs_vec_free. */
bool gs_verify(const struct gs_timeline *timeline, struct gs_violations *violations);

#endif
