/* Text on several lines: broken at blanks, cut with an ellipsis where the room ends. */
#ifndef GS_TUI_PARTS_WRAP_H
#define GS_TUI_PARTS_WRAP_H

#include "tui/parts/box.h"

#include "draw/canvas.h"

#include <stddef.h>

/* Draws text into box; returns the lines it took. Text must be safe to print. */
int gs_wrap_draw(struct gs_canvas *canvas, struct gs_box box, unsigned role, unsigned style,
                 const char *text);

/* The first line of text at this width, into line; returns what is left for the next ones. */
const char *gs_wrap_next(const char *text, int width, char *line, size_t size);

/* Lines that text would take at this width. */
int gs_wrap_lines(const char *text, int width);

#endif
