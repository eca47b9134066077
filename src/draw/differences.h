/* Several runs as a table of what differs: time, cores busy, hand-offs, turns of loops, waits by
 * state, memory. Printed by `gilscope compare`, and drawn under the lanes that are compared. */
#ifndef GS_DRAW_DIFFERENCES_H
#define GS_DRAW_DIFFERENCES_H

#include "draw/table.h"
#include "timeline/timeline.h"

enum { GS_DIFFERENCES_MOST = 26 /* runs: they are called A to Z */ };

struct gs_different {
    const char *called;                 /* as the user calls it */
    const struct gs_timeline *timeline; /* NULL: it has not begun */
};

/* Fills the empty table, a row a run: at most GS_DIFFERENCES_MOST. Free it with gs_table_free. */
void gs_differences_take(struct gs_table *table, const struct gs_different *runs, size_t count);

#endif
