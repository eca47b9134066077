/* The picture of a comparison: a strip of lanes for each run, below each other under one axis, the
 * table of differences, and the words about the selected lane. */
#ifndef GS_TUI_VIEWS_COMPARE_DRAW_H
#define GS_TUI_VIEWS_COMPARE_DRAW_H

#include "draw/lanes.h"
#include "tui/ui.h"
#include "tui/views/compare/differences.h"

/* The table stands below the lanes where there is room for both. Where there is not, it gives way,
 * or they do. */
enum gs_differences_place { GS_DIFFERENCES_BELOW, GS_DIFFERENCES_CLOSED, GS_DIFFERENCES_ALONE };

/* Drawing finds out what the keys need: how many rows and columns there are. */
struct gs_compare_state {
    struct gs_differences_pane differences;
    enum gs_differences_place place;
    bool differences_shown, lanes_shown; /* as last drawn */
    size_t first, end;                   /* the strips that are shown */
    size_t first_row[GS_COMPARISON_MOST];
    int visible_rows[GS_COMPARISON_MOST];
    struct gs_lanes_view drawn[GS_COMPARISON_MOST]; /* as last drawn; of height 0: it is not */
    int columns;                                    /* of time */
};

void gs_compare_draw(struct gs_ui *ui, void *state);

#endif
