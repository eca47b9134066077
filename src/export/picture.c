#include "export/picture.h"

#include "draw/lanes.h"

#include <string.h>

/* Blanks between two entries of the legend; inside one there is never more than one. */
enum { LEGEND_GAP = 3 };

static bool is_gap(const struct gs_canvas *canvas, int x)
{
    for (int i = 0; i < LEGEND_GAP; i++)
        if (strcmp(gs_canvas_cell(canvas, x + i, 0)->glyph, " ") != 0)
            return false;
    return true;
}

bool gs_legend_entry(const struct gs_canvas *canvas, int end, int *from, int *until)
{
    *from += *from > 0 ? LEGEND_GAP : 0;
    if (*from >= end)
        return false;
    for (*until = *from; *until < end && !is_gap(canvas, *until);)
        ++*until;
    return true;
}

/* All of it, on as many lines as it takes. */
static void print_legend(const struct gs_printer *print, const struct gs_timeline *timeline,
                         const struct gs_lanes_signs *signs)
{
    enum { WHOLE = 400 };
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, WHOLE, 1, print->ascii);
    int end = gs_lanes_legend(&canvas, timeline, signs, 0, 0, WHOLE), column = 0;
    for (int from = 0, until; gs_legend_entry(&canvas, end, &from, &until); from = until) {
        int width = until - from;
        bool fits = column > 0 && column + LEGEND_GAP + width <= print->width;
        gs_printf(print, "%s", fits ? "   " : column > 0 ? "\n" : "");
        gs_print_cells(print, &canvas, 0, from, until);
        column = (fits ? column + LEGEND_GAP : 0) + width;
    }
    gs_canvas_destroy(&canvas);
    gs_print(print, "\n");
}

static struct gs_lanes_view view_of(const struct gs_printer *print,
                                    const struct gs_export_source *source,
                                    const struct gs_rows *rows, const struct gs_picture *picture)
{
    return (struct gs_lanes_view){.timeline = source->timeline,
                                  .rows = rows,
                                  .from = picture->from,
                                  .until = picture->until,
                                  .width = print->width,
                                  .height = (int)rows->list.count + 6,
                                  .title_width = picture->title_width,
                                  .selected = -1,
                                  .cursor = UINT64_MAX,
                                  .totals = true};
}

const struct gs_rows *gs_picture_rows(const struct gs_export_source *source, struct gs_rows *own)
{
    *own = (struct gs_rows){0};
    if (source->rows)
        return source->rows;
    gs_rows_build(own, source->timeline,
                  &(struct gs_row_choice){.helpers = source->helpers, .locks = true});
    return own;
}

int gs_picture_titles(const struct gs_printer *print, const struct gs_export_source *source,
                      const struct gs_picture *picture)
{
    struct gs_rows own;
    struct gs_lanes_view view = view_of(print, source, gs_picture_rows(source, &own), picture);
    int width = gs_lanes_title_width(&view);
    gs_rows_free(&own);
    return width;
}

void gs_picture_print(const struct gs_printer *print, const struct gs_export_source *source,
                      const struct gs_picture *picture)
{
    struct gs_rows own;
    struct gs_lanes_view view = view_of(print, source, gs_picture_rows(source, &own), picture);
    struct gs_lanes_signs signs;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, view.width, view.height, print->ascii);
    canvas.plain = !print->colour;
    canvas.two = print->colour && !print->ascii;
    int used = gs_lanes_draw(&canvas, &view, &signs);
    gs_print_canvas(print, &canvas, used);
    gs_canvas_destroy(&canvas);
    print_legend(print, source->timeline, &signs);
    gs_rows_free(&own);
}
