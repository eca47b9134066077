/* A form of the rules by which the run goes: what is changed in it holds for the next one, which
 * takes the place of this one or stands beside it. */
#include "tui/parts/wrap.h"
#include "tui/ui.h"

#include "base/text.h"
#include "draw/shorten.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum rule {
#define GS_RULE(name, ...) RULE_##name,
#include "tui/views/rules.def"
#undef GS_RULE
    RULES,
    RUN_AGAIN = RULES, /* two lines that do something stand below them */
    RUN_BESIDE,
    LINES
};

static const struct {
    const char *option, *title, *choices, *what;
} rules[] = {
#define GS_RULE(name, option, title, choices, what) {option, title, choices, what},
#include "tui/views/rules.def"
#undef GS_RULE
    [RUN_AGAIN] = {.title = "run again", .what = "by these rules, from the start"},
    [RUN_BESIDE] = {.title = "run again beside the last run",
                    .what = "both on one time scale, with a table of what differs"},
};

enum { VALUE_SIZE = 32 };

struct form {
    int selected;
    char of[256];                   /* the scene that the values are for, without its ending */
    char values[RULES][VALUE_SIZE]; /* "": as it is */
};

/* "gil/convoy" of "gil/convoy.lua". */
static void without_ending(char *buffer, size_t size, const char *name)
{
    size_t length = strlen(name);
    if (length > 3 && strcmp(name + length - 3, ".py") == 0)
        length -= 3;
    else if (length > 4 && strcmp(name + length - 4, ".lua") == 0)
        length -= 4;
    snprintf(buffer, size, "%.*s", (int)length, name);
}

/* What was chosen for another scene is not for this one. */
static void shown(struct gs_ui *ui, void *state)
{
    struct form *form = state;
    char name[sizeof form->of];
    without_ending(name, sizeof name, ui->order.name);
    if (strcmp(name, form->of) != 0)
        *form = (struct form){0};
    snprintf(form->of, sizeof form->of, "%s", name);
}

/* As the run that is looked at has it. */
static void current_words(const struct gs_ui *ui, int rule, char *buffer, size_t size)
{
    const struct gs_run *run = &ui->look.run;
    struct gs_feed_facts facts = gs_run_facts(run);
    const struct gs_tables *tables = gs_timeline_tables(run->timeline);
    *buffer = '\0';
    switch ((enum rule)rule) {
    case RULE_CLOCK:
        snprintf(buffer, size, "%s", facts.clock == GS_CLOCK_REAL ? "real" : "virtual");
        break;
    case RULE_GUEST:
        if (facts.python)
            gs_python_word(buffer, size, facts.python);
        else
            snprintf(buffer, size, "lua");
        break;
    case RULE_GIL:
        snprintf(buffer, size, "%s", facts.python ? "Python's" : gs_gil_profile_word(facts.gil));
        break;
    case RULE_INTERVAL:
        gs_text_duration(buffer, size, tables->facts(tables)->interval_ns);
        break;
    case RULE_CORES:
        snprintf(buffer, size, "%u", facts.cores);
        break;
    case RULE_SEED:
        snprintf(buffer, size, "%llu", (unsigned long long)ui->order.seed);
        break;
    case RULE_SPEED:
        snprintf(buffer, size, "%g", run->playback.speed);
        break;
    case RULES:
    case RUN_BESIDE:
    case LINES:
        break;
    }
}

static void draw_rule(struct gs_ui *ui, const struct form *form, int rule, int y)
{
    struct gs_canvas *c = &ui->canvas;
    enum { TITLE = 3, VALUE = 14 };
    unsigned style = rule == form->selected ? GS_STYLE_REVERSE : 0;
    char current[64];
    if (rule == form->selected)
        gs_canvas_text(c, 1, y, 1, GS_ROLE_KEY, 0, c->ascii ? ">" : "▸");
    int x = gs_canvas_text(c, TITLE, y, c->width - TITLE, GS_ROLE_KEY, style, rules[rule].title);
    if (rule >= RULES)
        return;
    current_words(ui, rule, current, sizeof current);
    const char *value = form->values[rule];
    x = VALUE > x ? VALUE : x + 1;
    if (*value) {
        x = gs_canvas_text(c, x, y, c->width - x, GS_ROLE_TEXT, GS_STYLE_BOLD, value);
        gs_canvas_textf(c, x + 2, y, c->width - x - 2, GS_ROLE_DIM, 0, "now %s", current);
    } else {
        gs_canvas_text(c, x, y, c->width - x, GS_ROLE_DIM, 0, current);
    }
}

/* A blank line before those that do something, where there is room. */
static int row_of(const struct gs_ui *ui, int line)
{
    bool roomy = ui->canvas.height >= LINES + 7;
    return 1 + roomy + line + (roomy && line >= RULES);
}

static void draw(struct gs_ui *ui, void *state)
{
    const struct form *form = state;
    struct gs_canvas *c = &ui->canvas;
    char name[256];
    int y = c->height - 1;
    int x = gs_canvas_text(c, 0, 0, c->width, GS_ROLE_TITLE, 0, "gilscope") + 2;
    gs_text_visible(name, sizeof name, ui->order.name, strlen(ui->order.name));
    x = gs_canvas_name(c, x, 0, c->width / 2, GS_ROLE_TITLE, 0, name) + 2;
    gs_canvas_text(c, x, 0, c->width - x, GS_ROLE_DIM, 0, "the rules of the next run");
    for (int line = 0; line < LINES; line++)
        if (row_of(ui, line) < y - (c->height > LINES + 2))
            draw_rule(ui, form, line, row_of(ui, line));
    if (ui->prompt.purpose != GS_PROMPT_NONE)
        gs_prompt_draw(c, &ui->prompt, 0, y, c->width);
    else
        gs_keys_footer(c, 0, y, c->width, GS_VIEW_RULES, NULL, &ui->footer);
    int below = row_of(ui, LINES) + (row_of(ui, 0) > 1);
    struct gs_box words = {3, below, c->width - 4, y - below};
    const char *said = *ui->notice.text ? ui->notice.text : rules[form->selected].what;
    if (words.height > 0)
        gs_wrap_draw(c, words, *ui->notice.text ? GS_ROLE_KEY : GS_ROLE_DIM, 0, said);
}

static void select_line(struct form *form, int line)
{
    form->selected = (line + LINES) % LINES;
}

static void up(struct gs_ui *ui, void *state)
{
    (void)ui;
    select_line(state, ((struct form *)state)->selected - 1);
}

static void down(struct gs_ui *ui, void *state)
{
    (void)ui;
    select_line(state, ((struct form *)state)->selected + 1);
}

/* The choice after or before the value; behind the last, and before the first, it is as it is. */
static void next_choice(char *value, const char *choices, int step)
{
    char copy[64], *words[8] = {""}, *rest;
    int count = 1, at = 0;
    snprintf(copy, sizeof copy, "%s", choices);
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        at = strcmp(word, value) == 0 ? count : at;
        words[count++] = word;
    }
    snprintf(value, VALUE_SIZE, "%s", words[(at + step + count) % count]);
}

/* Counts by one, the others by half and double. */
static void next_number(struct gs_ui *ui, char *value, int rule, int step)
{
    char now[64];
    current_words(ui, rule, now, sizeof now);
    double number = atof(*value ? value : now);
    bool counts = rule == RULE_CORES || rule == RULE_SEED;
    number = counts ? number + step : step > 0 ? number * 2 : number / 2;
    if (rule == RULE_SEED || number > 0)
        snprintf(value, VALUE_SIZE, "%.10g", number < 0 ? 0 : number);
}

static void change(struct gs_ui *ui, struct form *form, int step)
{
    int rule = form->selected;
    if (rule >= RULES)
        return;
    if (*rules[rule].choices)
        next_choice(form->values[rule], rules[rule].choices, step);
    else
        next_number(ui, form->values[rule], rule, step);
}

static void left(struct gs_ui *ui, void *state)
{
    change(ui, state, -1);
}

static void right(struct gs_ui *ui, void *state)
{
    change(ui, state, 1);
}

static size_t append(char *text, size_t size, size_t used, const char *name, const char *value)
{
    int n = snprintf(text + used, size - used, "%s%s%s%s", used ? " " : "", name, *name ? "=" : "",
                     value);
    return n > 0 && (size_t)n < size - used ? used + (size_t)n : used;
}

/* As somebody would type it to compare with: "gil/convoy.lua gil=2.7 cores=1"; "": nothing is
 * changed. */
static void words_of(const struct form *form, char *text, size_t size)
{
    size_t used = 0;
    const char *guest = form->values[RULE_GUEST];
    char name[sizeof form->of + 8];
    *text = '\0';
    snprintf(name, sizeof name, "%s%s", form->of, strcmp(guest, "lua") == 0 ? ".lua" : ".py");
    if (*guest)
        used = append(text, size, used, "", name);
    for (int rule = 0; rule < RULES; rule++)
        if (*rules[rule].option && *form->values[rule])
            used = append(text, size, used, rules[rule].option, form->values[rule]);
}

/* The order of the next run. False, and told so: a value is none, or nothing runs by it. */
static bool order_of(struct gs_ui *ui, const struct form *form, struct gs_order *order)
{
    const struct gs_tui_host *host = ui->conf->host;
    struct gs_tui_variant *variant = calloc(1, sizeof *variant);
    struct gs_error err;
    char text[512];
    if (!variant)
        abort();
    words_of(form, text, sizeof text);
    *order = ui->order;
    bool good = !*text || host->variants(host->context, &ui->order, text, variant, 1, &err) == 1;
    if (good && *text)
        *order = variant->order;
    else if (!good)
        gs_notice_say(&ui->notice, "%s.", err.text);
    free(variant);
    return good;
}

static bool is_recorded(struct gs_ui *ui)
{
    if (ui->order.guest != GS_GUEST_RECORDING)
        return false;
    gs_notice_say(&ui->notice, "A recording has been run: its rules cannot be others.");
    return true;
}

static void run_again(struct gs_ui *ui, void *state)
{
    const struct form *form = state;
    struct gs_pace pace = ui->look.run.pace;
    struct gs_order order;
    if (is_recorded(ui) || !order_of(ui, form, &order))
        return;
    if (*form->values[RULE_SPEED])
        pace.asked = atof(form->values[RULE_SPEED]);
    words_of(form, ui->rules, sizeof ui->rules);
    gs_ui_start(ui, &order, pace);
}

static void run_beside(struct gs_ui *ui, void *state)
{
    char text[512];
    words_of(state, text, sizeof text);
    if (is_recorded(ui))
        return;
    if (!*text)
        gs_notice_say(&ui->notice, "Nothing is changed yet: it would be the same run twice.");
    else
        gs_ui_compare_also(ui, text);
}

static void enter(struct gs_ui *ui, void *state)
{
    struct form *form = state;
    if (form->selected == RUN_AGAIN)
        run_again(ui, state);
    else if (form->selected == RUN_BESIDE)
        run_beside(ui, state);
    else if (*rules[form->selected].choices)
        right(ui, state);
    else
        gs_prompt_open(&ui->prompt, GS_PROMPT_RULE, form->values[form->selected]);
}

/* "": as it is. */
static bool is_number(const char *text)
{
    char *end;
    double number = strtod(text, &end);
    return !*text || (!*end && number >= 0 && number <= 1e18);
}

static void answered(struct gs_ui *ui, void *state, enum gs_prompt_purpose purpose,
                     enum gs_prompt_answer answer)
{
    struct form *form = state;
    if (answer != GS_PROMPT_ENTERED)
        return;
    if (is_number(ui->prompt.text)) {
        snprintf(form->values[form->selected], VALUE_SIZE, "%.*s", VALUE_SIZE - 1, ui->prompt.text);
        return;
    }
    gs_notice_say(&ui->notice, "The %s is a number, such as 2 or 0.5.",
                  rules[form->selected].title);
    gs_prompt_again(&ui->prompt, purpose);
}

static void back(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_ui_show(ui, GS_VIEW_LANES);
}

/* A click selects, and of what is selected already takes the next value. */
static void pointed(struct gs_ui *ui, void *state, const struct gs_pointer *pointer)
{
    struct form *form = state;
    for (int line = 0; line < LINES && pointer->act == GS_POINTER_PRESS; line++) {
        if (row_of(ui, line) != pointer->y)
            continue;
        if (line == form->selected)
            enter(ui, state);
        else
            select_line(form, line);
        return;
    }
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_UP] = up,
    [GS_ACTION_DOWN] = down,
    [GS_ACTION_LEFT] = left,
    [GS_ACTION_RIGHT] = right,
    [GS_ACTION_CHANGE] = enter,
    [GS_ACTION_RERUN] = run_again,
    [GS_ACTION_BESIDE] = run_beside,
    [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_BACK] = back,
    [GS_ACTION_QUIT] = gs_ui_quit,
};

const struct gs_view_ops gs_rules_view = {.size = sizeof(struct form),
                                          .draw = draw,
                                          .shown = shown,
                                          .answered = answered,
                                          .pointed = pointed,
                                          .dead = "That key does nothing here. Arrows choose and "
                                                  "change, Enter takes the line, r runs by the "
                                                  "rules, c beside the last run, Esc goes back.",
                                          .acts = acts};
