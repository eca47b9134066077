/* The phases pane: what each of them comes to, side by side. */
#include "tui/panes/pane.h"

#include "base/clock.h"
#include "base/text.h"
#include "draw/phases.h"
#include "draw/shorten.h"
#include "tui/parts/wrap.h"

#include <stdio.h>

/* Counting a long run again costs more than a frame has; four times a second is soon enough. */
#define AGAIN_AFTER 250000000u

enum { GAP = 2 };

struct phases_pane {
    struct gs_table table;
    char says[GS_PHASES_SAY];
    uint64_t version, time; /* what they were taken of, and when */
};

/* No frame may come that could count again: what is drawn now stays. */
static bool stands_still(const struct gs_run *run)
{
    return gs_run_next_frame(run) == 0 || (run->playback.paused && gs_run_virtual(run));
}

static void take(struct phases_pane *pane, const struct gs_look *look)
{
    const struct gs_run *run = &look->run;
    uint64_t version = gs_timeline_version(run->timeline) + run->playback.now;
    uint64_t now = gs_clock_system();
    bool due = pane->time == 0 || now - pane->time > AGAIN_AFTER || stands_still(run);
    if (version == pane->version || !due)
        return;
    struct gs_phases phases;
    gs_table_free(&pane->table);
    pane->table = (struct gs_table){0};
    gs_phases_take(&phases, run->timeline, 0, run->playback.now);
    if (phases.list.count)
        gs_phase_table_take(&pane->table, &phases, run->timeline);
    gs_phase_table_says(pane->says, sizeof pane->says, &phases, run->timeline);
    gs_phases_free(&phases);
    pane->version = version;
    pane->time = now;
}

struct lines {
    const struct gs_table *table;
    struct gs_canvas *canvas;
    struct gs_box box;
    int widths[GS_TABLE_COLUMNS];
    int names; /* width of the first column */
    int skip, line;
};

static int next_line(struct lines *l)
{
    int row = l->line++ - l->skip;
    return row >= 0 && row < l->box.height ? l->box.y + row : -1;
}

/* The columns from `from` that fit beside the names: the first one that does not. */
static size_t fitting(const struct lines *l, size_t from)
{
    int x = l->names;
    size_t column = from;
    for (; column < l->table->columns; column++) {
        x += GAP + l->widths[column];
        if (x > l->box.width && column > from)
            break;
    }
    return column;
}

static void draw_row(struct lines *l, size_t row, size_t from, size_t until)
{
    const struct gs_table_cell *cells = &l->table->cells.items[row * l->table->columns];
    unsigned role = row == 0 ? GS_ROLE_DIM : GS_ROLE_TEXT;
    int y = next_line(l), x = l->box.x + l->names, end = l->box.x + l->box.width;
    if (y < 0)
        return;
    gs_canvas_name(l->canvas, l->box.x, y, l->names, row == 0 ? role : GS_ROLE_TITLE, 0,
                   cells[0].text);
    for (size_t c = from; c < until; c++) {
        int width = gs_text_width(cells[c].text);
        int indent = gs_table_is_left(l->table, c) ? 0 : l->widths[c] - width;
        x += GAP;
        gs_canvas_text(l->canvas, x + indent, y, end - x - indent, role, 0, cells[c].text);
        x += l->widths[c];
    }
}

/* Columns that do not fit stand below, with the names again. */
static void draw_columns(struct lines *l)
{
    size_t rows = l->table->cells.count / l->table->columns;
    for (size_t from = 1, until; from < l->table->columns; from = until) {
        until = fitting(l, from);
        for (size_t row = 0; row < rows; row++)
            draw_row(l, row, from, until);
        next_line(l);
    }
}

/* How many lines draw_columns needs. */
static int height(const struct lines *l)
{
    int lines = 0, rows = (int)(l->table->cells.count / l->table->columns);
    for (size_t from = 1; from < l->table->columns; from = fitting(l, from))
        lines += rows + 1;
    return lines;
}

static void draw_says(struct lines *l, const char *says)
{
    int above = l->line - l->skip;
    if (above < l->box.height)
        gs_wrap_draw(l->canvas,
                     (struct gs_box){l->box.x, l->box.y + (above > 0 ? above : 0), l->box.width,
                                     l->box.height - (above > 0 ? above : 0)},
                     GS_ROLE_DIM, 0, says);
}

static void measure(struct lines *l)
{
    gs_table_widths(l->table, l->widths);
    int third = l->box.width / 3;
    l->names = l->widths[0] < third ? l->widths[0] : third;
}

static int lines(void *state, const struct gs_look *look, int width)
{
    struct phases_pane *pane = state;
    struct lines l = {.table = &pane->table, .box = {.width = width - 1}};
    take(pane, look);
    if (!pane->table.columns)
        return 1;
    measure(&l);
    return height(&l) + gs_wrap_lines(pane->says, l.box.width);
}

static void draw(void *state, const struct gs_look *look, struct gs_canvas *canvas,
                 struct gs_box box, int *scroll)
{
    struct phases_pane *pane = state;
    take(pane, look);
    struct lines l = {.table = &pane->table,
                      .canvas = canvas,
                      .box = {box.x + 1, box.y, box.width - 1, box.height}};
    if (!pane->table.columns) {
        gs_wrap_draw(canvas, l.box, GS_ROLE_TEXT, 0,
                     gs_run_at_end(&look->run) ? "The run had no phases." : "No phase has begun.");
        return;
    }
    measure(&l);
    int most = height(&l) - 1;
    *scroll = *scroll > most ? most : *scroll;
    *scroll = *scroll < 0 ? 0 : *scroll;
    l.skip = *scroll;
    draw_columns(&l);
    draw_says(&l, pane->says);
}

static void title(const void *state, char *buffer, size_t size)
{
    (void)state;
    snprintf(buffer, size, "phases side by side");
}

static void forget(void *state)
{
    gs_table_free(&((struct phases_pane *)state)->table);
}

const struct gs_pane_ops gs_phases_pane = {.size = sizeof(struct phases_pane),
                                           .lines = lines,
                                           .title = title,
                                           .draw = draw,
                                           .forget = forget};
