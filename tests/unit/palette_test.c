/* Colours as colours, and what a terminal makes of them. */
#include "draw/palette.h"

#include "tui/term/palette.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static int apart(struct gs_rgb a, struct gs_rgb b)
{
    int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
    return abs(red) + abs(green) + abs(blue);
}

static struct gs_rgb of_role(unsigned role)
{
    return gs_hue_rgb(gs_palette_hue(role));
}

static void states_have_okabe_and_itos_colours(void **state)
{
    (void)state;
    static const struct {
        enum gs_state state;
        struct gs_rgb colour;
    } known[] = {
        {GS_STATE_RUNNING, {0, 158, 115}}, {GS_STATE_WANTS_GIL, {213, 94, 0}},
        {GS_STATE_NATIVE, {0, 114, 178}},  {GS_STATE_IO, {86, 180, 233}},
        {GS_STATE_READY, {230, 159, 0}},   {GS_STATE_WAITING, {204, 121, 167}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(apart(of_role(GS_ROLE_STATE + known[i].state), known[i].colour), 0);
}

static void an_owners_colour_is_its_own(void **state)
{
    (void)state;
    for (unsigned i = 0; i < GS_OWNERS; i++) {
        for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
            assert_in_range(apart(of_role(GS_ROLE_OWNER + i), of_role(GS_ROLE_STATE + s)), 40, 765);
        for (unsigned k = 0; k < i; k++)
            assert_in_range(apart(of_role(GS_ROLE_OWNER + i), of_role(GS_ROLE_OWNER + k)), 40, 765);
    }
}

/* The 256: sixteen that the terminal decides, a cube of six steps, a ramp of greys. */
static struct gs_rgb of_number(int number)
{
    static const uint8_t steps[] = {0, 95, 135, 175, 215, 255};
    if (number >= 232) {
        uint8_t level = (uint8_t)(8 + 10 * (number - 232));
        return (struct gs_rgb){level, level, level};
    }
    int cube = number - 16;
    return (struct gs_rgb){steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]};
}

/* The two lists must not come apart: the terminal's number is a neighbour of the colour. */
static void a_terminals_number_is_near_its_colour(void **state)
{
    (void)state;
    for (unsigned role = 0; role < GS_ROLES; role++) {
        int number = gs_palette_colour(role, 256);
        assert_int_equal(number < 0, gs_palette_hue(role) == GS_HUE_PLAIN);
        if (number >= 0)
            assert_in_range(apart(of_number(number), of_role(role)), 0, 60);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_have_okabe_and_itos_colours),
        cmocka_unit_test(an_owners_colour_is_its_own),
        cmocka_unit_test(a_terminals_number_is_near_its_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
