#include "tui/term/palette.h"

#include "draw/palette.h"

struct paint {
    short c16, c8;
};

/* c8 -1 stands where the eight have nothing between text and background, and for a GIL's owners:
 * the eight are all taken by states; there signs and borders tell owners apart. */
static const struct paint paints[GS_HUES] = {
    [GS_HUE_PLAIN] = {-1, -1}, [GS_HUE_ORANGE] = {3, 3}, [GS_HUE_SKY] = {14, 6},
    [GS_HUE_GREEN] = {2, 2},   [GS_HUE_BLUE] = {12, 4},  [GS_HUE_VERMILLION] = {9, 1},
    [GS_HUE_PURPLE] = {13, 5}, [GS_HUE_GREY] = {8, -1},  [GS_HUE_VIOLET] = {5, -1},
    [GS_HUE_OLIVE] = {11, -1}, [GS_HUE_TEAL] = {6, -1},  [GS_HUE_MAGENTA] = {1, -1},
    [GS_HUE_LIME] = {10, -1},  [GS_HUE_BROWN] = {4, -1},
};

int gs_palette_colour(unsigned role, int colours)
{
    enum gs_hue hue = gs_palette_hue(role);
    if (colours >= 256 && hue != GS_HUE_PLAIN)
        return gs_hue_number(hue);
    return colours >= 16 ? paints[hue].c16 : colours >= 8 ? paints[hue].c8 : -1;
}
