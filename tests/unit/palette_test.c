/* Colours as colours, and what a terminal makes of them. */
#include "draw/palette.h"

#include "tui/term/palette.h"

#include <math.h>
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

static double linear(uint8_t value)
{
    double v = value / 255.0;
    return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(struct gs_rgb c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

/* As WCAG 2 has it: from 1, none, to 21, black on white. */
static double contrast(double a, double b)
{
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static const struct gs_rgb black = {0, 0, 0}, white = {255, 255, 255};

/* What terminals have as background when nobody chose one, and what people choose most. */
static const struct gs_rgb grounds[] = {
    {0, 0, 0},   {12, 12, 12}, {23, 20, 33},    {30, 30, 30},    {36, 36, 36},    {48, 10, 36},
    {0, 43, 54}, {40, 42, 54}, {255, 255, 255}, {252, 252, 252}, {253, 246, 227},
};

enum { GROUNDS = sizeof grounds / sizeof *grounds };

static double least_contrast(struct gs_rgb colour)
{
    double least = 21;
    for (size_t g = 0; g < GROUNDS; g++)
        least = fmin(least, contrast(luminance(colour), luminance(grounds[g])));
    return least;
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

/* A colour in CIE L*a*b*, where distances are those that are seen: 2.3 is just noticed. */
struct lab {
    double l, a, b;
};

static double cube_root(double t)
{
    return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* What somebody of that colour vision sees of a colour; the matrices are Machado's, Oliveira's and
 * Fernandes', of 2009, for those who lack a kind of cones. */
static struct lab seen_by(const double vision[3][3], struct gs_rgb colour)
{
    double of[3] = {linear(colour.red), linear(colour.green), linear(colour.blue)}, v[3];
    for (int i = 0; i < 3; i++)
        v[i] = fmax(0, fmin(1, vision[i][0] * of[0] + vision[i][1] * of[1] + vision[i][2] * of[2]));
    double x = cube_root((0.4124 * v[0] + 0.3576 * v[1] + 0.1805 * v[2]) / 0.9505);
    double y = cube_root(0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]);
    double z = cube_root((0.0193 * v[0] + 0.1192 * v[1] + 0.9505 * v[2]) / 1.089);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double distance(struct lab a, struct lab b)
{
    return sqrt((a.l - b.l) * (a.l - b.l) + (a.a - b.a) * (a.a - b.a) + (a.b - b.b) * (a.b - b.b));
}

static void threads_stay_apart_for_any_colour_vision(void **state)
{
    (void)state;
    static const double visions[][3][3] = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868},
         {0.114503, 0.786281, 0.099216},
         {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968},
         {0.280085, 0.672501, 0.047413},
         {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779},
         {-0.078411, 0.930809, 0.147602},
         {0.004733, 0.691367, 0.303900}},
    };
    for (size_t v = 0; v < sizeof visions / sizeof *visions; v++)
        for (unsigned i = 0; i < GS_OWNERS; i++)
            for (unsigned k = 0; k < i; k++) {
                double seen = distance(seen_by(visions[v], of_role(GS_ROLE_OWNER + i)),
                                       seen_by(visions[v], of_role(GS_ROLE_OWNER + k)));
                assert_true(seen >= (i < 4 ? 25 : 13));
            }
}

static void every_colour_is_seen_on_every_ground(void **state)
{
    (void)state;
    for (unsigned role = 0; role < GS_ROLES; role++)
        if (gs_palette_hue(role) != GS_HUE_PLAIN)
            assert_true(least_contrast(of_role(role)) >= 3);
}

/* The mean of a cell whose glyph covers so much of it. */
static double mean(struct gs_rgb glyph, struct gs_rgb ground, double covered)
{
    return covered * luminance(glyph) + (1 - covered) * luminance(ground);
}

/* Its glyph covers a quarter of the cell, that of running all of it: from afar only a cell's mean
 * is seen. */
static void who_wants_the_gil_is_seen_like_who_runs(void **state)
{
    (void)state;
    unsigned wants = GS_ROLE_STATE + GS_STATE_WANTS_GIL;
    double running = luminance(of_role(GS_ROLE_STATE + GS_STATE_RUNNING));
    assert_int_not_equal(gs_palette_ink(wants), GS_HUE_PLAIN);
    double cell = mean(gs_hue_rgb(gs_palette_ink(wants)), of_role(wants), 0.25);
    assert_true(contrast(cell, luminance(black)) >= 0.9 * contrast(running, luminance(black)));
    assert_true(contrast(cell, luminance(white)) >= 0.9 * contrast(running, luminance(white)));
}

/* … and its glyph, and the words in its place, are still read. */
static void what_stands_on_a_colour_is_read(void **state)
{
    (void)state;
    for (unsigned role = 0; role < GS_ROLES; role++) {
        enum gs_hue ink = gs_palette_ink(role);
        if (ink != GS_HUE_PLAIN)
            assert_true(contrast(luminance(gs_hue_rgb(ink)), luminance(of_role(role))) >= 4.5);
        for (int depth = 8; depth <= 256; depth *= depth == 8 ? 2 : 16)
            assert_int_equal(gs_palette_ink_colour(role, depth) >= 0, ink != GS_HUE_PLAIN);
        assert_int_equal(gs_palette_ink_colour(role, 0), -1);
    }
}

/* The 256: sixteen that the terminal decides, a cube of six steps, a ramp of greys. The sixteen are
 * the VGA's. */
static struct gs_rgb of_number(int number)
{
    static const uint8_t steps[] = {0, 95, 135, 175, 215, 255};
    static const struct gs_rgb vga[] = {
        {0, 0, 0},     {170, 0, 0},    {0, 170, 0},    {170, 85, 0},
        {0, 0, 170},   {170, 0, 170},  {0, 170, 170},  {170, 170, 170},
        {85, 85, 85},  {255, 85, 85},  {85, 255, 85},  {255, 255, 85},
        {85, 85, 255}, {255, 85, 255}, {85, 255, 255}, {255, 255, 255},
    };
    if (number < 16)
        return vga[number];
    if (number >= 232) {
        uint8_t level = (uint8_t)(8 + 10 * (number - 232));
        return (struct gs_rgb){level, level, level};
    }
    int cube = number - 16;
    return (struct gs_rgb){steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]};
}

/* The two lists must not come apart: the terminal's number is the colour. */
static void a_terminals_number_is_its_colour(void **state)
{
    (void)state;
    for (unsigned role = 0; role < GS_ROLES; role++) {
        int number = gs_palette_colour(role, 256), direct = gs_palette_colour(role, 1 << 24);
        assert_int_equal(number < 0, gs_palette_hue(role) == GS_HUE_PLAIN);
        assert_int_equal(direct < 0, number < 0);
        if (number < 0)
            continue;
        struct gs_rgb c = of_role(role);
        assert_int_equal(apart(of_number(number), c), 0);
        assert_int_equal(direct, c.red << 16 | c.green << 8 | c.blue);
    }
}

/* Of the sixteen the VGA's cyan (on white) and dark grey (on black) just fall short; there is
 * nothing nearer. */
static void sixteen_colours_are_seen_on_black_and_white(void **state)
{
    (void)state;
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        double seen = luminance(of_number(gs_palette_colour(GS_ROLE_STATE + s, 16)));
        double least = s == GS_STATE_IO || s == GS_STATE_SLEEPING || s == GS_STATE_AWAITING ||
                               s == GS_STATE_UNKNOWN
                           ? 2.8
                           : 3;
        assert_true(contrast(seen, luminance(black)) >= least);
        assert_true(contrast(seen, luminance(white)) >= least);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_colour_is_seen_on_every_ground),
        cmocka_unit_test(sixteen_colours_are_seen_on_black_and_white),
        cmocka_unit_test(who_wants_the_gil_is_seen_like_who_runs),
        cmocka_unit_test(what_stands_on_a_colour_is_read),
        cmocka_unit_test(threads_stay_apart_for_any_colour_vision),
        cmocka_unit_test(an_owners_colour_is_its_own),
        cmocka_unit_test(a_terminals_number_is_its_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
