/* The lanes of a run, and around them header, panes, banner, sentence, note and footer. */
#include "tui/ui.h"

#include "tui/wrap.h"

#include <stdio.h>
#include <string.h>

static bool source_shown(const struct gs_ui *ui)
{
    return ui->source_wish < 0 ? ui->canvas.width >= GS_BESIDE_WIDTH : ui->source_wish;
}

/* The widest window in which the busiest lane on the screen still shows its single spans: one span
 * in two columns. */
static uint64_t legible_span(const struct gs_ui *ui)
{
    const struct gs_lanes_state *l = &ui->lanes;
    uint64_t until = l->window.from + l->window.span, most = 0;
    for (size_t i = l->first_row; i < l->rows.list.count; i++) {
        if (i >= l->first_row + (size_t)l->visible_rows)
            break;
        const struct gs_row *row = &l->rows.list.items[i];
        const struct gs_lane *lane = gs_timeline_lane(ui->run.timeline, row->actor);
        if (!lane || row->kind == GS_ROW_GROUP)
            continue;
        long last =
            row->kind == GS_ROW_GIL ? gs_lane_hold_at(lane, until) : gs_lane_span_at(lane, until);
        long first = row->kind == GS_ROW_GIL ? gs_lane_hold_at(lane, l->window.from)
                                             : gs_lane_span_at(lane, l->window.from);
        if (last > first && (uint64_t)(last - first) > most)
            most = (uint64_t)(last - first);
    }
    uint64_t columns = (uint64_t)(l->columns > 0 ? l->columns : 60);
    return most ? (uint64_t)((double)l->window.span * ((double)columns / 2 / (double)most))
                : UINT64_MAX;
}

static void follow(struct gs_ui *ui)
{
    struct gs_lanes_state *l = &ui->lanes;
    l->cursor = ui->run.playback.now;
    if (l->cursor >= l->window.from + l->window.span || l->cursor < l->window.from)
        gs_window_follow(&l->window, l->cursor, legible_span(ui));
}

static struct gs_lanes_view lanes_view(const struct gs_ui *ui, struct gs_box box)
{
    const struct gs_lanes_state *l = &ui->lanes;
    bool over = gs_run_complete(&ui->run) && ui->run.playback.now >= gs_run_live(&ui->run);
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

static void draw_lanes(struct gs_ui *ui, struct gs_box box)
{
    struct gs_lanes_state *l = &ui->lanes;
    if (box.height < 1)
        return;
    struct gs_lanes_view view = lanes_view(ui, box);
    /* The total gives way before a lane does. */
    view.totals &= gs_lanes_room(&view) >= l->rows.list.count;
    l->visible_rows = (int)gs_lanes_room(&view);
    keep_selected_visible(ui);
    view.first_row = l->first_row;
    view.title_width = gs_lanes_title_width(&view);
    l->columns = box.width - view.title_width;
    int used = gs_lanes_draw(&ui->canvas, &view);
    if (used + 1 < box.height)
        gs_lanes_legend(&ui->canvas, &view, box.x, box.y + box.height - 1, box.width);
    if (l->rows.list.count == 0)
        gs_wrap_draw(&ui->canvas, (struct gs_box){box.x + 2, box.y + 2, box.width - 4, 2},
                     GS_ROLE_DIM, 0,
                     *ui->filter ? "No lane has this in its name. Esc shows them all again."
                                 : "Waiting for the scene's first thread.");
}

static void draw_sentence(struct gs_ui *ui, struct gs_box box)
{
    const struct gs_row *row = gs_cursor_selected(ui);
    if (!row || box.height < 1)
        return;
    struct gs_explain_rules rules = {
        .gil = (enum gs_gil_profile)atomic_load(&ui->run.control->gil),
        .interval_ns = atomic_load(&ui->run.control->interval_ns),
    };
    uint32_t actor = row->kind == GS_ROW_GROUP ? gs_cursor_interpreter(ui) : row->actor;
    char text[1024] = "";
    if (actor)
        gs_explain(text, sizeof text, ui->run.timeline, &rules, actor, ui->lanes.cursor);
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

static void draw_footer(struct gs_ui *ui, struct gs_box box)
{
    if (ui->prompt.purpose != GS_PROMPT_NONE)
        gs_prompt_draw(&ui->canvas, &ui->prompt, box.x, box.y, box.width);
    else
        gs_keys_footer(&ui->canvas, box.x, box.y, box.width, GS_PLACE_LANES);
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
                                  .source = source_shown(ui),
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
