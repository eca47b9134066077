/* Whose name stands in a sentence has there the colour of its lane. */
#ifndef GS_TUI_VIEWS_NAMED_H
#define GS_TUI_VIEWS_NAMED_H

#include "tui/look/look.h"
#include "tui/parts/box.h"

/* Colours the names of the actors of so many rows, as the lanes show them, in the text that is
 * drawn in box. */
void gs_named_colour(struct gs_canvas *canvas, struct gs_box box, const struct gs_look *look,
                     size_t scrolled, size_t count);

#endif
