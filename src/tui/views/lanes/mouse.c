#include "tui/views/lanes/mouse.h"

#include "tui/look/cursor.h"
#include "tui/look/range.h"
#include "tui/views/lanes/acts.h"

enum { WHEEL_LINES = 3 };

static bool is_in(struct gs_box box, const struct gs_pointer *p)
{
    return p->x >= box.x && p->x < box.x + box.width && p->y >= box.y && p->y < box.y + box.height;
}

static enum gs_pane pane_at(const struct gs_lanes_state *l, const struct gs_pointer *p)
{
    for (int pane = GS_PANE_LANES + 1; pane < GS_PANES; pane++)
        if (is_in(l->layout.panes[pane], p))
            return (enum gs_pane)pane;
    return GS_PANE_LANES;
}

/* False: the pointer is beside the columns of time. A drag that leaves them means their edge. */
static bool time_at(const struct gs_lanes_state *l, const struct gs_pointer *p, uint64_t *time)
{
    const struct gs_lanes_view *view = &l->drawn;
    int left = view->x + view->title_width, column = p->x - left;
    bool drags = p->act == GS_POINTER_DRAG && l->drags;
    if (view->height < 1 || l->columns < 1)
        return false;
    if (!drags && (column < 0 || column >= l->columns))
        return false;
    column = column < 0 ? 0 : column > l->columns ? l->columns : column;
    *time = gs_lanes_time(view, column);
    return drags || is_in(l->layout.panes[GS_PANE_LANES], p);
}

/* In the line of the whole run: the window goes there, and the cursor with it. */
static bool press_whole(struct gs_ui *ui, const struct gs_lanes_state *l,
                        const struct gs_pointer *p)
{
    uint64_t time;
    int y = l->layout.panes[GS_PANE_LANES].y, left = l->drawn.x + l->drawn.title_width;
    if (!l->whole_shown || p->y != y || !gs_overview_time(&l->whole, p->x - left, &time))
        return false;
    gs_cursor_set(&ui->look, time);
    gs_window_centre(&ui->look.window, time, gs_run_live(&ui->look.run));
    return true;
}

static void press(struct gs_ui *ui, struct gs_lanes_state *l, const struct gs_pointer *p)
{
    struct gs_look *look = &ui->look;
    enum gs_pane pane = pane_at(l, p);
    uint64_t time;
    l->drags = false;
    if (pane != GS_PANE_LANES || is_in(l->layout.panes[GS_PANE_LANES], p))
        l->panes.focus = pane;
    if (pane != GS_PANE_LANES || l->drawn.height < 1 || !is_in(l->layout.panes[GS_PANE_LANES], p))
        return;
    if (press_whole(ui, l, p))
        return;
    long row = gs_lanes_row_at(&l->drawn, p->y);
    if (row >= 0) {
        look->selected_by_user = true;
        gs_cursor_select(look, row);
    }
    if (time_at(l, p, &time)) {
        gs_cursor_set(look, time);
        l->drags = true;
        l->drag_from = look->cursor;
    }
}

static void drag(struct gs_ui *ui, struct gs_lanes_state *l, const struct gs_pointer *p)
{
    uint64_t time, live = gs_run_live(&ui->look.run);
    if (!l->drags || !time_at(l, p, &time))
        return;
    time = time < live ? time : live;
    if (time != l->drag_from)
        gs_range_select(&ui->look, l->drag_from, time);
}

/* The lanes stay where they are until then: a pane that opens would push them away under the
 * pointer. */
static void release(struct gs_ui *ui, struct gs_lanes_state *l)
{
    if (l->drags)
        gs_lanes_show_range(ui, l);
    l->drags = false;
}

/* Who looks closer at something else than the playhead follows it no more. */
static void zoom(struct gs_look *look, int steps, uint64_t time)
{
    const struct gs_window *w = &look->window;
    gs_window_zoom(&look->window, steps, time);
    look->follows &= look->cursor >= w->from && look->cursor < w->from + w->span;
}

static void wheel(struct gs_ui *ui, struct gs_lanes_state *l, const struct gs_pointer *p)
{
    bool up = p->act == GS_POINTER_WHEEL_UP;
    enum gs_pane pane = pane_at(l, p);
    uint64_t time;
    if (pane != GS_PANE_LANES)
        l->panes.scroll[pane] += up ? -WHEEL_LINES : WHEEL_LINES;
    else if (time_at(l, p, &time))
        zoom(&ui->look, up ? 1 : -1, time);
}

void gs_lanes_pointed(struct gs_ui *ui, void *state, const struct gs_pointer *pointer)
{
    switch (pointer->act) {
    case GS_POINTER_PRESS:
        press(ui, state, pointer);
        break;
    case GS_POINTER_DRAG:
        drag(ui, state, pointer);
        break;
    case GS_POINTER_RELEASE:
        release(ui, state);
        break;
    case GS_POINTER_WHEEL_UP:
    case GS_POINTER_WHEEL_DOWN:
        wheel(ui, state, pointer);
        break;
    }
}
