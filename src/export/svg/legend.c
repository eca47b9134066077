/* Each sign that the picture shows, with its word, on as many lines as it takes. */
#include "export/picture.h"
#include "export/svg/parts.h"

#include <string.h>

enum { LINE = 20 };

static void put_entry(const struct gs_svg *svg, const struct gs_canvas *canvas, int from, int until,
                      int x)
{
    enum { BAR_DOWN = 3, BASE = 14, SIGN = 2 };
    const struct gs_cell *sign = gs_canvas_cell(canvas, from, 0);
    char word[512];
    size_t used = 0;
    *word = '\0';
    for (int i = from + SIGN; i < until && used + sizeof sign->glyph < sizeof word; i++)
        used += (size_t)snprintf(word + used, sizeof word - used, "%s",
                                 gs_canvas_cell(canvas, i, 0)->glyph);
    if (sign->style & GS_STYLE_REVERSE || sign->role == GS_ROLE_ERROR)
        gs_svg_text(svg, x, svg->bottom + BASE, gs_svg_class(sign->role), sign->glyph);
    else
        gs_svg_swatch(svg, sign, x, svg->bottom + BAR_DOWN);
    gs_svg_text(svg, x + 3 * GS_SVG_CELL, svg->bottom + BASE, "dim", word);
}

void gs_svg_legend(struct gs_svg *svg)
{
    enum { WHOLE = 400, BESIDE = 4 };
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, WHOLE, 1, false);
    int end = gs_lanes_legend(&canvas, svg->source->timeline, &svg->signs, 0, 0, WHOLE);
    int x = GS_SVG_MARGIN;
    for (int from = 0, until; gs_legend_entry(&canvas, end, &from, &until); from = until) {
        int width = (until - from + BESIDE) * GS_SVG_CELL;
        if (x > GS_SVG_MARGIN && x + width - 3 * GS_SVG_CELL > svg->right) {
            x = GS_SVG_MARGIN;
            svg->bottom += LINE;
        }
        put_entry(svg, &canvas, from, until, x);
        x += width;
    }
    svg->bottom += end > 0 ? LINE : 0;
    gs_canvas_destroy(&canvas);
}
