/* `--print boxes`: one instant of the run as boxes, and what it is an instant of. */
#include "export/picture.h"
#include "export/print.h"

#include "base/text.h"
#include "draw/boxes/boxes.h"

#include <stdlib.h>

struct change {
    uint64_t time;
    int by; /* 1: a lane begins, -1: it ends */
};

struct changes {
    GS_VEC(struct change) list;
};

static int by_time(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    return a->time != b->time ? (a->time > b->time) - (a->time < b->time) : b->by - a->by;
}

static void collect(struct changes *changes, const struct gs_timeline *timeline)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_lane *lane = gs_timeline_lane(timeline, id);
        if (!lane || !lane->born || !lane->spans.count)
            continue;
        gs_vec_push(&changes->list, ((struct change){lane->birth, 1}));
        if (lane->died)
            gs_vec_push(&changes->list, ((struct change){lane->death, -1}));
    }
    if (changes->list.count)
        qsort(changes->list.items, changes->list.count, sizeof *changes->list.items, by_time);
}

/* The middle of the longest stretch in which most lanes live: what the run is about, or what it
 * comes to stand still in. */
static uint64_t telling_instant(const struct gs_timeline *timeline)
{
    struct changes changes = {0};
    uint64_t longest = 0, instant = 0;
    int living = 0, most = 0;
    collect(&changes, timeline);
    for (size_t i = 0; i < changes.list.count; i++) {
        uint64_t from = changes.list.items[i].time;
        uint64_t until =
            i + 1 < changes.list.count ? changes.list.items[i + 1].time : gs_timeline_end(timeline);
        living += changes.list.items[i].by;
        if (living < most || (living == most && until - from <= longest))
            continue;
        most = living;
        longest = until - from;
        instant = from + longest / 2;
    }
    gs_vec_free(&changes.list);
    return instant;
}

static void print_picture(const struct gs_printer *print, const struct gs_export_source *source,
                          uint64_t at)
{
    struct gs_rows own;
    struct gs_canvas canvas;
    struct gs_boxes_view view = {.timeline = source->timeline,
                                 .rows = gs_picture_rows(source, &own),
                                 .time = at,
                                 .width = print->width,
                                 .selected = -1};
    gs_canvas_init(&canvas, view.width, gs_boxes_height(&view), print->ascii);
    gs_print_canvas(print, &canvas, gs_boxes_draw(&canvas, &view));
    gs_canvas_destroy(&canvas);
    gs_rows_free(&own);
}

static bool write_boxes(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct gs_printer print = gs_printer_of(out, source);
    char at[32], total[32];
    uint64_t end = gs_timeline_end(source->timeline);
    uint64_t time = source->at ? source->at : telling_instant(source->timeline);
    time = time < end ? time : end;
    gs_print_heading(&print, source);
    print_picture(&print, source, time);
    gs_printf(&print, "\nat %s of %s\n", gs_text_duration(at, sizeof at, time),
              gs_text_duration(total, sizeof total, end));
    return gs_print_end(&print, err);
}

const struct gs_exporter gs_exporter_boxes = {
    .name = "boxes",
    .meaning = "one instant: the processes, their GILs, their threads and what each does",
    .ending = "txt",
    .write = write_boxes,
};
