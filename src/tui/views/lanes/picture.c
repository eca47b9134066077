/* The lanes, or the boxes in their place. */
#include "tui/views/lanes/parts.h"

#include "draw/boxes/boxes.h"
#include "tui/look/cursor.h"
#include "tui/look/range.h"
#include "tui/parts/wrap.h"
#include "tui/views/in_box.h"
#include "tui/views/whole.h"

struct gs_lanes_view gs_lanes_view_of(const struct gs_look *look, const struct gs_lanes_state *l,
                                      struct gs_box box)
{
    struct gs_range_shown range = gs_range_shown(look);
    struct gs_lanes_view view = gs_lanes_in_box(look, &look->window, look->cursor, box);
    view.tall = l->taken;
    view.first_row = l->first_row;
    view.absent_key = "Z";
    view.selected = gs_cursor_row(look);
    view.range_from = range.from;
    view.range_until = range.until;
    view.totals = gs_run_at_end(&look->run);
    view.now = look->run.playback.now + 1;
    return view;
}

static struct gs_boxes_view boxes_view(const struct gs_look *look, struct gs_box box)
{
    return (struct gs_boxes_view){.timeline = look->run.timeline,
                                  .rows = &look->rows,
                                  .time = look->cursor,
                                  .x = box.x,
                                  .y = box.y,
                                  .width = box.width,
                                  .height = box.height,
                                  .selected = gs_cursor_row(look)};
}

/* How many lines the lanes would fill, with all that stands above and below them, if each took so
 * many; or the boxes in their place. */
int gs_lanes_lines_wanted(const struct gs_look *look, const struct gs_lanes_state *l,
                          const struct gs_canvas *canvas, int tall)
{
    size_t legend = 1, above = l->whole_shown;
    size_t lines = gs_lanes_lines(&look->rows, tall) + above + l->around + legend;
    if (l->boxes) {
        struct gs_boxes_view view = boxes_view(look, (struct gs_box){.width = canvas->width});
        lines = (size_t)gs_boxes_height(&view);
    }
    return lines > (size_t)canvas->height ? canvas->height : (int)lines;
}

/* … and no line is left blank while there are rows above. */
static void keep_selected_visible(const struct gs_look *look, struct gs_lanes_state *l,
                                  size_t lines)
{
    const struct gs_rows *rows = &look->rows;
    size_t pinned = rows->pinned, count = rows->list.count - pinned, *first = &l->first_row;
    long at = gs_cursor_row(look) - (long)pinned;
    size_t row = at < 0 ? *first : (size_t)at;
    *first = row < *first ? row : *first;
    if (row >= *first + lines)
        *first = row - lines + 1;
    while (*first < row && row + pinned >= *first + gs_lanes_fit(rows, l->taken, *first, lines))
        ++*first;
    *first = *first < count ? *first : count;
    while (*first > 0 && gs_lanes_fit(rows, l->taken, *first - 1, lines) > count - *first + pinned)
        --*first;
    l->visible_rows = (int)gs_lanes_fit(rows, l->taken, *first, lines);
}

static void draw_no_lanes(struct gs_ui *ui, struct gs_box box)
{
    const char *why = "Waiting for the scene's first thread.";
    if (*ui->look.filter)
        why = "No lane has this in its name or does it. Esc shows all again.";
    else if (ui->look.run.drained)
        why = "";
    gs_wrap_draw(&ui->canvas, box, GS_ROLE_DIM, 0, why);
}

static void measure_titles(const struct gs_look *look, struct gs_lanes_state *l,
                           const struct gs_lanes_view *view)
{
    if (l->titles_for != view->width || l->titles_of != look->built)
        l->title_width = gs_lanes_title_width(view);
    l->titles_for = view->width;
    l->titles_of = look->built;
}

enum { LEAST_LANES = 6 };

static void draw_lanes(struct gs_ui *ui, struct gs_lanes_state *l, struct gs_box box)
{
    enum { MOST = 2 }; /* lines of a legend that lanes leave blank */
    const struct gs_look *look = &ui->look;
    if (box.height < 1)
        return;
    struct gs_lanes_view view = gs_lanes_view_of(look, l, box);
    measure_titles(look, l, &view);
    if (l->whole_shown) {
        gs_whole_draw(&l->whole, look, &ui->canvas, l->title_width, &box);
        view.y = box.y;
        view.height = box.height;
    }
    view.title_width = l->title_width;
    /* The total gives way before a lane does. */
    view.totals &= gs_lanes_room(&view) >= gs_lanes_lines(&look->rows, l->taken);
    /* An audience has no other row for the legend than a lane's, of which it sees a part. */
    if (gs_ui_presents(ui) && view.height > LEAST_LANES &&
        gs_lanes_room(&view) < gs_lanes_lines(&look->rows, l->taken))
        view.height--;
    keep_selected_visible(look, l, gs_lanes_room(&view));
    view.first_row = l->first_row;
    view.kept = &l->kept;
    l->columns = box.width - view.title_width;
    int used = gs_lanes_draw(&ui->canvas, &view, &l->signs);
    l->drawn = view;
    l->legend_due = used >= box.height;
    if (used < box.height)
        gs_lanes_legend_above(&ui->canvas, view.timeline, &l->signs, box.x, box.y + box.height - 1,
                              box.width, box.height - used < MOST ? box.height - used : MOST);
    if (look->rows.list.count == 0)
        draw_no_lanes(ui, (struct gs_box){box.x + 2, box.y + used, box.width - 4, 2});
}

static void draw_boxes(struct gs_ui *ui, struct gs_lanes_state *l, struct gs_box box)
{
    const struct gs_look *look = &ui->look;
    struct gs_boxes_view view = boxes_view(look, box);
    if (box.height < 1)
        return;
    l->columns = box.width;
    l->visible_rows = box.height;
    gs_boxes_draw(&ui->canvas, &view);
    if (look->rows.list.count == 0)
        draw_no_lanes(ui, (struct gs_box){box.x + 2, box.y, box.width - 4, 2});
}

void gs_lanes_picture_draw(struct gs_ui *ui, struct gs_lanes_state *l, struct gs_box box)
{
    (l->boxes ? draw_boxes : draw_lanes)(ui, l, box);
}

/* Where lanes fill their box the legend has the last line of the sentence's, if that is blank. */
void gs_lanes_late_legend(struct gs_ui *ui, const struct gs_lanes_state *l, struct gs_box box)
{
    char row[4096];
    int y = box.y + box.height - 1;
    if (!l->legend_due || box.height < 1 || *gs_canvas_row(&ui->canvas, y, row, sizeof row))
        return;
    gs_lanes_legend_above(&ui->canvas, ui->look.run.timeline, &l->signs, box.x, y, box.width, 1);
}
