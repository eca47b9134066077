/* The lanes of a run in a box of the screen: what all views that draw lanes begin with. */
#ifndef GS_TUI_VIEWS_IN_BOX_H
#define GS_TUI_VIEWS_IN_BOX_H

#include "draw/lanes.h"
#include "tui/look/look.h"
#include "tui/parts/box.h"

/* Those of look's rows, over a window and with a cursor that need not be its own. No row is
 * selected; the rest is as in a picture of the whole run that nobody steers. Borrows all of it. */
struct gs_lanes_view gs_lanes_in_box(const struct gs_look *look, const struct gs_window *window,
                                     uint64_t cursor, struct gs_box box);

#endif
