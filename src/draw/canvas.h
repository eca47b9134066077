/* A canvas: a rectangle of styled cells. Views draw here and nowhere else; the terminal, the text
 * lanes and recordings print the canvas, so a test needs no terminal to see a screen. */
#ifndef GS_DRAW_CANVAS_H
#define GS_DRAW_CANVAS_H

#include "trace/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a cell means, not how it looks: draw/palette.h has the colours of roles, and each printer
 * the nearest that it can show. */
#define GS_OWNERS 8
enum gs_role {
    GS_ROLE_TEXT,
    GS_ROLE_DIM,
    GS_ROLE_TITLE,
    GS_ROLE_KEY, /* a key's name in the footer */
    GS_ROLE_ERROR,
    GS_ROLE_GOOD,
    GS_ROLE_CURSOR,
    GS_ROLE_MARK,
    GS_ROLE_STATE, /* + enum gs_state: GS_ROLE_STATE + GS_STATE_RUNNING … */
    GS_ROLE_OWNER = GS_ROLE_STATE + GS_STATES, /* + 0 … 7: threads, told apart */
    GS_ROLES = GS_ROLE_OWNER + GS_OWNERS
};

#define GS_STYLE_BOLD      1u
#define GS_STYLE_UNDERLINE 2u
#define GS_STYLE_REVERSE   4u
/* The glyph is drawn in the role's own colour, whatever ink that has, on the colour of `back`. */
#define GS_STYLE_TWO 8u

/* Cells that look alike are alike to the byte: what is behind the glyph's end is 0. */
struct gs_cell {
    char glyph[13]; /* one character cell in UTF-8 with its combining marks; "" behind a wide one */
    uint8_t role;
    uint8_t style;
    uint8_t back; /* with GS_STYLE_TWO a role; GS_ROLE_TEXT: the ground as it is */
};

struct gs_canvas {
    int width, height;
    bool ascii; /* glyph choices: draw functions ask it */
    bool plain; /* … and this: glyphs are all that is printed of it, neither colours nor styles */
    bool two;   /* … and this: a cell may have two colours, see GS_STYLE_TWO */
    struct gs_cell *cells;
};

void gs_canvas_init(struct gs_canvas *canvas, int width, int height, bool ascii);
void gs_canvas_destroy(struct gs_canvas *canvas);
void gs_canvas_resize(struct gs_canvas *canvas, int width, int height);
void gs_canvas_clear(struct gs_canvas *canvas);

/* Outside the canvas nothing is drawn, so callers need not clip. */
void gs_canvas_put(struct gs_canvas *canvas, int x, int y, const char *glyph, unsigned role,
                   unsigned style);
/* UTF-8 text from x on, at most width cells; wide and combining characters keep their cells. One
 * that does not fit ends in "…", unless there are fewer than four cells. Returns the column behind
 * it. On an ASCII canvas what is not ASCII is transliterated or '?'. */
int gs_canvas_text(struct gs_canvas *canvas, int x, int y, int width, unsigned role, unsigned style,
                   const char *text);
int gs_canvas_textf(struct gs_canvas *canvas, int x, int y, int width, unsigned role,
                    unsigned style, const char *format, ...) __attribute__((format(printf, 7, 8)));
void gs_canvas_fill(struct gs_canvas *canvas, int x, int y, int width, const char *glyph,
                    unsigned role, unsigned style);
/* The same in two colours. */
void gs_canvas_fill_two(struct gs_canvas *canvas, int x, int y, int width, const char *glyph,
                        unsigned role, unsigned back);
/* The cell at x, y, a blank one outside the canvas; and the same to be changed, NULL outside. */
const struct gs_cell *gs_canvas_cell(const struct gs_canvas *canvas, int x, int y);
struct gs_cell *gs_canvas_at(struct gs_canvas *canvas, int x, int y);

/* One row as UTF-8 without styles, trailing blanks cut. Returns buffer. */
const char *gs_canvas_row(const struct gs_canvas *canvas, int y, char *buffer, size_t size);

/* Cells that text takes. */
int gs_text_width(const char *text);

#endif
