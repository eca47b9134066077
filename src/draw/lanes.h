/* Timeline → canvas: the time axis, the lanes, the GIL's owners, labels in brackets, the total's
 * bracket. Used by the lanes view, by `--print lanes` and by every exporter that draws. */
#ifndef GS_DRAW_LANES_H
#define GS_DRAW_LANES_H

#include "draw/canvas.h"
#include "timeline/rows.h"

struct gs_lanes_view {
    const struct gs_timeline *timeline;
    const struct gs_rows *rows;
    uint64_t from, until; /* the window of time, ns; until > from */
    int x, y, width, height;
    int title_width;  /* columns left of the lanes; 0: as wide as the longest title, at most a
                         quarter of the width */
    size_t first_row; /* of rows: scrolled by so many */
    long selected;    /* row under the cursor, or -1 */
    uint64_t cursor;  /* time under the cursor; UINT64_MAX: none */
    bool totals;      /* a bracket with the total time under the lanes */
};

/* Draws axis and lanes. A column shows the state with the largest share of its time and is styled
 * (dim edge glyph, see lanes.c) when another state shares it; labels are drawn as [label] where
 * they fit, over running stretches, waits between them as lines. Returns the rows used. */
int gs_lanes_draw(struct gs_canvas *canvas, const struct gs_lanes_view *view);

/* Time of a column's left edge, and the column of a time (-1: outside). */
uint64_t gs_lanes_time(const struct gs_lanes_view *view, int column);
int gs_lanes_column(const struct gs_lanes_view *view, uint64_t time);
int gs_lanes_title_width(const struct gs_lanes_view *view);

/* Glyph and word of every state that the rows show in the window, in one line. */
int gs_lanes_legend(struct gs_canvas *canvas, const struct gs_lanes_view *view, int x, int y,
                    int width);

#endif
