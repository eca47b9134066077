/* Roles → colours. Okabe and Ito's palette, which people with any colour vision tell apart; in 256
 * colours by its nearest neighbours, else by the nearest of 16 or 8. Every colour is readable on a
 * light and on a dark background: the background is always the terminal's own. */
#ifndef GS_TUI_PALETTE_H
#define GS_TUI_PALETTE_H

#include "draw/canvas.h"

/* The colour's number for a role in a terminal of so many colours; -1: the terminal's own. */
int gs_palette_colour(unsigned role, int colours);

/* Styles that a role has without being asked: what keeps it apart where there is no colour. */
unsigned gs_palette_style(unsigned role);

#endif
