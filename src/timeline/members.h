/* Which tasks stand behind what another one awaits: the children of gather, of a TaskGroup, of wait
 * and of as_completed. Each that was not done is told when it begins to await them. */
#ifndef GS_TIMELINE_MEMBERS_H
#define GS_TIMELINE_MEMBERS_H

#include "timeline/timeline.h"

struct gs_members {
    uint32_t of;     /* they are, done or not; 0: not known */
    uint32_t undone; /* at least: of those that were told */
    uint32_t untold; /* how many more may not be done */
};

/* At an instant of the task's span, in which it awaits them. The first of those that are not done
 * go into undone, as many as fit (most may be 0). */
struct gs_members gs_members_at(const struct gs_timeline *timeline, uint32_t task,
                                const struct gs_span *span, uint64_t time, uint32_t *undone,
                                size_t most);

/* What threads were given to do, and the task awaits the results of. */
struct gs_members_handed {
    uint64_t first; /* that is not done, else the first: its message, as in an event; 0: none is */
    uint32_t of;    /* they are, done or not */
    uint32_t run;   /* by threads that are not done with them */
    uint32_t untaken; /* by anybody */
};

/* At an instant of the task's span. The first of the threads go into runners, as many as fit. */
struct gs_members_handed gs_members_handed(const struct gs_timeline *timeline, uint32_t task,
                                           const struct gs_span *span, uint64_t time,
                                           uint32_t *runners, size_t most);

struct gs_taker {
    uint32_t actor; /* 0: nobody has taken it yet */
    bool runs;      /* … and it is not done */
};
struct gs_taker gs_members_taker(const struct gs_timeline *timeline, uint64_t item, uint64_t time);

#endif
