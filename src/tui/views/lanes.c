/* The lanes of a run, and around them header, panes, banner, sentence, note and footer. */
#include "tui/ui.h"

#include "tui/wrap.h"

#include <stdio.h>
#include <string.h>

/* Index of the stretch of a row at a time: spans of a lane, owners of a GIL. */
static long stretch_at(const struct gs_row *row, const struct gs_lane *lane, uint64_t time)
{
    return row->kind == GS_ROW_GIL ? gs_lane_hold_at(lane, time) : gs_lane_span_at(lane, time);
}

/* Whether in a third of the cells of three columns a row changes more than once: then its single
 * stretches are lost. A burst in one place, short beside the whole, is no loss. */
static bool crowded(const struct gs_ui *ui, const struct gs_row *row, uint64_t span)
{
    const struct gs_lane *lane = gs_timeline_lane(ui->run.timeline, row->actor);
    uint64_t cells = (uint64_t)(ui->lanes.columns > 30 ? ui->lanes.columns / 3 : 10), full = 0;
    if (!lane || row->kind == GS_ROW_GROUP)
        return false;
    long before = stretch_at(row, lane, 0);
    for (uint64_t i = 1; i <= cells; i++) {
        long here = stretch_at(row, lane, span / cells * i);
        full += here - before >= 2;
        before = here;
    }
    return full * 3 > cells;
}

static bool legible(const void *context, uint64_t span)
{
    const struct gs_ui *ui = context;
    const struct gs_lanes_state *l = &ui->lanes;
    for (size_t i = l->first_row; i < l->rows.list.count; i++)
        if (i < l->first_row + (size_t)l->visible_rows && crowded(ui, &l->rows.list.items[i], span))
            return false;
    return true;
}

/* The picture of the whole run grows until it cannot be read; from then on it scrolls. What fills
 * it is only known afterwards: a window found too wide narrows once. */
static void follow(struct gs_ui *ui)
{
    struct gs_lanes_state *l = &ui->lanes;
    struct gs_window *w = &l->window;
    l->cursor = ui->run.playback.now;
    bool outside = l->cursor >= w->from + w->span || l->cursor < w->from;
    bool whole = w->from == 0 && !w->chosen;
    bool due = l->cursor >= l->read_again;
    if (whole && due) {
        l->read_again = l->cursor + w->span / 16;
        if (!outside && !w->fitted && !legible(ui, w->span))
            gs_window_narrow(w, l->cursor);
    }
    if (outside)
        gs_window_follow(w, l->cursor, legible, ui);
    /* The last picture has the run from edge to edge, and its total under it, as in a book. */
    if (w->from == 0 && !w->chosen && gs_run_complete(&ui->run) && gs_run_over(&ui->run))
        gs_window_fit(w, l->cursor);
}

static struct gs_lanes_view lanes_view(const struct gs_ui *ui, struct gs_box box)
{
    const struct gs_lanes_state *l = &ui->lanes;
    bool over = gs_run_at_end(&ui->run);
    return (struct gs_lanes_view){
        .timeline = ui->run.timeline,
        .rows = &l->rows,
        .from = l->window.from,
        .until = l->window.from + l->window.span,
        .x = box.x,
        .y = box.y,
        .width = box.width,
        .height = box.height,
        .first_row = l->first_row,
        .selected = gs_cursor_row(ui),
        .cursor = l->cursor,
        .totals = over,
        .now = ui->run.playback.now + 1,
    };
}

static void keep_selected_visible(struct gs_ui *ui)
{
    struct gs_lanes_state *l = &ui->lanes;
    long row = gs_cursor_row(ui);
    size_t visible = l->visible_rows > 0 ? (size_t)l->visible_rows : 1;
    if (row >= 0 && (size_t)row < l->first_row)
        l->first_row = (size_t)row;
    if (row >= 0 && (size_t)row >= l->first_row + visible)
        l->first_row = (size_t)row - visible + 1;
    if (l->first_row + visible > l->rows.list.count)
        l->first_row = l->rows.list.count > visible ? l->rows.list.count - visible : 0;
}

static void draw_no_lanes(struct gs_ui *ui, struct gs_box box)
{
    const char *why = "Waiting for the scene's first thread.";
    if (*ui->filter)
        why = "No lane has this in its name. Esc shows them all again.";
    else if (ui->run.drained)
        why = "";
    gs_wrap_draw(&ui->canvas, box, GS_ROLE_DIM, 0, why);
}

static void draw_lanes(struct gs_ui *ui, struct gs_box box)
{
    struct gs_lanes_state *l = &ui->lanes;
    if (box.height < 1)
        return;
    struct gs_lanes_view view = lanes_view(ui, box);
    if (l->titles_for != box.width)
        l->title_width = gs_lanes_title_width(&view);
    l->titles_for = box.width;
    view.title_width = l->title_width;
    /* The total gives way before a lane does. */
    view.totals &= gs_lanes_room(&view) >= l->rows.list.count;
    l->visible_rows = (int)gs_lanes_room(&view);
    keep_selected_visible(ui);
    view.first_row = l->first_row;
    l->columns = box.width - view.title_width;
    struct gs_lanes_signs signs;
    int used = gs_lanes_draw(&ui->canvas, &view, &signs);
    if (used + 1 < box.height)
        gs_lanes_legend(&ui->canvas, view.timeline, &signs, box.x, box.y + box.height - 1,
                        box.width);
    if (l->rows.list.count == 0)
        draw_no_lanes(ui, (struct gs_box){box.x + 2, box.y + used, box.width - 4, 2});
}

static void draw_sentence(struct gs_ui *ui, struct gs_box box)
{
    const struct gs_row *row = gs_cursor_selected(ui);
    if (!row || box.height < 1)
        return;
    uint32_t gil = row->kind == GS_ROW_GROUP ? gs_cursor_interpreter(ui) : 0;
    char text[1024];
    gs_explain(text, sizeof text, ui->run.timeline, gil ? gil : row->actor, ui->lanes.cursor);
    gs_wrap_draw(&ui->canvas, box, GS_ROLE_TEXT, 0, text);
}

static void draw_note(struct gs_ui *ui, struct gs_box box)
{
    char text[1024];
    unsigned role = GS_ROLE_KEY;
    if (*ui->notice)
        snprintf(text, sizeof text, "%s", ui->notice);
    else
        role = gs_told_note(ui, text, sizeof text);
    gs_wrap_draw(&ui->canvas, box, role, 0, text);
}

/* Nobody should miss lanes without being told why; returns the column behind. */
static int draw_filter(struct gs_ui *ui, struct gs_box box)
{
    int most = box.width / 2, x = box.x;
    x = gs_canvas_text(&ui->canvas, x, box.y, most, GS_ROLE_MARK, 0, "filter: ");
    x = gs_canvas_text(&ui->canvas, x, box.y, box.x + most - x, GS_ROLE_MARK, 0, ui->filter) + 2;
    x = gs_canvas_text(&ui->canvas, x, box.y, 3, GS_ROLE_KEY, GS_STYLE_BOLD, "esc") + 1;
    return gs_canvas_text(&ui->canvas, x, box.y, 3, GS_ROLE_DIM, 0, "all") + 2;
}

static void draw_footer(struct gs_ui *ui, struct gs_box box)
{
    if (ui->prompt.purpose != GS_PROMPT_NONE)
        gs_prompt_draw(&ui->canvas, &ui->prompt, box.x, box.y, box.width);
    else {
        int x = *ui->filter ? draw_filter(ui, box) : box.x;
        gs_keys_footer(&ui->canvas, x, box.y, box.x + box.width - x, GS_PLACE_LANES);
    }
}

static void draw_separator(struct gs_ui *ui, const struct gs_layout *layout)
{
    const struct gs_box *lanes = &layout->panes[GS_PANE_LANES];
    if (lanes->width < ui->canvas.width)
        for (int y = lanes->y; y < lanes->y + lanes->height; y++)
            gs_canvas_put(&ui->canvas, lanes->x + lanes->width, y, ui->canvas.ascii ? "|" : "│",
                          GS_ROLE_DIM, 0);
}

void gs_pane_title_draw(struct gs_ui *ui, struct gs_box box, enum gs_pane pane, const char *title)
{
    bool focused = ui->focus == pane;
    const char *line = ui->canvas.ascii ? "-" : "─", *sign = ui->canvas.ascii ? "> " : "▸ ";
    gs_canvas_fill(&ui->canvas, box.x, box.y, box.width, line, GS_ROLE_DIM, 0);
    gs_canvas_textf(&ui->canvas, box.x + 1, box.y, box.width - 2, GS_ROLE_TITLE,
                    focused ? GS_STYLE_REVERSE : 0, " %s%s ", focused ? sign : "", title);
}

void gs_lanes_view_draw(struct gs_ui *ui)
{
    char banner[1200];
    struct gs_canvas *c = &ui->canvas;
    if (ui->lanes.births != ui->run.births)
        gs_cursor_build_rows(ui);
    if (ui->lanes.follows)
        follow(ui);
    unsigned role = gs_told_banner(ui, banner, sizeof banner);
    struct gs_layout_wish wish = {.width = c->width,
                                  .height = c->height,
                                  .source = gs_panes_show_source(ui),
                                  .extra = ui->extra,
                                  .focus = ui->focus,
                                  .banner = gs_wrap_lines(banner, c->width)};
    struct gs_layout layout;
    gs_layout_compute(&layout, &wish);
    gs_header_draw(ui, layout.header);
    draw_lanes(ui, layout.panes[GS_PANE_LANES]);
    draw_separator(ui, &layout);
    gs_source_pane_draw(ui, layout.panes[GS_PANE_SOURCE]);
    gs_stats_pane_draw(ui, layout.panes[GS_PANE_STATS]);
    gs_events_pane_draw(ui, layout.panes[GS_PANE_EVENTS]);
    gs_wrap_draw(c, layout.banner, role, GS_STYLE_BOLD, banner);
    draw_sentence(ui, layout.sentence);
    draw_note(ui, layout.note);
    draw_footer(ui, layout.footer);
}
