/* What a lane's line is filled with, as strokes of one path for each look: a piece from one pixel
 * to another costs some seven bytes. */
#include "export/svg/parts.h"

#include "draw/glyph.h"

#include <stdlib.h>
#include <string.h>

/* Over one another from the first on. BAR + n: one of height n + 1. */
enum layer { WHOLE, BOX, SEVERAL, UPPER, LOWER, BAR, RAN = BAR + GS_GLYPH_BARS, OTHERS, EDGE };

struct piece {
    uint8_t layer, role;
    int from, until; /* pixels from the lanes' left edge on */
};

struct strip {
    GS_VEC(struct piece) pieces;
};

static void add(struct strip *strip, unsigned layer, unsigned role, int from, int until)
{
    gs_vec_push(&strip->pieces, ((struct piece){(uint8_t)layer, (uint8_t)role, from, until}));
}

static bool is_state(unsigned role)
{
    return role > GS_ROLE_STATE + GS_STATE_NONE && role < GS_ROLE_OWNER;
}

static bool is(const struct gs_cell *cell, const char *glyph)
{
    return strcmp(cell->glyph, glyph) == 0;
}

/* The height of a bar; 0: it is none. */
static int bar_of(const struct gs_cell *cell)
{
    for (int height = 1; height <= GS_GLYPH_BARS; height++)
        if (is(cell, gs_glyph_bar(height, false)))
            return height;
    return 0;
}

/* The state that a half without a colour belongs to is told by the cell beside it. */
static unsigned beside(const struct gs_canvas *canvas, int x, int y)
{
    const struct gs_cell *cell = gs_canvas_cell(canvas, x, y);
    return cell->style & GS_STYLE_TWO ? GS_ROLE_TEXT : cell->role;
}

static void add_halves(struct strip *strip, const struct gs_canvas *canvas, int x, int y, int from,
                       int until)
{
    const struct gs_cell *cell = gs_canvas_cell(canvas, x, y);
    int middle = (from + until) / 2;
    bool is_left = is(cell, "▌");
    unsigned left = is_left ? cell->role : cell->back, right = is_left ? cell->back : cell->role;
    left = left ? left : beside(canvas, x - 1, y);
    right = right ? right : beside(canvas, x + 1, y);
    if (is_state(left))
        add(strip, WHOLE, left, from, middle);
    if (is_state(right))
        add(strip, WHOLE, right, middle, until);
}

static void add_state(struct strip *strip, const struct gs_cell *cell, int from, int until)
{
    int bar = bar_of(cell);
    if (is(cell, "▒") && cell->style & GS_STYLE_TWO) {
        bool in_order = cell->role < cell->back; /* whichever has more: else it would flicker */
        add(strip, UPPER, in_order ? cell->role : cell->back, from, until);
        add(strip, LOWER, in_order ? cell->back : cell->role, from, until);
        return;
    }
    if (is(cell, "▒")) {
        add(strip, SEVERAL, GS_ROLE_DIM, from, until);
        return;
    }
    add(strip, bar ? BAR + (unsigned)bar - 1 : WHOLE, cell->role, from, until);
    if (is(cell, "▪"))
        add(strip, RAN, GS_ROLE_STATE + GS_STATE_RUNNING, from, until);
    if (cell->style & GS_STYLE_UNDERLINE)
        add(strip, OTHERS, GS_ROLE_TEXT, from, until);
}

static void add_cell(struct strip *strip, const struct gs_canvas *canvas, int x, int y, int from,
                     int until)
{
    const struct gs_cell *cell = gs_canvas_cell(canvas, x, y);
    if (cell->style & GS_STYLE_REVERSE) {
        add(strip, BOX, cell->role, from, until);
        if (is(cell, "▏"))
            add(strip, EDGE, GS_ROLE_TEXT, from, from + 1);
    } else if (is(cell, "▌") || is(cell, "▐")) {
        add_halves(strip, canvas, x, y, from, until);
    } else if (is_state(cell->role) || is(cell, "▒")) {
        add_state(strip, cell, from, until);
    }
}

static int by_look(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    if (a->layer != b->layer)
        return a->layer - b->layer;
    return a->role != b->role ? a->role - b->role : a->from - b->from;
}

/* Tenths of pixels: the middle of what is stroked. */
static int middle_of(unsigned layer)
{
    enum { TENTHS = 10, HALF = TENTHS / 2, QUARTER_BAR = GS_SVG_BAR * TENTHS / 4 };
    switch (layer) {
    case BOX:
        return GS_SVG_BOX * HALF;
    case UPPER:
        return QUARTER_BAR;
    case LOWER:
        return 3 * QUARTER_BAR;
    case OTHERS:
        return (GS_SVG_BAR - 1) * TENTHS;
    case WHOLE:
    case SEVERAL:
    case RAN:
        return GS_SVG_BAR * HALF;
    case EDGE:
        return GS_SVG_BOX * HALF;
    default:
        return GS_SVG_BAR * TENTHS - (int)(layer - BAR + 1) * TENTHS;
    }
}

static void put_look(FILE *out, const struct piece *piece, int left)
{
    static const char *const looks[] = {
        [WHOLE] = "",   [BOX] = " box",      [UPPER] = " half",     [LOWER] = " half",
        [RAN] = " ran", [OTHERS] = "others", [SEVERAL] = "several", [EDGE] = "edge"};
    unsigned layer = piece->layer;
    int y = middle_of(layer);
    bool of_role = layer != OTHERS && layer != SEVERAL && layer != EDGE;
    fprintf(out, "<path class=\"%s", of_role ? gs_svg_class(piece->role) : "");
    if (layer >= BAR && layer < RAN)
        fprintf(out, " bar%u", layer - BAR + 1);
    else
        fputs(looks[layer], out);
    fprintf(out, "\" d=\"M%d %d", left + piece->from, y / 10);
    if (y % 10)
        fprintf(out, ".%d", y % 10);
}

/* One path for each look; pieces that touch are one. */
static void put(const struct gs_svg *svg, struct strip *strip)
{
    const struct piece *items = strip->pieces.items;
    size_t count = strip->pieces.count;
    if (count)
        qsort(strip->pieces.items, count, sizeof *items, by_look);
    for (size_t i = 0, end; i < count; i = end) {
        const struct piece *before = i ? &items[i - 1] : NULL;
        bool same = before && before->layer == items[i].layer && before->role == items[i].role;
        for (end = i + 1; end < count && items[end].layer == items[i].layer &&
                          items[end].role == items[i].role &&
                          items[end].from == items[end - 1].until;)
            end++;
        if (same) {
            fprintf(svg->out, "m%d 0", items[i].from - before->until);
        } else {
            fputs(before ? "\"/>\n" : "", svg->out);
            put_look(svg->out, &items[i], svg->left);
        }
        fprintf(svg->out, "h%d", items[end - 1].until - items[i].from);
    }
    fputs(count ? "\"/>\n" : "", svg->out);
}

void gs_svg_strip(const struct gs_svg *svg, size_t line)
{
    struct strip strip = {0};
    int columns = svg->states.width - 1, wide = (svg->right - svg->left) / columns;
    for (int c = 0; c < columns; c++)
        add_cell(&strip, &svg->states, 1 + c, (int)line, c * wide, (c + 1) * wide);
    put(svg, &strip);
    gs_vec_free(&strip.pieces);
}

void gs_svg_swatch(const struct gs_svg *svg, const struct gs_cell *cell, int x, int y)
{
    enum { WIDE = 14, RAN_FROM = 5, RAN_UNTIL = 9 };
    struct strip strip = {0};
    int from = x - svg->left;
    if (is(cell, "▪"))
        add(&strip, RAN, GS_ROLE_STATE + GS_STATE_RUNNING, from + RAN_FROM, from + RAN_UNTIL);
    else
        add_state(&strip, cell, from, from + WIDE);
    fprintf(svg->out, "<g transform=\"translate(0 %d)\">", y);
    put(svg, &strip);
    fputs("</g>\n", svg->out);
    gs_vec_free(&strip.pieces);
}
