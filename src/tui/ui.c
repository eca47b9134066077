#include "tui/ui.h"

#include "tui/run/stage_feed.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the first picture spans, and how much wall clock it should last at most. */
#define FIRST_SPAN    100000000u
#define FIRST_SECONDS 5e9

#define STILL_AGAIN_AFTER 250000000u

void gs_ui_init(struct gs_ui *ui, const struct gs_tui_conf *conf, int width, int height)
{
    *ui = (struct gs_ui){.conf = conf, .place = GS_PLACE_CHOOSER, .source_wish = -1};
    gs_canvas_init(&ui->canvas, width, height, conf->ascii);
}

static void forget_run(struct gs_ui *ui)
{
    gs_rows_free(&ui->lanes.rows);
    gs_vec_free(&ui->lanes.folded);
    gs_vec_free(&ui->search.hits);
    gs_stats_free(&ui->stats);
    ui->stats = (struct gs_stats){0};
    ui->stats_time = ui->stats_version = 0;
    ui->filter[0] = '\0';
}

void gs_ui_destroy(struct gs_ui *ui)
{
    forget_run(ui);
    gs_run_stop(&ui->run);
    gs_source_free(&ui->source);
    gs_canvas_destroy(&ui->canvas);
}

void gs_ui_resize(struct gs_ui *ui, int width, int height)
{
    if (width == ui->canvas.width && height == ui->canvas.height)
        return;
    gs_canvas_resize(&ui->canvas, width, height);
    ui->source_line = 0;
    gs_panes_keep_focus(ui);
}

void gs_ui_notice(struct gs_ui *ui, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(ui->notice, sizeof ui->notice, format, args);
    va_end(args);
}

void gs_ui_help(struct gs_ui *ui)
{
    ui->behind_help = ui->place;
    ui->place = GS_PLACE_HELP;
    ui->help_line = 0;
}

void gs_ui_quit(struct gs_ui *ui)
{
    ui->quit = true;
}

void gs_ui_start(struct gs_ui *ui, const struct gs_order *order, double speed)
{
    struct gs_error err;
    uint64_t span = (uint64_t)((speed > 0 ? speed : 0.02) * FIRST_SECONDS);
    span = gs_window_round(span < FIRST_SPAN ? span : FIRST_SPAN);
    forget_run(ui);
    ui->lanes = (struct gs_lanes_state){.window = {.span = span}, .follows = true};
    memset(ui->pane_line, 0, sizeof ui->pane_line);
    ui->focus = GS_PANE_LANES;
    ui->trouble[0] = '\0';
    ui->order = *order;
    gs_run_stop(&ui->run);
    struct gs_feed *feed = gs_stage_feed_start(ui->conf->host, &ui->order, &err);
    if (feed) {
        gs_run_start(&ui->run, feed, speed);
        gs_source_load(&ui->source, ui->order.scene);
        ui->place = GS_PLACE_LANES;
        return;
    }
    ui->place = GS_PLACE_CHOOSER;
    ui->status = 2;
    snprintf(ui->trouble, sizeof ui->trouble, "%s", err.text);
}

static void answer_prompt(struct gs_ui *ui, uint32_t key)
{
    enum gs_prompt_purpose purpose = ui->prompt.purpose;
    enum gs_prompt_answer answer = gs_prompt_key(&ui->prompt, key);
    if (purpose == GS_PROMPT_FILTER && answer != GS_PROMPT_GOES_ON) {
        snprintf(ui->filter, sizeof ui->filter, "%s",
                 answer == GS_PROMPT_LEFT ? "" : ui->prompt.text);
        gs_cursor_build_rows(ui);
    }
    if (purpose != GS_PROMPT_SEARCH || answer != GS_PROMPT_ENTERED)
        return;
    if (ui->place == GS_PLACE_LANES) {
        gs_search_start(ui, ui->prompt.text);
        return;
    }
    snprintf(ui->search.text, sizeof ui->search.text, "%s", ui->prompt.text);
    gs_chooser_search(ui, 1);
}

void gs_ui_key(struct gs_ui *ui, uint32_t key)
{
    ui->notice[0] = '\0';
    if (ui->prompt.purpose != GS_PROMPT_NONE) {
        answer_prompt(ui, key);
        return;
    }
    gs_ui_act *const *acts = ui->place == GS_PLACE_LANES     ? gs_lanes_acts
                             : ui->place == GS_PLACE_CHOOSER ? gs_chooser_acts
                                                             : gs_help_acts;
    gs_ui_act *act = acts[gs_keys_action(ui->place, key)];
    if (act)
        act(ui);
}

bool gs_ui_advance(struct gs_ui *ui, uint64_t wall_ns)
{
    struct gs_run *run = &ui->run;
    if (!run->feed)
        return false;
    gs_run_advance(run, wall_ns);
    gs_step_retry(ui);
    /* What comes in while the view stands still lies behind the playhead: an open sentence may
     * change by it, but that is soon enough a few times a second. */
    uint64_t version = gs_timeline_version(run->timeline), now = gs_clock_system();
    bool news = version != ui->drawn_version &&
                (!run->playback.paused || now - ui->drawn_at > STILL_AGAIN_AFTER);
    bool changed = news || run->playback.now != ui->drawn_now || run->drained != ui->drawn_drained;
    if (!changed)
        return false;
    ui->drawn_at = now;
    ui->drawn_version = version;
    ui->drawn_now = run->playback.now;
    ui->drawn_drained = run->drained;
    return true;
}

static void draw_too_small(struct gs_ui *ui)
{
    struct gs_canvas *c = &ui->canvas;
    gs_canvas_textf(c, 0, 0, c->width, GS_ROLE_ERROR, 0, "Too small: %dx%d,", c->width, c->height);
    gs_canvas_textf(c, 0, 1, c->width, GS_ROLE_ERROR, 0, "%dx%d is needed.", GS_LEAST_WIDTH,
                    GS_LEAST_HEIGHT);
}

void gs_ui_draw(struct gs_ui *ui)
{
    gs_canvas_clear(&ui->canvas);
    if (ui->canvas.width < GS_LEAST_WIDTH || ui->canvas.height < GS_LEAST_HEIGHT)
        draw_too_small(ui);
    else if (ui->place == GS_PLACE_HELP)
        gs_help_draw(ui);
    else if (ui->place == GS_PLACE_CHOOSER)
        gs_chooser_draw(ui);
    else
        gs_lanes_view_draw(ui);
}
