/* The line above the lanes that stands for the whole run, where they show a part of it, or the
 * whole so far out that it cannot be read. */
#ifndef GS_TUI_VIEWS_WHOLE_H
#define GS_TUI_VIEWS_WHOLE_H

#include "draw/overview.h"
#include "tui/look/look.h"
#include "tui/parts/box.h"

/* Whether the lanes show no more than a part of what there is. */
bool gs_whole_is_part(const struct gs_look *look);

/* Draws it in the box's first line, and takes that away from the box. */
void gs_whole_draw(struct gs_overview *overview, const struct gs_look *look,
                   struct gs_canvas *canvas, int title_width, struct gs_box *box);

#endif
