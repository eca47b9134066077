/* Roles → colours, as colours: what prints a canvas maps them to what it has, a terminal to its
 * numbers (tui/term/palette.h), a page of text to those of 256, a picture to their red, green and
 * blue. Every colour is readable on a light and on a dark background. */
#ifndef GS_DRAW_PALETTE_H
#define GS_DRAW_PALETTE_H

#include "draw/canvas.h"

enum gs_hue {
    GS_HUE_PLAIN, /* none: as text is */
#define GS_HUE(name, red, green, blue, number) GS_HUE_##name,
#include "draw/hue.def"
#undef GS_HUE
    GS_HUES
};

struct gs_rgb {
    uint8_t red, green, blue;
};

enum gs_hue gs_palette_hue(unsigned role);

/* PLAIN: the role's colour is that of its glyphs. Else its cells are filled with it, and this is
 * what stands on it: a thin glyph in a colour is hardly seen from a distance. */
enum gs_hue gs_palette_ink(unsigned role);

/* Of any hue but GS_HUE_PLAIN; and its number in a terminal of 256 colours. */
struct gs_rgb gs_hue_rgb(enum gs_hue hue);
int gs_hue_number(enum gs_hue hue);

/* Styles that a role has without being asked: what keeps it apart where there is no colour. */
unsigned gs_palette_style(unsigned role);

#endif
