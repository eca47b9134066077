#include "draw/parts.h"

#include "draw/shorten.h"

#include <stdio.h>
#include <string.h>

/* Which line of the picture is what. What does not fit goes in the order of its weight: first the
 * total, then the marks, then the phases. */
struct plan {
    bool phases, marks, total;
    size_t room;  /* lines for lanes */
    size_t lanes; /* rows that are drawn */
};

int gs_row_lines(const struct gs_row *row, int tall)
{
    enum { OWNERS_MOST = 2 };
    if (tall < 1 || row->kind == GS_ROW_GROUP || row->kind == GS_ROW_TASKS)
        return 1;
    bool owners = row->kind == GS_ROW_GIL || row->kind == GS_ROW_LOOP || row->kind == GS_ROW_LOCK;
    return owners && tall > OWNERS_MOST ? OWNERS_MOST : tall;
}

size_t gs_lanes_fit(const struct gs_rows *rows, int tall, size_t first, size_t lines)
{
    size_t count = 0, used = 0, at;
    while ((at = gs_rows_shown(rows, first, count)) < rows->list.count) {
        used += (size_t)gs_row_lines(&rows->list.items[at], tall);
        if (used > lines)
            break;
        count++;
    }
    return count;
}

size_t gs_lanes_lines(const struct gs_rows *rows, int tall)
{
    size_t lines = 0;
    for (size_t i = 0; i < rows->list.count; i++)
        lines += (size_t)gs_row_lines(&rows->list.items[i], tall);
    return lines;
}

static struct plan plan_rows(const struct gs_picture *p)
{
    size_t rows = p->view.rows->list.count;
    size_t wanted = rows > p->view.first_row ? rows - p->view.first_row : 0;
    int above = p->view.no_axis ? 0 : 1;
    size_t room = p->view.height > above ? (size_t)(p->view.height - above) : 0;
    size_t least = wanted < 1 ? wanted : 1;
    struct plan plan = {.phases = !p->view.no_phases && gs_phases_any(p),
                        .marks = !p->view.no_marks && gs_marks_any(p)};
    plan.total = p->view.totals;
    if (plan.total && room < least + plan.phases + plan.marks + 2)
        plan.total = false;
    if (plan.marks && room < least + plan.phases + 1)
        plan.marks = false;
    if (plan.phases && room < least + 1)
        plan.phases = false;
    plan.room = room - plan.phases - plan.marks - (plan.total ? 2 : 0);
    plan.lanes = gs_lanes_fit(p->view.rows, p->view.tall, p->view.first_row, plan.room);
    return plan;
}

/* A lane's title has the colour that its thread has as owner of a GIL, a task's that of its turns.
 */
static unsigned title_role(const struct gs_picture *p, const struct gs_row *row, bool failed)
{
    if (failed)
        return GS_ROLE_ERROR;
    return row->kind == GS_ROW_LANE ? gs_signs_role(p, row->actor) : GS_ROLE_TEXT;
}

/* Which part of all lanes is shown, where it is not the whole. */
static void draw_position(const struct gs_picture *p, const struct plan *plan, int y)
{
    size_t rows = p->view.rows->list.count;
    if (plan->lanes == rows || plan->lanes == 0)
        return;
    gs_canvas_textf(p->canvas, p->view.x, y, p->view.title_width - 1, GS_ROLE_DIM, 0, "%zu-%zu/%zu",
                    p->view.first_row + 1, p->view.first_row + plan->lanes, rows);
}

static void draw_title(const struct gs_picture *p, const struct gs_row *row, bool failed,
                       bool selected, int y)
{
    char title[256];
    gs_row_title(title, sizeof title, p->view.timeline, row);
    int x = p->view.x + 2 * row->depth;
    int limit = p->left - 1;
    unsigned role = title_role(p, row, failed);
    unsigned style = selected ? GS_STYLE_REVERSE : 0;
    if (row->kind == GS_ROW_GROUP) {
        if (!row->idle)
            gs_canvas_text(p->canvas, x, y, limit - x, GS_ROLE_DIM, 0, row->folded ? "▸" : "▾");
        x += 2;
        role = GS_ROLE_TITLE;
    }
    if (row->pinned)
        gs_canvas_put(p->canvas, p->view.x, y, "*", GS_ROLE_KEY, GS_STYLE_BOLD);
    gs_canvas_name(p->canvas, x, y, limit - x, role, style, title);
}

/* Text of ASCII in so many columns: whole words, then the sign that there were more. */
static void cut_at_word(char *text, int columns, const char *more)
{
    int end = columns - gs_text_width(more);
    if (gs_text_width(text) <= columns || end < 0)
        return;
    while (end > 0 && text[end] != ' ')
        end--;
    while (end > 0 && strchr(" ,:", text[end - 1]))
        end--;
    memcpy(text + end, more, strlen(more) + 1);
}

/* What stands behind a group's title: the lanes that it leaves out, and why. */
static void draw_left_out(const struct gs_picture *p, const struct gs_row *row, int y)
{
    char text[128];
    int used = 0;
    *text = '\0';
    if (row->folded)
        used = snprintf(text, sizeof text, "%u lane%s folded", row->hidden,
                        row->hidden == 1 ? "" : "s");
    else if (row->helpers)
        used = snprintf(text, sizeof text, "%u helper%s folded", row->helpers,
                        row->helpers == 1 ? "" : "s");
    if (row->locks && (size_t)used < sizeof text)
        used += snprintf(text + used, sizeof text - (size_t)used, "%s%u lock%s folded",
                         used ? ", " : "", row->locks, row->locks == 1 ? "" : "s");
    if (row->absent && (size_t)used < sizeof text)
        snprintf(text + used, sizeof text - (size_t)used,
                 "%s%u lane%s with nothing here: %s shows %s", used ? ", " : "", row->absent,
                 row->absent == 1 ? "" : "s", p->view.absent_key, row->absent == 1 ? "it" : "them");
    cut_at_word(text, p->columns, p->canvas->ascii ? "..." : "…");
    gs_canvas_text(p->canvas, p->left, y, p->columns, GS_ROLE_DIM, 0, text);
}

static void draw_row(struct gs_picture *p, size_t index, int y)
{
    const struct gs_row *row = &p->view.rows->list.items[index];
    p->lines = gs_row_lines(row, p->view.tall);
    if (row->kind == GS_ROW_LOCK) {
        draw_title(p, row, false, (long)index == p->view.selected, y);
        gs_owners_draw(p, &(struct gs_owned){.lock = row->actor}, y);
        return;
    }
    const struct gs_lane *lane = gs_timeline_lane(p->view.timeline, row->actor);
    draw_title(p, row, lane && lane->how == GS_DEATH_ERROR, (long)index == p->view.selected, y);
    if (!lane || row->kind == GS_ROW_GROUP)
        return;
    if (row->kind == GS_ROW_GIL || row->kind == GS_ROW_LOOP)
        gs_owners_draw(p, &(struct gs_owned){.lane = lane}, y);
    if (row->kind == GS_ROW_LOOP)
        gs_callbacks_draw(p, lane, y);
    else if (row->kind == GS_ROW_TASKS)
        gs_crowd_draw(p, lane, y);
    else
        gs_states_draw(p, lane, y);
}

/* They are about the picture and not about a time: the playhead hides nothing of them, and what it
 * has come to is told whole. */
static void draw_notices(struct gs_picture *p, const struct plan *plan, int y)
{
    for (size_t i = 0; i < plan->lanes; i++) {
        size_t index = gs_rows_shown(p->view.rows, p->view.first_row, i);
        const struct gs_row *row = &p->view.rows->list.items[index];
        if (row->idle)
            gs_idle_draw(p, gs_timeline_lane(p->view.timeline, row->actor), y);
        else if (row->kind == GS_ROW_GROUP)
            draw_left_out(p, row, y);
        y += gs_row_lines(row, p->view.tall);
    }
}

/* A line down all lanes at the cursor, so that they can be compared at one instant. */
static void draw_cursor(const struct gs_picture *p, int top, int bottom)
{
    if (p->view.cursor < p->view.from || p->view.cursor >= p->view.until)
        return;
    int x = p->left + gs_picture_column(p, p->view.cursor);
    for (int y = top; y < bottom; y++) {
        struct gs_cell *cell = gs_canvas_at(p->canvas, x, y);
        if (cell)
            cell->style ^= GS_STYLE_REVERSE;
    }
}

size_t gs_lanes_room(const struct gs_lanes_view *view)
{
    struct gs_picture p = {.view = *view};
    return plan_rows(&p).room;
}

long gs_lanes_row_at(const struct gs_lanes_view *view, int y)
{
    struct gs_picture p = {.view = *view};
    struct plan plan = plan_rows(&p);
    int line = y - view->y - plan.phases - !view->no_axis;
    if (line < 0)
        return -1;
    size_t above = gs_lanes_fit(view->rows, view->tall, view->first_row, (size_t)line);
    return above < plan.lanes ? (long)gs_rows_shown(view->rows, view->first_row, above) : -1;
}

/* A playhead behind the live end must not show what it has not come to. Blanking what was drawn
 * cuts every state, label and bracket at the same column. */
static void hide_future(const struct gs_picture *p, int y)
{
    gs_canvas_fill(p->canvas, p->left + p->shown, y, p->columns - p->shown, " ", GS_ROLE_TEXT, 0);
}

void gs_lanes_axis(struct gs_canvas *canvas, const struct gs_lanes_view *view)
{
    struct gs_picture p;
    if (gs_picture_init(&p, canvas, view))
        gs_axis_draw(&p, view->y);
    gs_picture_destroy(&p);
}

int gs_lanes_draw(struct gs_canvas *canvas, const struct gs_lanes_view *view,
                  struct gs_lanes_signs *signs)
{
    struct gs_picture p;
    if (signs)
        *signs = (struct gs_lanes_signs){0};
    if (!gs_picture_init(&p, canvas, view) || view->height < 1) {
        gs_picture_destroy(&p);
        return 0;
    }
    struct plan plan = plan_rows(&p);
    int y = view->y;
    if (plan.phases) {
        gs_phases_draw(&p, y);
        hide_future(&p, y++);
    }
    if (!view->no_axis) {
        draw_position(&p, &plan, y);
        gs_axis_draw(&p, y);
        gs_range_draw(&p, y++);
    }
    int top = y;
    gs_signs_take(&p);
    for (size_t i = 0; i < plan.lanes; i++, y += p.lines)
        draw_row(&p, gs_rows_shown(view->rows, view->first_row, i), y);
    for (int lane = top; lane < y; lane++)
        hide_future(&p, lane);
    draw_notices(&p, &plan, top);
    draw_cursor(&p, top, y);
    gs_messages_draw(&p, top, plan.lanes);
    if (plan.marks)
        gs_marks_draw(&p, y++);
    if (plan.total) {
        gs_total_draw(&p, y);
        y += 2;
    }
    if (signs)
        *signs = p.seen;
    gs_picture_destroy(&p);
    return y - view->y;
}
