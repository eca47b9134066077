/* Text on several lines: broken at blanks, cut with an ellipsis where the room ends. Any thread. */
#ifndef GS_DRAW_WRAP_H
#define GS_DRAW_WRAP_H

#include "draw/canvas.h"

#include <stddef.h>

/* Draws text from x, y on, at most so many columns and lines; returns the lines it took. Text must
 * be safe to print. */
int gs_wrap_text(struct gs_canvas *canvas, int x, int y, int width, int height, unsigned role,
                 unsigned style, const char *text);

/* The first line of text at this width, into line; returns what is left for the next ones. */
const char *gs_wrap_next(const char *text, int width, char *line, size_t size);

/* Lines that text would take at this width. */
int gs_wrap_lines(const char *text, int width);

#endif
