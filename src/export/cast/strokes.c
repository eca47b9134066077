#include "export/cast/strokes.h"

#include "export/print.h"

#include <string.h>

static bool same(const struct gs_cell *a, const struct gs_cell *b, bool colour)
{
    return strcmp(a->glyph, b->glyph) == 0 &&
           (!colour || (a->role == b->role && a->style == b->style && a->back == b->back));
}

/* A wide character's second cell has no glyph of its own: it is drawn with the first one. */
static bool differs(const struct gs_canvas *shown, const struct gs_canvas *next, int x, int y,
                    bool colour)
{
    const struct gs_cell *behind = gs_canvas_cell(next, x + 1, y);
    return !same(gs_canvas_cell(shown, x, y), gs_canvas_cell(next, x, y), colour) ||
           (!*behind->glyph && !same(gs_canvas_cell(shown, x + 1, y), behind, colour));
}

/* Two sequences for the cursor (CUP) would take more bytes than the cells between. */
enum { GAP = 4 };

/* The cells from x on that differ, with short gaps between them; the column behind. */
static int run_end(const struct gs_canvas *shown, const struct gs_canvas *next, int x, int y,
                   bool colour)
{
    int end = x + 1;
    for (int at = end; at < next->width && at - end < GAP; at++)
        if (differs(shown, next, at, y, colour))
            end = at + 1;
    return end;
}

static void write_run(FILE *out, const struct gs_canvas *next, int y, int from, int until,
                      bool colour)
{
    char look[GS_LOOK_SIZE], before[GS_LOOK_SIZE] = "";
    fprintf(out, "\033[%d;%dH", y + 1, from + 1);
    for (int x = from; x < until; x++) {
        const struct gs_cell *cell = gs_canvas_cell(next, x, y);
        gs_print_look(look, sizeof look, cell);
        if (colour && strcmp(look, before) != 0)
            fputs(*look ? look : "\033[0m", out);
        memcpy(before, look, sizeof before);
        fputs(cell->glyph, out);
    }
    if (colour && *before)
        fputs("\033[0m", out);
}

void gs_strokes_write(FILE *out, struct gs_canvas *shown, const struct gs_canvas *next, bool colour)
{
    for (int y = 0; y < next->height; y++)
        for (int x = 0; x < next->width;) {
            int end = x + 1;
            if (differs(shown, next, x, y, colour)) {
                end = run_end(shown, next, x, y, colour);
                write_run(out, next, y, x, end, colour);
            }
            x = end;
        }
    size_t cells = (size_t)next->width * (size_t)next->height;
    memcpy(shown->cells, next->cells, cells * sizeof *next->cells);
}
