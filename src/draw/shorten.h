/* Names that have less room than they need: they differ at their ends, so both ends stay and "…"
 * stands for the middle. Any thread. */
#ifndef GS_DRAW_SHORTEN_H
#define GS_DRAW_SHORTEN_H

#include "draw/canvas.h"

/* "Thread-12 (work)" in at most `width` cells: in ten "Thread-12", in seven "Thre…12"; "main.fetch"
 * in seven is "mai…tch". Of fewer than four cells the beginning. Returns buffer. */
const char *gs_shorten(char *buffer, size_t size, const char *name, int width);

/* As gs_canvas_text, so shortened. */
int gs_canvas_name(struct gs_canvas *canvas, int x, int y, int width, unsigned role, unsigned style,
                   const char *name);

#endif
