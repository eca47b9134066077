/* A stretch of time that somebody chose: from a mark of his to the cursor, until he ends it there,
 * or drawn with the mouse. */
#ifndef GS_TUI_LOOK_RANGE_H
#define GS_TUI_LOOK_RANGE_H

#include "tui/look/look.h"

/* Begins one at the cursor; ends the one that was begun; of one that has ended begins another. */
void gs_range_mark(struct gs_look *look);

/* From one instant to another, in any order, at once. */
void gs_range_select(struct gs_look *look, uint64_t one, uint64_t other);

/* False: there is none. */
bool gs_range_forget(struct gs_look *look);

/* What the picture shows of it, also while it goes on; both 0: there is none. */
struct gs_range_shown {
    uint64_t from, until;
};
struct gs_range_shown gs_range_shown(const struct gs_look *look);

#endif
