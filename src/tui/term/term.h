/* The terminal: a canvas goes out, bytes come in. The only file that knows curses. One terminal a
 * process, since signals and curses have only one. */
#ifndef GS_TUI_TERM_TERM_H
#define GS_TUI_TERM_TERM_H

#include "base/error.h"
#include "draw/canvas.h"

struct gs_term;

/* Takes the terminal on standard input and output. NULL with err: there is none, or not one that
 * can show a screen. A crash from here on restores it. */
struct gs_term *gs_term_open(struct gs_error *err);
void gs_term_close(struct gs_term *term);

/* False where the locale is not UTF-8: then only ASCII can be drawn. Sets the locale's character
 * type. */
bool gs_term_unicode(void);

/* Whether it shows colours, and the user wants them. */
bool gs_term_colours(const struct gs_term *term);

/* Its size now; after a change of size the next draw repaints everything. */
void gs_term_size(struct gs_term *term, int *width, int *height);

/* Shows the canvas; only what changed is sent. */
void gs_term_draw(struct gs_term *term, const struct gs_canvas *canvas);

/* Whether the terminal tells what the mouse does; selecting text is Shift's then. Without effect on
 * one that has no mouse. */
void gs_term_set_mouse(struct gs_term *term, bool on);

/* Gives the terminal to the shell (Ctrl-Z), and takes it again. */
void gs_term_suspend(struct gs_term *term);
void gs_term_resume(struct gs_term *term);

#endif
