#include "tui/term/palette.h"

#include "draw/palette.h"

struct paint {
    short c256, c16, c8;
};

/* c8 -1 stands where the eight have nothing between text and background, and for a GIL's owners:
 * the eight are all taken by states; there signs and borders tell owners apart. */
static const struct paint paints[GS_HUES] = {
    [GS_HUE_PLAIN] = {-1, -1, -1},  [GS_HUE_ORANGE] = {172, 3, 3},
    [GS_HUE_SKY] = {74, 14, 6},     [GS_HUE_GREEN] = {35, 2, 2},
    [GS_HUE_BLUE] = {32, 12, 4},    [GS_HUE_VERMILLION] = {166, 9, 1},
    [GS_HUE_PURPLE] = {175, 13, 5}, [GS_HUE_GREY] = {244, 8, -1},
    [GS_HUE_VIOLET] = {98, 5, -1},  [GS_HUE_OLIVE] = {142, 11, -1},
    [GS_HUE_TEAL] = {30, 6, -1},    [GS_HUE_MAGENTA] = {133, 1, -1},
    [GS_HUE_LIME] = {106, 10, -1},  [GS_HUE_BROWN] = {94, 4, -1},
};

int gs_palette_colour(unsigned role, int colours)
{
    const struct paint *paint = &paints[gs_palette_hue(role)];
    return colours >= 256  ? paint->c256
           : colours >= 16 ? paint->c16
           : colours >= 8  ? paint->c8
                           : -1;
}
