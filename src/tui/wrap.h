/* Text on several lines: broken at blanks, cut with an ellipsis where the room ends. */
#ifndef GS_TUI_WRAP_H
#define GS_TUI_WRAP_H

#include "tui/box.h"

#include "draw/canvas.h"

/* Draws text into box; returns the lines it took. Text must be safe to print. */
int gs_wrap_draw(struct gs_canvas *canvas, struct gs_box box, unsigned role, unsigned style,
                 const char *text);

/* Lines that text would take at this width. */
int gs_wrap_lines(const char *text, int width);

#endif
