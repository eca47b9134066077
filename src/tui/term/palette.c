#include "tui/term/palette.h"

#include "draw/palette.h"

struct paint {
    short c16, c8;
};

/* -1 where the few have nothing between text and background, and for threads: those of the 16 that
 * are readable on black and on white are all taken by states; there signs and borders tell threads
 * apart. */
static const struct paint paints[GS_HUES] = {
    [GS_HUE_PLAIN] = {-1, -1},  [GS_HUE_GREEN] = {2, 2},      [GS_HUE_VERMILLION] = {9, 1},
    [GS_HUE_BLUE] = {12, 4},    [GS_HUE_STEEL] = {6, 6},      [GS_HUE_PURPLE] = {5, 5},
    [GS_HUE_YELLOW] = {3, 3},   [GS_HUE_GREY] = {8, -1},      [GS_HUE_INDIGO] = {-1, -1},
    [GS_HUE_MOSS] = {-1, -1},   [GS_HUE_BRICK] = {-1, -1},    [GS_HUE_PINK] = {-1, -1},
    [GS_HUE_VIOLET] = {-1, -1}, [GS_HUE_LAVENDER] = {-1, -1}, [GS_HUE_ROSE] = {-1, -1},
    [GS_HUE_SAND] = {-1, -1},   [GS_HUE_INK] = {0, 7},
};

/* A terminal of more than 256 colours takes them as they are. */
static int number_of(enum gs_hue hue, int colours)
{
    if (colours > 256 && hue != GS_HUE_PLAIN) {
        struct gs_rgb rgb = gs_hue_rgb(hue);
        return rgb.red << 16 | rgb.green << 8 | rgb.blue;
    }
    if (colours >= 256 && hue != GS_HUE_PLAIN)
        return gs_hue_number(hue);
    return colours >= 16 ? paints[hue].c16 : colours >= 8 ? paints[hue].c8 : -1;
}

int gs_palette_colour(unsigned role, int colours)
{
    return number_of(gs_palette_hue(role), colours);
}

int gs_palette_ink_colour(unsigned role, int colours)
{
    return number_of(gs_palette_ink(role), colours);
}
