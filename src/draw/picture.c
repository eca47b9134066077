#include "draw/parts.h"

#include "base/clock.h"
#include "base/text.h"
#include "timeline/names.h"

#include <stdlib.h>

enum { LEAST_TITLE = 8, LEAST_MOST = 14, TITLE_GAP = 2 };

/* Rounded up: then the column of a column's first instant is that column. */
static uint64_t edge(const struct gs_lanes_view *view, int columns, int column)
{
    gs_u128 window = view->until - view->from;
    gs_u128 all = (gs_u128)(unsigned)columns;
    return view->from + (uint64_t)((window * (unsigned)column + all - 1) / all);
}

static int column_of(const struct gs_lanes_view *view, int columns, uint64_t time)
{
    gs_u128 offset = time - view->from;
    return (int)(offset * (unsigned)columns / (view->until - view->from));
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static bool is_task(const struct gs_lanes_view *view, const struct gs_row *row)
{
    const struct gs_tables *tables = gs_timeline_tables(view->timeline);
    const struct gs_actor_row *actor = tables->actor(tables, row->actor);
    return row->kind == GS_ROW_LANE && actor && actor->kind == GS_ACTOR_TASK;
}

int gs_lanes_title_width(const struct gs_lanes_view *view)
{
    if (view->title_width > 0)
        return view->title_width < view->width ? view->title_width : view->width;
    int widest = LEAST_TITLE, widest_short = LEAST_TITLE;
    int share = 2 * view->width / 7; /* "interpreter 1" is whole beside a pane at 120 columns */
    int most = share > LEAST_MOST ? share : LEAST_MOST;
    most = most < view->width / 2 ? most : view->width / 2;
    for (size_t i = 0; i < view->rows->list.count && widest_short < most; i++) {
        const struct gs_row *row = &view->rows->list.items[i];
        int before = 2 * row->depth + (row->kind == GS_ROW_GROUP ? 2 : 0);
        char title[256];
        size_t digits;
        gs_row_title(title, sizeof title, view->timeline, row);
        int whole = before + gs_text_width(title);
        widest = larger(widest, whole);
        /* Of tasks that nobody named, what they run is all that tells them apart. */
        if (!is_task(view, row) || whole + TITLE_GAP > most)
            title[gs_name_short(title, &digits)] = '\0';
        widest_short = larger(widest_short, before + gs_text_width(title));
    }
    /* What a thread runs is worth a sixth of the picture, not a quarter. */
    int width = (widest <= view->width / 6 ? widest : widest_short) + TITLE_GAP;
    return width < most ? width : most;
}

uint64_t gs_lanes_time(const struct gs_lanes_view *view, int column)
{
    int columns = view->width - gs_lanes_title_width(view);
    if (columns <= 0 || column <= 0)
        return view->from;
    return column >= columns ? view->until : edge(view, columns, column);
}

int gs_lanes_column(const struct gs_lanes_view *view, uint64_t time)
{
    int columns = view->width - gs_lanes_title_width(view);
    if (columns <= 0 || time < view->from || time >= view->until)
        return -1;
    return column_of(view, columns, time);
}

int gs_picture_column(const struct gs_picture *p, uint64_t time)
{
    if (time <= p->view.from)
        return 0;
    return time >= p->view.until ? p->columns : column_of(&p->view, p->columns, time);
}

int gs_picture_edge(const struct gs_picture *p, uint64_t time)
{
    int c = gs_picture_column(p, time);
    if (c >= p->columns || time <= p->view.from)
        return c;
    return time - p->edges[c] > p->edges[c + 1] - time ? c + 1 : c;
}

uint32_t gs_picture_shown(const struct gs_picture *p, int a, int b)
{
    int end = b < p->shown ? b : p->shown;
    return end > a ? (uint32_t)(end - a) : 0;
}

bool gs_picture_init(struct gs_picture *p, struct gs_canvas *canvas,
                     const struct gs_lanes_view *view)
{
    *p = (struct gs_picture){.canvas = canvas, .view = *view};
    p->view.title_width = gs_lanes_title_width(view);
    if (p->view.until <= p->view.from)
        p->view.until = p->view.from < UINT64_MAX ? p->view.from + 1 : UINT64_MAX;
    p->columns = view->width - p->view.title_width;
    p->left = view->x + p->view.title_width;
    if (p->columns <= 0)
        return false;
    size_t count = (size_t)p->columns;
    p->edges = calloc(count + 1, sizeof *p->edges);
    p->fresh = calloc(count, sizeof *p->fresh);
    p->taken = calloc(count, sizeof *p->taken);
    if (!p->edges || !p->fresh || !p->taken)
        abort();
    for (int c = 0; c <= p->columns; c++)
        p->edges[c] = edge(&p->view, p->columns, c);
    if (view->kept)
        gs_kept_begin(view->kept, view->timeline, p->view.from, p->view.until, p->columns, canvas);
    p->shown = p->columns;
    if (view->now && view->now < p->view.until)
        p->shown = view->now > view->from ? gs_picture_column(p, view->now - 1) + 1 : 0;
    p->two_columns = (p->view.until - p->view.from) / count * 2;
    return true;
}

void gs_picture_destroy(struct gs_picture *p)
{
    free(p->edges);
    free(p->fresh);
    free(p->taken);
    free(p->signs);
}
