/* What columns of lanes have come to, for who draws one frame after the other: while the window
 * stays, a frame looks at no more than what is new. A column is kept once the lane has gone on
 * behind it, since what a lane did before its last change changes no more. */
#ifndef GS_DRAW_KEPT_H
#define GS_DRAW_KEPT_H

#include "base/vec.h"
#include "timeline/timeline.h"

struct gs_settled; /* a column, see parts.h */

struct gs_kept_lane {
    uint32_t actor;
    int done; /* the columns that are kept */
    GS_VEC(struct gs_settled) columns;
};

/* Zero at first; gs_kept_free gives back what it holds. */
struct gs_kept {
    const struct gs_timeline *timeline;
    uint64_t from, until, whole_from; /* of the window; of what the timeline has of the run */
    int columns;
    size_t at; /* the lane that was asked for last: they come in the same order each time */
    GS_VEC(struct gs_kept_lane) lanes;
};

/* A frame begins, of so many columns. Of another window nothing is kept. */
void gs_kept_begin(struct gs_kept *kept, const struct gs_timeline *timeline, uint64_t from,
                   uint64_t until, int columns);

/* What there is of the actor's lane, with room for all its columns; valid until the next call. */
struct gs_kept_lane *gs_kept_lane(struct gs_kept *kept, uint32_t actor);

void gs_kept_free(struct gs_kept *kept);

#endif
