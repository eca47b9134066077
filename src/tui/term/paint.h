/* Cells → the bytes that a terminal shows them by: only what changed, and a whole frame in one
 * write. Curses sets the terminal up and gives it back; its own way of painting wrote each stretch
 * by itself, looked through the screen twice, and took longer than drawing did. Which bytes they
 * are is terminfo's to say: setupterm comes first. */
#ifndef GS_TUI_TERM_PAINT_H
#define GS_TUI_TERM_PAINT_H

#include "draw/canvas.h"

struct gs_paint; /* free with gs_paint_free */

/* colours: how many the terminal has and the user wants; 0: none. */
struct gs_paint *gs_paint_new(int colours);
void gs_paint_free(struct gs_paint *paint);

/* Brings canvas to the terminal on fd, and returns when it has taken all. */
void gs_paint_draw(struct gs_paint *paint, int fd, const struct gs_canvas *canvas);

/* What is on the terminal is not what was drawn last: the next draw is a whole one. */
void gs_paint_forget(struct gs_paint *paint);

/* Appends a terminal's capability without its padding notes, which no terminal needs today. */
void gs_paint_append_capability(char *bytes, size_t size, const char *name);

#endif
