#include "tui/palette.h"

struct paint {
    short c256, c16, c8;
};

/* c8 -1 stands where the eight have nothing between text and background. */
static const struct paint grey = {244, 8, -1};
static const struct paint orange = {172, 3, 3};
static const struct paint sky = {74, 14, 6};
static const struct paint green = {35, 2, 2};
static const struct paint blue = {32, 12, 4};
static const struct paint vermillion = {166, 9, 1};
static const struct paint purple = {175, 13, 5};
static const struct paint plain = {-1, -1, -1};

static struct paint state_paint(enum gs_state state)
{
    switch (state) {
    case GS_STATE_RUNNING:
        return green;
    case GS_STATE_WANTS_GIL:
        return vermillion;
    case GS_STATE_NATIVE:
        return blue;
    case GS_STATE_IO:
        return sky;
    case GS_STATE_WAITING:
        return purple;
    case GS_STATE_READY:
        return orange;
    case GS_STATE_SLEEPING:
    case GS_STATE_AWAITING:
        return grey;
    case GS_STATE_NONE:
    case GS_STATES:
        break;
    }
    return plain;
}

/* None of a state's colours: an owner in that of `wants-gil` seemed to want what it has. The eight
 * are all taken by states; there signs and borders tell owners apart. */
static struct paint owner_paint(unsigned owner)
{
    static const struct paint paints[GS_OWNERS] = {
        {98, 5, -1},   /* violet */
        {142, 11, -1}, /* olive */
        {30, 6, -1},   /* teal */
        {133, 1, -1},  /* magenta */
        {106, 10, -1}, /* lime */
        {94, 4, -1},   /* brown */
    };
    return paints[owner % GS_OWNERS];
}

static struct paint role_paint(unsigned role)
{
    if (role >= GS_ROLE_OWNER)
        return owner_paint(role - GS_ROLE_OWNER);
    if (role >= GS_ROLE_STATE)
        return state_paint((enum gs_state)(role - GS_ROLE_STATE));
    switch (role) {
    case GS_ROLE_DIM:
        return grey;
    case GS_ROLE_KEY:
        return blue;
    case GS_ROLE_ERROR:
        return vermillion;
    case GS_ROLE_GOOD:
        return green;
    case GS_ROLE_MARK:
        return orange;
    default:
        return plain;
    }
}

int gs_palette_colour(unsigned role, int colours)
{
    struct paint p = role_paint(role);
    return colours >= 256 ? p.c256 : colours >= 16 ? p.c16 : colours >= 8 ? p.c8 : -1;
}

unsigned gs_palette_style(unsigned role)
{
    switch (role) {
    case GS_ROLE_TITLE:
    case GS_ROLE_KEY:
    case GS_ROLE_ERROR:
        return GS_STYLE_BOLD;
    case GS_ROLE_CURSOR:
        return GS_STYLE_REVERSE;
    default:
        return 0;
    }
}
