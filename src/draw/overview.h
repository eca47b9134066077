/* The whole run in one line: how many threads ran or wanted to, column by column, and which part of
 * it the lanes below show. What was counted is kept, so that while the run goes on a frame counts
 * no more than what is new. */
#ifndef GS_DRAW_OVERVIEW_H
#define GS_DRAW_OVERVIEW_H

#include "draw/canvas.h"
#include "timeline/timeline.h"

/* Zero at first; gs_overview_free gives back what it holds. */
struct gs_overview {
    uint64_t span, now;  /* ns that the line stands for, and how far the run has come */
    int done;            /* columns that lie behind now as a whole */
    double most;         /* threads in the fullest column */
    GS_VEC(double) busy; /* a column each */
};

/* Counts as far as now. Looks at all actors, for each column that it has not counted yet. */
void gs_overview_take(struct gs_overview *overview, const struct gs_timeline *timeline,
                      uint64_t span, uint64_t now, int columns);

/* Its title from x on, the columns behind title_width cells, the stretch from … until in brackets,
 * which stand beside it. */
void gs_overview_draw(struct gs_canvas *canvas, const struct gs_overview *overview, int x, int y,
                      int title_width, uint64_t from, uint64_t until);

/* The middle of what a column stands for; false: there is no such one, or the run has not come to
 * it. */
bool gs_overview_time(const struct gs_overview *overview, int column, uint64_t *time);

void gs_overview_free(struct gs_overview *overview);

#endif
