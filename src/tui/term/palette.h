/* A palette's colours → a terminal's numbers: themselves where it takes any, in 256 colours their
 * neighbours, else the nearest of 16 or 8. The background is always the terminal's own. */
#ifndef GS_TUI_TERM_PALETTE_H
#define GS_TUI_TERM_PALETTE_H

/* The colour's number for a role (enum gs_role) in a terminal of so many colours; -1: the
 * terminal's own. */
int gs_palette_colour(unsigned role, int colours);

/* … and of what stands on that colour, where it fills the cells; -1: it is the glyphs'. */
int gs_palette_ink_colour(unsigned role, int colours);

#endif
