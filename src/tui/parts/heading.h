/* The line above a part of the screen: its name, and whether it has the arrow keys. */
#ifndef GS_TUI_PARTS_HEADING_H
#define GS_TUI_PARTS_HEADING_H

#include "tui/parts/box.h"

#include "draw/canvas.h"

/* In the first row of box. The title must be safe to print. Returns the column behind it. */
int gs_heading_draw(struct gs_canvas *canvas, struct gs_box box, bool focused, const char *title);

#endif
