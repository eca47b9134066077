#include "tui/ui.h"

#include "base/clock.h"
#include "base/text.h"
#include "tui/export.h"
#include "tui/look/steps.h"
#include "tui/parts/box.h"
#include "tui/record.h"
#include "tui/run/open_feed.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STILL_AGAIN_AFTER 250000000u

void gs_ui_init(struct gs_ui *ui, const struct gs_tui_conf *conf,
                const struct gs_view_ops *const views[GS_VIEWS], int width, int height)
{
    *ui = (struct gs_ui){.conf = conf,
                         .views = views,
                         .view = GS_VIEW_CHOOSER,
                         .pauses_at_marks = conf->pauses_at_marks || conf->presents,
                         .presents = conf->presents,
                         .mouse = !conf->no_mouse,
                         .recorder = conf->recorder};
    ui->look.notice = &ui->notice;
    gs_canvas_init(&ui->canvas, width, height, conf->ascii);
    ui->canvas.two = conf->colours && !conf->ascii;
    for (int view = 0; view < GS_VIEWS; view++) {
        ui->states[view] = calloc(1, views[view]->size);
        if (!ui->states[view])
            abort();
    }
}

void gs_ui_destroy(struct gs_ui *ui)
{
    for (int view = 0; view < GS_VIEWS; view++) {
        if (ui->views[view]->forget)
            ui->views[view]->forget(ui->states[view]);
        free(ui->states[view]);
    }
    gs_comparison_end(&ui->comparison);
    gs_look_stop(&ui->look);
    gs_canvas_destroy(&ui->canvas);
}

void gs_ui_resize(struct gs_ui *ui, int width, int height)
{
    if (width == ui->canvas.width && height == ui->canvas.height)
        return;
    gs_canvas_resize(&ui->canvas, width, height);
    for (int view = 0; view < GS_VIEWS; view++)
        if (ui->views[view]->resized)
            ui->views[view]->resized(ui, ui->states[view]);
}

void gs_ui_show(struct gs_ui *ui, enum gs_view view)
{
    ui->before = ui->view;
    ui->view = view;
    if (ui->views[view]->shown)
        ui->views[view]->shown(ui, ui->states[view]);
}

void gs_ui_help(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_ui_show(ui, GS_VIEW_HELP);
}

void gs_ui_quit(struct gs_ui *ui, void *state)
{
    (void)state;
    ui->quit = !gs_export_holds(ui);
}

void gs_ui_toggle_mouse(struct gs_ui *ui, void *state)
{
    (void)state;
    ui->mouse = !ui->mouse;
    gs_notice_say(&ui->notice, ui->mouse ? "The mouse steers; with Shift it selects text."
                                         : "The mouse is the terminal's: it selects text.");
}

/* As far as the screen knows it. */
static struct gs_about about_of(const struct gs_ui *ui, const struct gs_order *order)
{
    const struct gs_tui_host *host = ui->conf->host;
    const struct gs_tui_conf *conf = ui->conf;
    size_t count;
    const struct gs_tui_scene *scenes = host->scenes(host->context, &count);
    for (size_t i = 0; i < count; i++)
        if (scenes[i].path && strcmp(scenes[i].path, order->scene) == 0)
            return gs_recorder_about(order, scenes[i].title, scenes[i].speed);
    bool own = conf->order && conf->title && strcmp(conf->order->scene, order->scene) == 0;
    return gs_recorder_about(order, own ? conf->title : "", own ? conf->scene_speed : 0);
}

/* A recording of the real clock has no live end to keep to. */
static struct gs_pace pace_of(struct gs_feed *feed, const struct gs_order *order,
                              struct gs_pace pace)
{
    bool real = feed->ops->facts(feed).clock == GS_CLOCK_REAL;
    if (order->guest == GS_GUEST_RECORDING && real && pace.asked <= 0)
        pace.asked = 1;
    return pace;
}

static void begin(struct gs_ui *ui, struct gs_feed *feed, struct gs_pace pace)
{
    ui->recording_pending = ui->recording_over = false;
    gs_look_start(&ui->look, feed, pace_of(feed, &ui->order, pace));
    ui->look.run.pauses_at_marks = ui->pauses_at_marks;
    for (int view = 0; view < GS_VIEWS; view++)
        if (ui->views[view]->begin)
            ui->views[view]->begin(ui, ui->states[view]);
    gs_ui_show(ui, ui->presents ? GS_VIEW_PRESENT : GS_VIEW_LANES);
}

void gs_ui_start(struct gs_ui *ui, const struct gs_order *order, struct gs_pace pace)
{
    struct gs_error err;
    ui->order = *order;
    ui->trouble[0] = '\0';
    gs_look_stop(&ui->look);
    const struct gs_about about = about_of(ui, &ui->order);
    struct gs_feed *feed = gs_feed_open(ui->conf->host, &ui->order, &about, ui->recorder, &err);
    ui->recorder = NULL;
    if (feed) {
        begin(ui, feed, pace);
        return;
    }
    gs_ui_show(ui, GS_VIEW_CHOOSER);
    ui->status = 2;
    snprintf(ui->trouble, sizeof ui->trouble, "%s", err.text);
}

void gs_ui_compare(struct gs_ui *ui, const struct gs_tui_variant *variants, size_t count)
{
    gs_comparison_begin(&ui->comparison, ui->conf->host, &ui->notice);
    for (size_t i = 0; i < count; i++)
        gs_comparison_add(&ui->comparison, &variants[i]);
    gs_ui_show(ui, GS_VIEW_COMPARE);
}

/* The run that is looked at becomes the first one. */
static void lend_own(struct gs_ui *ui)
{
    struct gs_tui_variant own = {.order = ui->order};
    gs_text_copy(own.called, sizeof own.called, ui->order.name);
    gs_comparison_begin(&ui->comparison, ui->conf->host, &ui->notice);
    gs_comparison_lend(&ui->comparison, &ui->look, &own);
}

static void say_wrong(struct gs_ui *ui, struct gs_error *err)
{
    err->text[0] = (char)toupper((unsigned char)err->text[0]);
    gs_notice_say(&ui->notice, "%s.", err->text);
}

bool gs_ui_compare_also(struct gs_ui *ui, const char *text)
{
    struct gs_comparison *c = &ui->comparison;
    const struct gs_tui_host *host = ui->conf->host;
    const struct gs_order *shown = c->runs.count ? &c->runs.items[0].from.order : &ui->order;
    size_t room = GS_COMPARISON_MOST - (c->runs.count ? c->runs.count : 1);
    struct gs_tui_variant *variants = calloc(GS_COMPARISON_MOST, sizeof *variants);
    struct gs_error err;
    if (!variants)
        abort();
    size_t count = host->variants(host->context, shown, text, variants, room, &err);
    if (count == 0)
        say_wrong(ui, &err);
    else if (c->runs.count == 0)
        lend_own(ui);
    for (size_t i = 0; i < count; i++)
        gs_comparison_add(c, &variants[i]);
    free(variants);
    if (count > 0)
        gs_ui_show(ui, GS_VIEW_COMPARE);
    return count > 0;
}

/* Whether a text has a word of this option, "cores=", or of no option at all for "". */
static bool has_word_of(const char *text, const char *option, size_t length)
{
    while (*(text += strspn(text, " "))) {
        size_t word = strcspn(text, " "), name = strcspn(text, " =");
        bool same = length ? name == length && strncmp(text, option, length) == 0 : name == word;
        if (same)
            return true;
        text += word;
    }
    return false;
}

bool gs_ui_compare_typed(struct gs_ui *ui, const char *text)
{
    char words[sizeof ui->rules + GS_PROMPT_MAX + 2] = "";
    const char *rule = ui->rules;
    size_t used = 0;
    if (has_word_of(text, "", 0)) /* another scene has rules of its own */
        return gs_ui_compare_also(ui, text);
    while (*(rule += strspn(rule, " "))) {
        size_t length = strcspn(rule, " ");
        if (!has_word_of(text, rule, strcspn(rule, " =")))
            used += (size_t)snprintf(words + used, sizeof words - used, "%.*s ", (int)length, rule);
        rule += length;
    }
    snprintf(words + used, sizeof words - used, "%s", text);
    return gs_ui_compare_also(ui, words);
}

void gs_ui_leave_comparison(struct gs_ui *ui)
{
    if (!ui->look.run.feed) {
        ui->quit = true;
        return;
    }
    gs_comparison_end(&ui->comparison);
    gs_ui_show(ui, GS_VIEW_LANES);
}

void gs_ui_leave(struct gs_ui *ui)
{
    ui->status = gs_ui_status(ui);
    ui->rules[0] = '\0';
    gs_look_stop(&ui->look);
    gs_ui_show(ui, GS_VIEW_CHOOSER);
}

int gs_ui_status(const struct gs_ui *ui)
{
    if (ui->look.run.feed)
        return gs_run_status(&ui->look.run);
    return ui->comparison.runs.count ? gs_comparison_status(&ui->comparison) : ui->status;
}

static void answer_prompt(struct gs_ui *ui, uint32_t key)
{
    const struct gs_view_ops *ops = ui->views[ui->view];
    enum gs_prompt_purpose purpose = ui->prompt.purpose;
    ops->answered(ui, ui->states[ui->view], purpose, gs_prompt_key(&ui->prompt, key));
}

/* A key is not to be dead without a word: neither one that is known from the lanes, nor any where
 * few have a meaning. */
static void say_elsewhere(struct gs_ui *ui, uint32_t key)
{
    const struct gs_view_ops *ops = ui->views[ui->view];
    if (ops->elsewhere && gs_keys_action(GS_VIEW_LANES, key) != GS_ACTION_NONE)
        gs_notice_say(&ui->notice, "%s", ops->elsewhere);
    else if (ops->dead)
        gs_notice_say(&ui->notice, "%s", ops->dead);
}

void gs_ui_key(struct gs_ui *ui, uint32_t key)
{
    ui->notice.text[0] = '\0';
    if (ui->prompt.purpose != GS_PROMPT_NONE) {
        answer_prompt(ui, key);
        return;
    }
    if (key == GS_KEY_ESCAPE && gs_export_stop(ui))
        return;
    ui->key = key;
    gs_view_act *act = ui->views[ui->view]->acts[gs_keys_action(ui->view, key)];
    if (act)
        act(ui, ui->states[ui->view]);
    else
        say_elsewhere(ui, key);
}

/* A view that does not say otherwise is moved over by the wheel as by the arrow keys. */
static void point(struct gs_ui *ui, const struct gs_pointer *pointer)
{
    const struct gs_view_ops *ops = ui->views[ui->view];
    uint32_t key =
        pointer->act == GS_POINTER_PRESS ? gs_footer_key(&ui->footer, pointer->x, pointer->y) : 0;
    if (pointer->act == GS_POINTER_PRESS)
        ui->notice.text[0] = '\0';
    if (key)
        gs_ui_key(ui, key);
    else if (ops->pointed)
        ops->pointed(ui, ui->states[ui->view], pointer);
    else if (pointer->act == GS_POINTER_WHEEL_UP || pointer->act == GS_POINTER_WHEEL_DOWN)
        gs_ui_key(ui, pointer->act == GS_POINTER_WHEEL_UP ? GS_KEY_UP : GS_KEY_DOWN);
}

void gs_ui_take(struct gs_ui *ui, const struct gs_said *said)
{
    bool asks = ui->prompt.purpose != GS_PROMPT_NONE;
    switch (said->kind) {
    case GS_SAID_KEY:
        gs_ui_key(ui, said->key);
        break;
    case GS_SAID_PASTED:
        if (asks)
            answer_prompt(ui, said->key);
        else
            gs_notice_say(&ui->notice, "Pasted text does nothing here: / or f takes some.");
        break;
    case GS_SAID_POINTER:
        if (!asks)
            point(ui, &said->pointer);
        break;
    }
}

bool gs_ui_drain(struct gs_ui *ui, uint64_t budget_ns)
{
    bool more = ui->look.run.feed && gs_run_drain(&ui->look.run, budget_ns);
    return gs_comparison_drain(&ui->comparison, budget_ns) || more;
}

double gs_ui_next_frame(const struct gs_ui *ui)
{
    bool awaits = ui->recording_pending || ui->exporting.writing;
    double own = awaits ? 1.0 / 60 : gs_run_next_frame(&ui->look.run);
    double compared = gs_comparison_next_frame(&ui->comparison);
    return own <= 0 || (compared > 0 && compared < own) ? compared : own;
}

static bool advance_compared(struct gs_ui *ui, uint64_t wall_ns)
{
    gs_comparison_advance(&ui->comparison, wall_ns);
    uint64_t version = gs_comparison_version(&ui->comparison);
    bool changed = version != ui->drawn_compared;
    ui->drawn_compared = version;
    return changed;
}

bool gs_ui_presents(const struct gs_ui *ui)
{
    return ui->presents && (ui->view == GS_VIEW_PRESENT || ui->view == GS_VIEW_QUESTION);
}

/* A question of the program's waits until whoever looks on has left what else he was at. */
static bool show_question(struct gs_ui *ui)
{
    bool looks_on = ui->view == GS_VIEW_LANES || ui->view == GS_VIEW_PRESENT;
    if (!ui->look.run.asks || !looks_on || ui->prompt.purpose != GS_PROMPT_NONE)
        return false;
    gs_ui_show(ui, GS_VIEW_QUESTION);
    return true;
}

static bool advance_own(struct gs_ui *ui, uint64_t wall_ns)
{
    struct gs_run *run = &ui->look.run;
    if (!run->feed)
        return false;
    bool played = !run->playback.paused;
    gs_run_advance(run, wall_ns);
    /* An audience has come for the mark, not for the answer to a key, which has its place. */
    if (gs_ui_presents(ui) && played && run->playback.paused)
        ui->notice.text[0] = '\0';
    bool says = gs_step_retry(&ui->look, wall_ns);
    says |= show_question(ui);
    /* What comes in while the view stands still lies behind the playhead: an open sentence may
     * change by it, but that is soon enough a few times a second. */
    uint64_t version = gs_timeline_version(run->timeline), now = gs_clock_system();
    bool news = version != ui->drawn_version &&
                (!run->playback.paused || now - ui->drawn_at > STILL_AGAIN_AFTER);
    bool changed =
        says || news || run->playback.now != ui->drawn_now || run->drained != ui->drawn_drained;
    if (!changed)
        return false;
    ui->drawn_at = now;
    ui->drawn_version = version;
    ui->drawn_now = run->playback.now;
    ui->drawn_drained = run->drained;
    return true;
}

bool gs_ui_advance(struct gs_ui *ui, uint64_t wall_ns)
{
    ui->shown_for += wall_ns;
    bool compared = ui->comparison.runs.count && advance_compared(ui, wall_ns);
    bool told = gs_record_tell(ui);
    told |= gs_export_tell(ui);
    return advance_own(ui, wall_ns) || compared || told;
}

static void draw_too_small(struct gs_ui *ui)
{
    struct gs_canvas *c = &ui->canvas;
    gs_canvas_textf(c, 0, 0, c->width, GS_ROLE_ERROR, 0, "Too small: %dx%d,", c->width, c->height);
    gs_canvas_textf(c, 0, 1, c->width, GS_ROLE_ERROR, 0, "%dx%d is needed.", GS_LEAST_WIDTH,
                    GS_LEAST_HEIGHT);
}

/* The answer to a key shows what came in, too: it is no news a few milliseconds later. */
static void note_drawn(struct gs_ui *ui)
{
    if (!ui->look.run.feed)
        return;
    ui->drawn_at = gs_clock_system();
    ui->drawn_version = gs_timeline_version(ui->look.run.timeline);
}

void gs_ui_draw(struct gs_ui *ui)
{
    note_drawn(ui);
    gs_canvas_clear(&ui->canvas);
    ui->footer = (struct gs_footer){0};
    if (ui->canvas.width < GS_LEAST_WIDTH || ui->canvas.height < GS_LEAST_HEIGHT)
        draw_too_small(ui);
    else
        ui->views[ui->view]->draw(ui, ui->states[ui->view]);
}
