/* The way that Enter went: from the lane and instant where it was pressed to the one that it led
 * to, and back. */
#ifndef GS_TUI_LOOK_TRAIL_H
#define GS_TUI_LOOK_TRAIL_H

#include "tui/look/look.h"

/* Goes to a lane at a time, see gs_cursor_go, and remembers where it came from. */
void gs_trail_go(struct gs_look *look, struct gs_row_name row, uint64_t time);

/* Back by one step. False: it is where it began. */
bool gs_trail_back(struct gs_look *look);

#endif
