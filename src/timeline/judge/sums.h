/* What a run or a stretch of it comes to, in few numbers: what runs, and phases, are compared by.
 */
#ifndef GS_TIMELINE_JUDGE_SUMS_H
#define GS_TIMELINE_JUDGE_SUMS_H

#include "timeline/timeline.h"

struct gs_sums {
    uint64_t ns;
    uint64_t state_ns[GS_STATES]; /* of all its threads */
    double cores;                 /* busy, on average */
    uint64_t hand_offs, turns;    /* of GILs; of loops */
    uint64_t memory;              /* bytes, of all its processes at most; 0: not measured */
    uint64_t sent_bytes;          /* messages */
};

/* What lies between the two instants, the latter one excluded; 0 and UINT64_MAX: all that is there,
 * of a run that goes on so far. Looks at every lane. */
struct gs_sums gs_sums_take(const struct gs_timeline *timeline, uint64_t from, uint64_t until);

#endif
