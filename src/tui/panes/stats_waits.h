/* Who waited for what, lane by lane, below the tables of the statistics pane: what a range is
 * chosen to find out. */
#ifndef GS_TUI_PANES_STATS_WAITS_H
#define GS_TUI_PANES_STATS_WAITS_H

#include "draw/canvas.h"
#include "timeline/judge/stats.h"
#include "tui/parts/box.h"

/* How many lines they take, with their title. */
int gs_stats_waits_lines(const struct gs_stats *stats);

/* The index-th of these lines, into the first row of box, names in so many columns. */
void gs_stats_waits_draw(struct gs_canvas *canvas, struct gs_box box, int names,
                         const struct gs_timeline *timeline, const struct gs_stats *stats,
                         int index);

#endif
