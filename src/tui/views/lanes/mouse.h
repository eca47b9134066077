/* What the mouse does in the lanes view: a click moves the cursor and selects, the wheel zooms
 * around the pointer or scrolls a pane, drawing along the lanes chooses a range. */
#ifndef GS_TUI_VIEWS_LANES_MOUSE_H
#define GS_TUI_VIEWS_LANES_MOUSE_H

#include "tui/ui.h"

void gs_lanes_pointed(struct gs_ui *ui, void *state, const struct gs_pointer *pointer);

#endif
