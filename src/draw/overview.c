#include "draw/overview.h"

#include "base/clock.h"
#include "base/text.h"
#include "draw/glyph.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t edge(const struct gs_overview *o, int column)
{
    return (uint64_t)((gs_u128)o->span * (unsigned)column / o->busy.count);
}

static int column_of(const struct gs_overview *o, uint64_t time)
{
    uint64_t at = time < o->span ? time : o->span;
    return (int)((gs_u128)at * o->busy.count / o->span);
}

static uint64_t busy_ns(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t from,
                        uint64_t until)
{
    uint64_t ns[GS_STATES];
    gs_lane_shares(t, lane, from, until, ns);
    return ns[GS_STATE_RUNNING] + ns[GS_STATE_NATIVE] + ns[GS_STATE_WANTS_GIL] + ns[GS_STATE_READY];
}

/* Threads that ran or wanted to, on average. */
static double busy_between(const struct gs_timeline *t, uint64_t from, uint64_t until)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    uint64_t sum = 0;
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        const struct gs_lane *lane = gs_timeline_lane(t, id);
        if (row && lane && row->kind == GS_ACTOR_THREAD)
            sum += busy_ns(t, lane, from, until);
    }
    return until > from ? (double)sum / (double)(until - from) : 0;
}

static void begin(struct gs_overview *o, uint64_t span, int columns)
{
    gs_overview_free(o);
    o->span = span;
    for (int c = 0; c < columns; c++)
        gs_vec_push(&o->busy, 0.0);
}

void gs_overview_take(struct gs_overview *o, const struct gs_timeline *t, uint64_t span,
                      uint64_t now, int columns)
{
    if (span == 0 || columns < 1)
        return;
    if (o->span != span || o->busy.count != (size_t)columns)
        begin(o, span, columns);
    o->now = now;
    for (int c = o->done; c < columns && edge(o, c) < now; c++) {
        uint64_t until = edge(o, c + 1);
        double busy = busy_between(t, edge(o, c), until < now ? until : now);
        o->busy.items[c] = busy;
        o->most = busy > o->most ? busy : o->most;
        o->done = until <= now ? c + 1 : c;
    }
}

static void draw_columns(struct gs_canvas *canvas, const struct gs_overview *o, int x, int y, int a,
                         int b)
{
    int count = (int)o->busy.count, reached = column_of(o, o->now);
    for (int c = 0; c < count && c <= reached; c++) {
        int height = gs_glyph_bar_height(o->busy.items[c], o->most);
        unsigned role = c >= a && c < b ? GS_ROLE_TEXT : GS_ROLE_DIM;
        if (height > 0)
            gs_canvas_put(canvas, x + c, y, gs_glyph_bar(height, canvas->ascii), role, 0);
    }
}

void gs_overview_draw(struct gs_canvas *canvas, const struct gs_overview *o, int x, int y,
                      int title_width, uint64_t from, uint64_t until)
{
    char time[32], title[64];
    int left = x + title_width, count = (int)o->busy.count;
    if (count == 0)
        return;
    int a = column_of(o, from), b = column_of(o, until ? until - 1 : 0) + 1;
    snprintf(title, sizeof title, "all %s", gs_text_duration(time, sizeof time, o->now));
    gs_canvas_text(canvas, x, y, title_width - 1, GS_ROLE_DIM, 0, title);
    draw_columns(canvas, o, left, y, a, b);
    b = b < count ? b : count - 1;
    gs_canvas_put(canvas, left + a - 1, y, "[", GS_ROLE_TITLE, GS_STYLE_BOLD);
    gs_canvas_put(canvas, left + b, y, "]", GS_ROLE_TITLE, GS_STYLE_BOLD);
}

bool gs_overview_time(const struct gs_overview *o, int column, uint64_t *time)
{
    if (column < 0 || (size_t)column >= o->busy.count || edge(o, column) > o->now)
        return false;
    *time = (edge(o, column) + edge(o, column + 1)) / 2;
    *time = *time < o->now ? *time : o->now;
    return true;
}

void gs_overview_free(struct gs_overview *o)
{
    gs_vec_free(&o->busy);
    *o = (struct gs_overview){0};
}
