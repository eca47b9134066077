#include "tui/views/compare/differences.h"

#include "base/clock.h"
#include "draw/differences.h"
#include "draw/shorten.h"
#include "tui/parts/heading.h"

#include <string.h>

/* Counting long runs again costs more than a frame has; four times a second is soon enough. */
#define AGAIN_AFTER 250000000u

enum { HEADS = 2, GAP = 2, LEAST_NAME = 10 };

static const char *behind_scene(const char *called)
{
    const char *comma = strstr(called, ", ");
    return comma ? comma : called + strlen(called);
}

/* Where all run the same scene, what differs of its knobs: the scene is known from the headings. */
static const char *name_of(const struct gs_comparison *c, size_t run)
{
    const char *called = c->runs.items[run].from.called, *knobs = behind_scene(called);
    size_t length = (size_t)(knobs - called);
    for (size_t i = 0; i < c->runs.count; i++) {
        const char *other = c->runs.items[i].from.called;
        if (strncmp(called, other, length) != 0 || behind_scene(other) != other + length)
            return called;
    }
    return *knobs ? knobs + strlen(", ") : called;
}

static void take(struct gs_differences_pane *pane, const struct gs_comparison *c)
{
    uint64_t version = gs_comparison_version(c) + 1, now = gs_clock_system();
    bool due = now - pane->taken > AGAIN_AFTER || gs_comparison_over(c);
    if (version == pane->version || !due)
        return;
    struct gs_different runs[GS_COMPARISON_MOST];
    for (size_t i = 0; i < c->runs.count; i++) {
        const struct gs_compared_run *run = &c->runs.items[i];
        runs[i].called = name_of(c, i);
        runs[i].timeline = gs_comparison_shows(c, i) ? run->look->run.timeline : NULL;
    }
    gs_table_free(&pane->table);
    pane->table = (struct gs_table){0};
    gs_differences_take(&pane->table, runs, c->runs.count);
    pane->version = version;
    pane->taken = now;
}

int gs_differences_lines(const struct gs_comparison *c)
{
    return HEADS + (int)c->runs.count;
}

/* What the numbers leave, and where they leave too little the last of them give way. */
static int name_width(const struct gs_table *table, const int *widths, int width)
{
    int numbers = 0;
    for (size_t column = 1; column < table->columns; column++)
        numbers += GAP + widths[column];
    int left = width - numbers > LEAST_NAME ? width - numbers : LEAST_NAME;
    return widths[0] < left ? widths[0] : left;
}

static void draw_row(const struct gs_table *table, size_t row, const int *widths, bool selected,
                     struct gs_canvas *canvas, struct gs_box box)
{
    const struct gs_table_cell *cells = &table->cells.items[row * table->columns];
    unsigned role = row == 0 ? GS_ROLE_DIM : GS_ROLE_TEXT;
    int x = box.x, end = box.x + box.width, first = name_width(table, widths, box.width);
    gs_canvas_name(canvas, x, box.y, first, role, selected ? GS_STYLE_REVERSE : 0, cells->text);
    x += first;
    for (size_t c = 1; c < table->columns && x + GAP + widths[c] <= end; c++) {
        x += GAP + widths[c];
        int width = gs_text_width(cells[c].text);
        gs_canvas_text(canvas, x - width, box.y, width, role, 0, cells[c].text);
    }
}

void gs_differences_draw(struct gs_differences_pane *pane, const struct gs_comparison *c,
                         struct gs_canvas *canvas, struct gs_box box)
{
    int widths[GS_TABLE_COLUMNS], room = box.height - HEADS;
    take(pane, c);
    if (box.height < 1 || pane->table.columns == 0)
        return;
    gs_heading_draw(canvas, box, false,
                    gs_comparison_over(c) ? "differences" : "differences so far");
    gs_table_widths(&pane->table, widths);
    struct gs_box line = {box.x + 1, box.y + 1, box.width - 1, 1};
    if (box.height > 1)
        draw_row(&pane->table, 0, widths, false, canvas, line);
    size_t runs = pane->table.cells.count / pane->table.columns - 1;
    size_t first = room > 0 && c->selected >= (size_t)room ? c->selected - (size_t)room + 1 : 0;
    for (size_t i = first; i < runs && (int)(i - first) < room; i++) {
        line.y++;
        draw_row(&pane->table, i + 1, widths, i == c->selected, canvas, line);
    }
}

void gs_differences_forget(struct gs_differences_pane *pane)
{
    gs_table_free(&pane->table);
    *pane = (struct gs_differences_pane){0};
}
