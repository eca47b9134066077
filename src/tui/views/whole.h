/* The line above the lanes that stands for the whole run, where they show a part of it, or the
 * whole so far out that it cannot be read. */
#ifndef GS_TUI_VIEWS_WHOLE_H
#define GS_TUI_VIEWS_WHOLE_H

#include "draw/overview.h"
#include "tui/look/look.h"
#include "tui/parts/box.h"

/* Whether there is something to say, and room: `lines` is what the lanes fill, `legible` whether
 * the whole could be read in them. */
bool gs_whole_is_due(const struct gs_look *look, struct gs_box lanes, int lines, bool legible);

/* Draws it in the box's first line, and takes that away from the box. */
void gs_whole_draw(struct gs_overview *overview, const struct gs_look *look,
                   struct gs_canvas *canvas, int title_width, struct gs_box *box);

#endif
