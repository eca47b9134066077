/* Timeline → canvas, the other picture: one instant of a run. Each process is a box, in it one for
 * each interpreter with the owner of its GIL in the edge, and in that its threads and what each of
 * them does. Used by the screen and by `--print boxes`. */
#ifndef GS_DRAW_BOXES_BOXES_H
#define GS_DRAW_BOXES_BOXES_H

#include "draw/canvas.h"
#include "timeline/rows.h"

struct gs_boxes_view {
    const struct gs_timeline *timeline;
    const struct gs_rows *rows; /* what is shown, in this order; a folded group is one line */
    uint64_t time;              /* the instant, ns */
    int x, y, width;
    int height;    /* 0: as many lines as it takes to tell everything */
    long selected; /* row under the cursor, or -1 */
};

/* Where not all fits, first those that have ended go, then an interpreter's threads are one line
 * with the number of each state, then its box is left out; and at last only the boxes around the
 * selected row are drawn, and said how many are not. Returns the lines used. */
int gs_boxes_draw(struct gs_canvas *canvas, const struct gs_boxes_view *view);

/* The lines that gs_boxes_draw would use. */
int gs_boxes_height(const struct gs_boxes_view *view);

#endif
