/* The words of a line: what stands together in one colour is one text, where the canvas has it. */
#include "export/svg/parts.h"

#include "draw/glyph.h"

#include <string.h>

void gs_svg_text(const struct gs_svg *svg, int x, int y, const char *style, const char *text)
{
    fprintf(svg->out, "<text x=\"%d\" y=\"%d\"", x, y);
    if (*style)
        fprintf(svg->out, " class=\"%s\"", style);
    fputs(">", svg->out);
    gs_xml_text(svg->out, text);
    fputs("</text>\n", svg->out);
}

static bool is(const struct gs_cell *cell, const char *glyph)
{
    return strcmp(cell->glyph, glyph) == 0;
}

static bool is_blank(const struct gs_cell *cell)
{
    return is(cell, " ");
}

/* What the strip below shows by its fill. */
static bool is_filling(const struct gs_cell *cell)
{
    static const char *const fillings[] = {"▒", "▪", "▏", "▌", "▐"};
    for (size_t i = 0; i < sizeof fillings / sizeof *fillings; i++)
        if (is(cell, fillings[i]))
            return true;
    for (int height = 1; height <= GS_GLYPH_BARS; height++)
        if (is(cell, gs_glyph_bar(height, false)))
            return true;
    return cell->role >= GS_ROLE_STATE && cell->role < GS_ROLE_OWNER &&
           is(cell, gs_state_glyph(cell->role - GS_ROLE_STATE, false));
}

static bool is_bracket(const struct gs_cell *cell)
{
    return is(cell, "─") || is(cell, "├") || is(cell, "┤") || is(cell, "└") || is(cell, "┘");
}

/* A bracket is one line, and another at each of its ends. */
static void put_bracket(FILE *out, const struct gs_cell *cell, int x, int y)
{
    enum { REACH = 4 };
    bool left = is(cell, "├") || is(cell, "└"), right = is(cell, "┤") || is(cell, "┘");
    bool both = is(cell, "├") || is(cell, "┤");
    if (left || right)
        fprintf(out, "M%d %dV%d", right ? x + GS_SVG_CELL : x, y - REACH, both ? y + REACH : y);
    fprintf(out, "M%d %dh%d", x, y, GS_SVG_CELL);
}

void gs_svg_brackets(const struct gs_svg *svg, size_t line)
{
    const struct gs_svg_line *at = &svg->lines.items[line];
    bool any = false;
    for (int x = svg->view.title_width; x < svg->words.width; x++) {
        const struct gs_cell *cell = gs_canvas_cell(&svg->words, x, (int)line);
        if (!is_bracket(cell) || cell->role != GS_ROLE_DIM)
            continue;
        fputs(any ? "" : "<path class=\"bracket\" d=\"", svg->out);
        put_bracket(svg->out, cell, GS_SVG_MARGIN + x * GS_SVG_CELL, at->top + at->height / 2);
        any = true;
    }
    fputs(any ? "\"/>\n" : "", svg->out);
}

/* Where the text that begins at x ends: one blank may be in it, two are not. */
static int end_of(const struct gs_canvas *canvas, int x, int y, int until)
{
    const struct gs_cell *first = gs_canvas_cell(canvas, x, y);
    int end = x + 1;
    for (; x < until && x <= end + 1; x++) {
        const struct gs_cell *cell = gs_canvas_cell(canvas, x, y);
        if (cell->role != first->role || cell->style != first->style) {
            if (!is_blank(cell))
                break;
        } else if (!is_blank(cell)) {
            if (is_filling(cell))
                break;
            end = x + 1;
        }
    }
    return end;
}

static const char *style_of(const struct gs_cell *cell)
{
    if (cell->style & GS_STYLE_REVERSE)
        return "on";
    if (cell->role >= GS_ROLE_STATE && cell->role < GS_ROLE_OWNER)
        return "word";
    return gs_svg_class(cell->role);
}

/* In the first cell of a box behind its border, or behind a blank, a name begins; elsewhere it is
 * the sign that fills a box too narrow for one. */
static bool is_sign(const struct gs_canvas *canvas, int x, int y)
{
    const struct gs_cell *before = gs_canvas_cell(canvas, x - 1, y);
    bool inside = before->style & GS_STYLE_REVERSE && (is(before, "▏") || is_blank(before));
    return gs_canvas_cell(canvas, x, y)->style & GS_STYLE_REVERSE && !inside;
}

static bool is_of_box(const struct gs_canvas *canvas, int x, int y, unsigned role)
{
    const struct gs_cell *cell = gs_canvas_cell(canvas, x, y);
    return cell->style & GS_STYLE_REVERSE && cell->role == role;
}

/* A sign stands once in each box that has room for it, in the middle. The boxes are those of the
 * fine canvas, of which this one knows but whose is the most of a cell. */
static void put_sign(const struct gs_svg *svg, int x, int y, int base)
{
    enum { LEAST = GS_SVG_CELL, HALF_SIGN = GS_SVG_CELL / 2 };
    const struct gs_canvas *fine = &svg->states;
    const struct gs_cell *cell = gs_canvas_cell(&svg->words, x, y);
    int wide = (svg->right - svg->left) / (fine->width - 1);
    int from = GS_SVG_MARGIN + x * GS_SVG_CELL - svg->left;
    int a = 1 + (from + GS_SVG_CELL / 2) / wide, b = a;
    while (is_of_box(fine, a - 1, y, cell->role) && !is(gs_canvas_cell(fine, a, y), "▏"))
        a--;
    while (is_of_box(fine, b, y, cell->role) && (b == a || !is(gs_canvas_cell(fine, b, y), "▏")))
        b++;
    bool again = (a - 1) * wide < from && is_of_box(&svg->words, x - 1, y, cell->role);
    if ((b - a) * wide >= LEAST && !again)
        gs_svg_text(svg, svg->left + (a + b - 2) * wide / 2 - HALF_SIGN, base, "on", cell->glyph);
}

static int baseline(const struct gs_svg *svg, size_t line, int x)
{
    enum { WORD = 10, BAR = 12, BOX = 13 };
    const struct gs_svg_line *at = &svg->lines.items[line];
    if (at->kind == GS_SVG_WORDS && x < svg->view.title_width) /* a title stands at its bar */
        return at[1].top + BAR;
    if (at->kind == GS_SVG_WORDS)
        return at->top + WORD;
    return at->top + (at->kind == GS_SVG_STATES || at->kind == GS_SVG_TASKS ? BAR : BOX);
}

/* When a text beside the lanes is said: a phase's title with its bracket, a mark's with its sign,
 * the total in the end. */
static uint64_t said_at(const struct gs_svg *svg, size_t line, int x)
{
    enum gs_svg_line_kind kind = svg->lines.items[line].kind;
    const char *sign = kind == GS_SVG_PHASES ? "├" : "▲";
    int from = x;
    if (kind == GS_SVG_TOTAL)
        return svg->view.until;
    while (from > svg->view.title_width &&
           !is(gs_canvas_cell(&svg->words, from, (int)line), sign) &&
           !is(gs_canvas_cell(&svg->words, from, (int)line), "?"))
        from--;
    return gs_lanes_time(&svg->view, from - svg->view.title_width);
}

/* The cells x … end - 1 as one text. */
static void put_text(const struct gs_svg *svg, size_t line, int x, int end)
{
    const struct gs_cell *first = gs_canvas_cell(&svg->words, x, (int)line);
    enum gs_svg_line_kind kind = svg->lines.items[line].kind;
    int left = GS_SVG_MARGIN + x * GS_SVG_CELL, base = baseline(svg, line, x);
    bool said = kind == GS_SVG_MARKS || kind == GS_SVG_TOTAL;
    char text[4096];
    size_t used = 0;
    for (int i = x; i < end && used + sizeof first->glyph < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s",
                                 gs_canvas_cell(&svg->words, i, (int)line)->glyph);
    if (kind == GS_SVG_PHASES) {
        gs_svg_phase(svg, left, base, said_at(svg, line, x), text);
        return;
    }
    if (said)
        gs_svg_since(svg, said_at(svg, line, x));
    gs_svg_text(svg, left, base, style_of(first), text);
    if (said)
        gs_svg_since_end(svg);
}

void gs_svg_words(const struct gs_svg *svg, size_t line, int from, int until)
{
    const struct gs_canvas *canvas = &svg->words;
    int y = (int)line;
    for (int x = from, end; x < until; x = end) {
        const struct gs_cell *cell = gs_canvas_cell(canvas, x, y);
        end = x + 1;
        if (is_blank(cell) || is_filling(cell) || (is_bracket(cell) && cell->role == GS_ROLE_DIM))
            continue;
        if (is_sign(canvas, x, y)) {
            put_sign(svg, x, y, baseline(svg, line, x));
            continue;
        }
        end = end_of(canvas, x, y, until);
        put_text(svg, line, x, end);
    }
}
