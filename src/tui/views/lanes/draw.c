#include "tui/views/lanes/draw.h"

#include "tui/look/cursor.h"
#include "tui/look/play.h"
#include "tui/parts/wrap.h"
#include "tui/views/header.h"
#include "tui/views/lanes/parts.h"

static void draw_footer(struct gs_ui *ui, struct gs_box box)
{
    if (ui->prompt.purpose != GS_PROMPT_NONE)
        gs_prompt_draw(&ui->canvas, &ui->prompt, box.x, box.y, box.width);
    else {
        int x = gs_prompt_filter(&ui->canvas, ui->look.filter, box.x, box.y, box.width / 2);
        const struct gs_footer_word play = {GS_ACTION_PAUSE, "play"};
        bool plays = gs_play_goes_on(&ui->look.run);
        gs_keys_footer(&ui->canvas, x, box.y, box.x + box.width - x, ui->view, plays ? NULL : &play,
                       &ui->footer);
    }
}

static void draw_separator(struct gs_canvas *canvas, const struct gs_layout *layout)
{
    const struct gs_box *lanes = &layout->panes[GS_PANE_LANES];
    if (lanes->width < canvas->width)
        for (int y = lanes->y; y < lanes->y + lanes->height; y++)
            gs_canvas_put(canvas, lanes->x + lanes->width, y, canvas->ascii ? "|" : "│",
                          GS_ROLE_DIM, 0);
}

void gs_lanes_view_draw(struct gs_ui *ui, void *state)
{
    char banner[4000];
    struct gs_lanes_state *l = state;
    struct gs_look *look = &ui->look;
    struct gs_canvas *c = &ui->canvas;
    look->all_rows = l->boxes;
    if (gs_cursor_rows_are_old(look))
        gs_cursor_build_rows(look);
    if (look->follows)
        gs_lanes_follow(look, l);
    bool presents = gs_ui_presents(ui);
    unsigned role = gs_lanes_words_below(ui, banner, sizeof banner);
    struct gs_layout_wish wish = {.width = c->width,
                                  .height = c->height,
                                  .extra = presents ? GS_PANE_LANES : l->panes.extra,
                                  .focus = presents ? GS_PANE_LANES : l->panes.focus,
                                  .banner = gs_wrap_lines(banner, c->width),
                                  .ended = gs_run_at_end(&look->run),
                                  .asks = look->run.asks,
                                  .presents = presents};
    struct gs_layout layout;
    gs_lanes_arrange(look, l, c, &wish);
    gs_layout_compute(&layout, &wish);
    l->layout = layout;
    l->drawn.height = 0;
    l->legend_due = false;
    gs_header_draw(c, look, layout.header);
    gs_lanes_picture_draw(ui, l, layout.panes[GS_PANE_LANES]);
    draw_separator(c, &layout);
    gs_panes_draw(&l->panes, look, c, &layout);
    gs_wrap_draw(c, layout.banner, role, GS_STYLE_BOLD, banner);
    l->answers_y = gs_lanes_answers_row(look, banner, layout.banner);
    if (layout.sentence.height > 0)
        gs_lanes_words_draw(ui, l, &layout);
    gs_lanes_late_legend(ui, l, layout.sentence);
    if (layout.footer.height > 0)
        draw_footer(ui, layout.footer);
}
