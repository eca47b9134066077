#include "support/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { ROW_BYTES = 16384 };

struct gs_lanes_view picture_view(const struct gs_timeline *timeline, struct gs_rows *rows,
                                  int width)
{
    gs_rows_build(rows, timeline, NULL);
    return (struct gs_lanes_view){.timeline = timeline,
                                  .rows = rows,
                                  .until = gs_timeline_end(timeline),
                                  .width = width,
                                  .height = (int)rows->list.count + 6,
                                  .selected = -1,
                                  .cursor = UINT64_MAX,
                                  .totals = true};
}

static void show(const struct gs_canvas *canvas)
{
    char row[ROW_BYTES];
    for (int y = 0; y < canvas->height; y++)
        fprintf(stderr, "\"%s\",\n", gs_canvas_row(canvas, y, row, sizeof row));
}

void canvas_is(const struct gs_canvas *canvas, const char *const *expected)
{
    char row[ROW_BYTES];
    for (int y = 0; y < canvas->height; y++) {
        const char *line = *expected ? *expected++ : "";
        gs_canvas_row(canvas, y, row, sizeof row);
        if (strcmp(row, line) != 0) {
            show(canvas);
            assert_string_equal(row, line);
        }
    }
    assert_null(*expected);
}

void picture_is(const struct gs_lanes_view *view, bool ascii, const char *const *expected)
{
    struct gs_canvas canvas;
    gs_canvas_init(&canvas, view->width, view->height + 1, ascii);
    struct gs_lanes_signs signs;
    int used = gs_lanes_draw(&canvas, view, &signs);
    gs_lanes_legend(&canvas, view->timeline, &signs, 0, used, view->width);
    canvas_is(&canvas, expected);
    gs_canvas_destroy(&canvas);
}
