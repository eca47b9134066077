#include "draw/palette.h"

#include <assert.h>

static enum gs_hue state_hue(enum gs_state state)
{
    switch (state) {
    case GS_STATE_RUNNING:
        return GS_HUE_GREEN;
    case GS_STATE_WANTS_GIL:
        return GS_HUE_VERMILLION;
    case GS_STATE_NATIVE:
        return GS_HUE_BLUE;
    case GS_STATE_IO:
        return GS_HUE_STEEL;
    case GS_STATE_WAITING:
        return GS_HUE_PURPLE;
    case GS_STATE_READY:
        return GS_HUE_YELLOW;
    case GS_STATE_SLEEPING:
    case GS_STATE_AWAITING:
    case GS_STATE_UNKNOWN:
        return GS_HUE_GREY;
    case GS_STATE_NONE:
    case GS_STATES:
        break;
    }
    return GS_HUE_PLAIN;
}

/* None of a state's colours: an owner in that of `wants-gil` seemed to want what it has. */
static enum gs_hue owner_hue(unsigned owner)
{
    static const enum gs_hue hues[GS_OWNERS] = {
        GS_HUE_INDIGO, GS_HUE_MOSS,     GS_HUE_BRICK, GS_HUE_PINK,
        GS_HUE_VIOLET, GS_HUE_LAVENDER, GS_HUE_ROSE,  GS_HUE_SAND,
    };
    return hues[owner % GS_OWNERS];
}

enum gs_hue gs_palette_hue(unsigned role)
{
    assert(role < GS_ROLES);
    if (role >= GS_ROLE_OWNER)
        return owner_hue(role - GS_ROLE_OWNER);
    if (role >= GS_ROLE_STATE)
        return state_hue((enum gs_state)(role - GS_ROLE_STATE));
    switch (role) {
    case GS_ROLE_DIM:
        return GS_HUE_GREY;
    case GS_ROLE_KEY:
        return GS_HUE_BLUE;
    case GS_ROLE_ERROR:
        return GS_HUE_VERMILLION;
    case GS_ROLE_GOOD:
        return GS_HUE_GREEN;
    case GS_ROLE_MARK:
        return GS_HUE_YELLOW;
    default:
        return GS_HUE_PLAIN;
    }
}

struct gs_rgb gs_hue_rgb(enum gs_hue hue)
{
    static const struct gs_rgb colours[GS_HUES] = {
#define GS_HUE(name, red, green, blue, number) [GS_HUE_##name] = {red, green, blue},
#include "draw/hue.def"
#undef GS_HUE
    };
    assert(hue > GS_HUE_PLAIN && hue < GS_HUES);
    return colours[hue];
}

int gs_hue_number(enum gs_hue hue)
{
    static const uint8_t numbers[GS_HUES] = {
#define GS_HUE(name, red, green, blue, number) [GS_HUE_##name] = number,
#include "draw/hue.def"
#undef GS_HUE
    };
    assert(hue > GS_HUE_PLAIN && hue < GS_HUES);
    return numbers[hue];
}

enum gs_hue gs_palette_ink(unsigned role)
{
    return role == GS_ROLE_STATE + GS_STATE_WANTS_GIL ? GS_HUE_INK : GS_HUE_PLAIN;
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
