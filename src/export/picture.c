#include "export/picture.h"

#include "base/text.h"
#include "draw/lanes.h"

#include <string.h>

/* All of it, on as many lines as it takes: between two entries stand three blanks. */
static void print_legend(const struct gs_printer *print, const struct gs_timeline *timeline,
                         const struct gs_lanes_signs *signs)
{
    enum { WHOLE = 400 };
    struct gs_canvas canvas;
    char text[WHOLE * sizeof canvas.cells->glyph];
    gs_canvas_init(&canvas, WHOLE, 1, print->ascii);
    gs_lanes_legend(&canvas, timeline, signs, 0, 0, WHOLE);
    gs_canvas_row(&canvas, 0, text, sizeof text);
    gs_canvas_destroy(&canvas);
    int column = 0;
    for (char *entry = text, *next; entry && *entry; entry = next) {
        next = strstr(entry, "   ");
        if (next) {
            *next = '\0';
            next += 3;
        }
        int width = gs_text_width(entry);
        bool fits = column > 0 && column + 3 + width <= print->width;
        gs_printf(print, "%s%s", fits ? "   " : column > 0 ? "\n" : "", entry);
        column = (fits ? column + 3 : 0) + width;
    }
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

static struct gs_rows rows_of(const struct gs_export_source *source)
{
    struct gs_rows rows = {0};
    gs_rows_build(&rows, source->timeline, &(struct gs_row_choice){.helpers = source->helpers});
    return rows;
}

int gs_picture_titles(const struct gs_printer *print, const struct gs_export_source *source,
                      const struct gs_picture *picture)
{
    struct gs_rows rows = rows_of(source);
    struct gs_lanes_view view = view_of(print, source, &rows, picture);
    int width = gs_lanes_title_width(&view);
    gs_rows_free(&rows);
    return width;
}

void gs_picture_print(const struct gs_printer *print, const struct gs_export_source *source,
                      const struct gs_picture *picture)
{
    struct gs_rows rows = rows_of(source);
    struct gs_lanes_view view = view_of(print, source, &rows, picture);
    struct gs_lanes_signs signs;
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, view.width, view.height, print->ascii);
    canvas.plain = true;
    int used = gs_lanes_draw(&canvas, &view, &signs);
    gs_print_canvas(print, &canvas, used);
    gs_canvas_destroy(&canvas);
    print_legend(print, source->timeline, &signs);
    gs_rows_free(&rows);
}
