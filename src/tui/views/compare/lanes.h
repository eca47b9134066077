/* The lanes of runs that are compared, a strip for each, below each other under one axis. */
#ifndef GS_TUI_VIEWS_COMPARE_LANES_H
#define GS_TUI_VIEWS_COMPARE_LANES_H

#include "tui/parts/box.h"
#include "tui/views/compare/draw.h"

/* Where they stand; a legend of no height is left out. */
struct gs_compare_boxes {
    struct gs_box axis, strips, legend;
};

/* Fills in what the state says of strips and columns. */
void gs_compare_lanes(struct gs_ui *ui, struct gs_compare_state *state,
                      const struct gs_compare_boxes *boxes);

#endif
