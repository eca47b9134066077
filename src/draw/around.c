/* What stands above and below the lanes: the phases of the run, a range of it, its marks and the
 * cursor, and the bracket with the total. */
#include "draw/parts.h"

#include "base/text.h"
#include "draw/shorten.h"
#include "timeline/names.h"

#include <stdio.h>
#include <stdlib.h>

/* left, a line, right over columns a … b - 1. */
static void draw_bracket(const struct gs_picture *p, int y, int a, int b, const char *left,
                         const char *right)
{
    gs_canvas_fill(p->canvas, p->left + a, y, b - a, "─", GS_ROLE_DIM, 0);
    gs_canvas_put(p->canvas, p->left + a, y, left, GS_ROLE_DIM, 0);
    gs_canvas_put(p->canvas, p->left + b - 1, y, right, GS_ROLE_DIM, 0);
}

static void draw_centred(const struct gs_picture *p, int y, int a, int b, unsigned role,
                         const char *text)
{
    int width = gs_text_width(text);
    int x = a + (b - a - width) / 2;
    x = x < 0 ? 0 : x;
    x = x + width > p->columns ? p->columns - width : x;
    x = x < -p->view.title_width ? -p->view.title_width : x;
    gs_canvas_text(p->canvas, p->left + x, y, p->columns - x, role, 0, text);
}

bool gs_phases_any(const struct gs_picture *p)
{
    struct gs_points points = gs_timeline_points(p->view.timeline, GS_EVENT_PHASE);
    bool any = points.list.count > 0;
    gs_vec_free(&points.list);
    return any;
}

/* The title with how long the phase took, or alone where there is no room for both. A phase that
 * still goes on has no length yet. */
static void draw_title(const struct gs_picture *p, int y, int a, int b, const char *title,
                       uint64_t took)
{
    char duration[32], spaced[320];
    snprintf(spaced, sizeof spaced, " %s %s ", title,
             gs_text_duration(duration, sizeof duration, took));
    if (!took || gs_text_width(spaced) + 4 > b - a)
        snprintf(spaced, sizeof spaced, " %s ", title);
    if (gs_text_width(spaced) + 4 <= b - a)
        draw_centred(p, y, a, b, GS_ROLE_TITLE, spaced);
    else if (b - a > 4)
        gs_canvas_name(p->canvas, p->left + a + 1, y, b - a - 2, GS_ROLE_TITLE, 0, title);
}

static void draw_phase(const struct gs_picture *p, int y, const struct gs_event *begin,
                       uint64_t end, bool ended)
{
    int a = gs_picture_edge(p, begin->time);
    int b = gs_picture_edge(p, end);
    if (end <= p->view.from || begin->time >= p->view.until || b - a < 2)
        return;
    char title[256];
    gs_name_string(title, sizeof title, gs_timeline_tables(p->view.timeline), begin->a);
    draw_bracket(p, y, a, b, "├", "┤");
    bool played = ended && (p->view.now == 0 || end < p->view.now);
    draw_title(p, y, a, b, title, played ? end - begin->time : 0);
}

void gs_phases_draw(const struct gs_picture *p, int y)
{
    struct gs_points points = gs_timeline_points(p->view.timeline, GS_EVENT_PHASE);
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *begin = &points.list.items[i];
        bool last = i + 1 == points.list.count;
        uint64_t end = last ? gs_timeline_end(p->view.timeline) : begin[1].time;
        if (begin->a)
            draw_phase(p, y, begin, end, !last || gs_timeline_complete(p->view.timeline));
    }
    gs_vec_free(&points.list);
}

/* A bar on the axis, with its length where there is room; one that is shorter than a column has
 * that column. */
void gs_range_draw(const struct gs_picture *p, int y)
{
    uint64_t from = p->view.range_from, until = p->view.range_until;
    if (from == until || until <= p->view.from || from >= p->view.until)
        return;
    int a = gs_picture_edge(p, from), b = gs_picture_edge(p, until);
    b = b > a ? b : a + 1;
    char duration[32], text[40];
    snprintf(text, sizeof text, " %s ", gs_text_duration(duration, sizeof duration, until - from));
    if (gs_text_width(text) + 2 <= b - a) {
        gs_canvas_fill(p->canvas, p->left + a, y, b - a, "─", GS_ROLE_TEXT, 0);
        draw_centred(p, y, a, b, GS_ROLE_TEXT, text);
    }
    for (int column = a; column < b && column < p->columns; column++) {
        struct gs_cell *cell = gs_canvas_at(p->canvas, p->left + column, y);
        if (cell)
            cell->style ^= GS_STYLE_REVERSE;
    }
}

static bool in_view(const struct gs_picture *p, uint64_t time)
{
    bool reached = p->view.now == 0 || time < p->view.now;
    return reached && time >= p->view.from && time <= p->view.until;
}

bool gs_marks_any(const struct gs_picture *p)
{
    struct gs_points points = gs_timeline_points(p->view.timeline, GS_EVENT_MARK);
    struct gs_points questions = gs_timeline_points(p->view.timeline, GS_EVENT_ASK);
    bool any = p->view.cursor != UINT64_MAX || points.list.count + questions.list.count > 0;
    gs_vec_free(&questions.list);
    gs_vec_free(&points.list);
    return any;
}

static int mark_column(const struct gs_picture *p, uint64_t time)
{
    int column = gs_picture_edge(p, time);
    return column < p->columns ? column : p->columns - 1;
}

/* A mark and, up to the next one's column, its text. */
static void draw_mark(const struct gs_picture *p, int y, const struct gs_event *mark, int limit)
{
    int column = mark_column(p, mark->time);
    char text[256];
    gs_name_string(text, sizeof text, gs_timeline_tables(p->view.timeline), mark->a);
    gs_canvas_put(p->canvas, p->left + column, y, "▲", GS_ROLE_MARK, 0);
    int width = gs_text_width(text);
    if (column + 2 + width <= limit)
        gs_canvas_text(p->canvas, p->left + column + 2, y, width, GS_ROLE_DIM, 0, text);
}

/* A mark's text stays readable: a letter that the cursor stands on is its foot. */
static void draw_cursor_foot(const struct gs_picture *p, int y)
{
    int x = p->left + gs_picture_column(p, p->view.cursor);
    struct gs_cell *cell = gs_canvas_at(p->canvas, x, y);
    if (cell && cell->role == GS_ROLE_DIM)
        cell->style ^= GS_STYLE_REVERSE;
    else
        gs_canvas_put(p->canvas, x, y, "▲", GS_ROLE_CURSOR, GS_STYLE_BOLD);
}

/* A question has its sign there; its words stand below the lanes, with the answers. */
static void draw_questions(const struct gs_picture *p, int y)
{
    struct gs_points points = gs_timeline_points(p->view.timeline, GS_EVENT_ASK);
    for (size_t i = 0; i < points.list.count; i++)
        if (in_view(p, points.list.items[i].time))
            gs_canvas_put(p->canvas, p->left + mark_column(p, points.list.items[i].time), y, "?",
                          GS_ROLE_MARK, 0);
    gs_vec_free(&points.list);
}

void gs_marks_draw(const struct gs_picture *p, int y)
{
    struct gs_points points = gs_timeline_points(p->view.timeline, GS_EVENT_MARK);
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *mark = &points.list.items[i];
        bool last = i + 1 == points.list.count;
        if (in_view(p, mark->time))
            draw_mark(p, y, mark, last ? p->columns : mark_column(p, mark[1].time) - 1);
    }
    gs_vec_free(&points.list);
    draw_questions(p, y);
    if (p->view.cursor >= p->view.from && p->view.cursor < p->view.until)
        draw_cursor_foot(p, y);
}

/* "total 60.0 ms"; of a part: "1.10 ms of 60.0 ms"; of a run that goes on: "60.0 ms so far". */
static const char *total_words(char *buffer, size_t size, const struct gs_picture *p, uint64_t end)
{
    char all[32], part[32];
    gs_text_duration(all, sizeof all, end);
    uint64_t until = end < p->view.until ? end : p->view.until;
    gs_text_duration(part, sizeof part, until - p->view.from);
    if (until - p->view.from < end)
        snprintf(buffer, size, "%s of %s", part, all);
    else if (gs_timeline_complete(p->view.timeline))
        snprintf(buffer, size, "total %s", all);
    else
        snprintf(buffer, size, "%s so far", all);
    return buffer;
}

void gs_total_draw(const struct gs_picture *p, int y)
{
    uint64_t end = gs_timeline_end(p->view.timeline);
    if (end <= p->view.from)
        return;
    bool ends_here = end <= p->view.until;
    int b = ends_here ? gs_picture_edge(p, end) : p->columns;
    b = b > 1 ? b : 2;
    draw_bracket(p, y, 0, b, p->view.from == 0 ? "└" : "─", ends_here ? "┘" : "─");
    char text[96];
    draw_centred(p, y + 1, 0, b, GS_ROLE_TEXT, total_words(text, sizeof text, p, end));
}
