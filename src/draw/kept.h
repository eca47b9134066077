/* What columns of lanes have come to, for who draws one frame after the other: while the window
 * stays, a frame looks at no more than what is new. A column is kept once the lane has gone on
 * behind it, since what a lane did before its last change changes no more. Cells are kept as long
 * as all the row's columns are what they were: a lane on which nothing happens costs a copy. */
#ifndef GS_DRAW_KEPT_H
#define GS_DRAW_KEPT_H

#include "base/vec.h"
#include "draw/canvas.h"
#include "timeline/timeline.h"

struct gs_settled; /* a column, see parts.h; … */
struct gs_column;  /* … and what is drawn of it */
struct gs_slot;    /* of a lane of owners, see owners.c */

struct gs_kept_lane {
    uint32_t actor;
    int done; /* the columns that are kept as they were settled */
    int come; /* the first that the run had not come to: from there on all are blank */
    GS_VEC(struct gs_settled) last;  /* of those the last but one, and the last */
    GS_VEC(struct gs_column) whole;  /* the others, as they are before they are calmed, … */
    GS_VEC(struct gs_column) column; /* … and all, as they were drawn */
    int stretch;                  /* the first of those that are calmed with the next ones, … */
    int ran;                      /* … how many of them ran briefly, … */
    bool hushed;                  /* … and are drawn as if they had not */
    GS_VEC(struct gs_cell) cells; /* what the columns fill, a line after the other; none: unknown */
    int lines;                    /* so many */
    int slots_done;               /* of an owner's lane the columns that are kept … */
    long last_hold; /* … which hold, counted from 0, was the last that had begun by their end */
    GS_VEC(struct gs_slot) slots;
};

/* Zero at first; gs_kept_free gives back what it holds. */
struct gs_kept {
    const struct gs_timeline *timeline;
    uint64_t from, until, whole_from; /* of the window; of what the timeline has of the run */
    int columns;
    bool ascii, two; /* of the canvas */
    size_t at;       /* the lane that was asked for last: they come in the same order each time */
    GS_VEC(struct gs_kept_lane) lanes;
};

/* A frame begins, of so many columns. Of another window, or for a canvas with other signs, nothing
 * is kept. */
void gs_kept_begin(struct gs_kept *kept, const struct gs_timeline *timeline, uint64_t from,
                   uint64_t until, int columns, const struct gs_canvas *canvas);

/* What there is of the actor's lane, with room for all its columns; valid until the next call. */
struct gs_kept_lane *gs_kept_lane(struct gs_kept *kept, uint32_t actor);

void gs_kept_free(struct gs_kept *kept);

#endif
