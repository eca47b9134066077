/* Which model is for your program? The questions one by one, the way that the answers went, and at
 * its end the model, why, and the scene that shows it. */
#include "tui/ui.h"

#include "base/text.h"
#include "tui/parts/box.h"
#include "tui/parts/wrap.h"

#include <stdio.h>
#include <string.h>

enum { MOST_QUESTIONS = 16, MOST_ANSWERS = 16 };

/* The way so far: which of each question's answers was given; and the one that is selected. */
struct decision_view {
    size_t given[MOST_QUESTIONS], count, selected;
};

static const struct gs_decision *decision_of(const struct gs_ui *ui)
{
    return ui->conf->host->decision(ui->conf->host->context);
}

static bool is_below(const struct gs_decision *d, size_t line, size_t question)
{
    return line < d->lines.count && d->lines.items[line].depth > d->lines.items[question].depth;
}

/* The lines of a question's answers; returns how many there are. */
static size_t answers_to(const struct gs_decision *d, size_t question, size_t lines[MOST_ANSWERS])
{
    size_t count = 0;
    if (d->lines.items[question].kind != GS_DECISION_QUESTION)
        return 0;
    for (size_t i = question + 1; is_below(d, i, question) && count < MOST_ANSWERS; i++)
        if (d->lines.items[i].depth == d->lines.items[question + 1].depth)
            lines[count++] = i;
    return count;
}

/* Where so many answers lead: the line of a question, or of an end. */
static size_t reached(const struct gs_decision *d, const struct decision_view *s, size_t answers)
{
    size_t at = 0, lines[MOST_ANSWERS];
    for (size_t i = 0; i < answers; i++) {
        size_t count = answers_to(d, at, lines);
        at = s->given[i] < count ? lines[s->given[i]] + 1 : at;
    }
    return at;
}

static const struct gs_tui_scene *scene_called(const struct gs_ui *ui, const char *name)
{
    size_t count;
    const struct gs_tui_scene *list = ui->conf->host->scenes(ui->conf->host->context, &count);
    const struct gs_tui_scene *end = list + count;
    for (; list < end && (strcmp(list->name, name) != 0 || list->trouble); list++)
        ;
    return list < end ? list : NULL;
}

/* --- drawing: from the top, in what is left of the box */

static void draw_words(struct gs_canvas *c, struct gs_box *left, unsigned role, const char *text)
{
    int lines = left->height > 0 ? gs_wrap_draw(c, *left, role, 0, text) : 0;
    left->y += lines;
    left->height -= lines;
}

static void leave_blank(struct gs_box *left, int needed)
{
    int lines = left->height > needed;
    left->y += lines;
    left->height -= lines;
}

static void draw_choice(struct gs_canvas *c, struct gs_box *left, bool selected, const char *text)
{
    unsigned style = selected ? GS_STYLE_REVERSE : 0;
    if (left->height < 1)
        return;
    if (selected)
        gs_canvas_fill(c, left->x, left->y, left->width, " ", GS_ROLE_TEXT, style);
    gs_canvas_textf(c, left->x, left->y, left->width, GS_ROLE_TEXT, style, "%s%s",
                    selected ? "> " : "  ", text);
    left->y++;
    left->height--;
}

/* What was answered, a line each: the last ones where what is to come needs the room. */
static void draw_way(struct gs_ui *ui, const struct decision_view *s, struct gs_box *left,
                     int needed)
{
    int room = left->height - needed;
    const struct gs_decision *d = decision_of(ui);
    size_t first = room < (int)s->count ? s->count - (size_t)(room > 0 ? room : 0) : 0;
    for (size_t i = first; i < s->count; i++) {
        size_t answer = reached(d, s, i + 1) - 1;
        gs_canvas_text(&ui->canvas, left->x, left->y, left->width, GS_ROLE_DIM, 0,
                       d->lines.items[answer].text);
        left->y++;
        left->height--;
    }
    if (first < s->count)
        leave_blank(left, needed);
}

static void draw_question(struct gs_ui *ui, const struct decision_view *s, size_t question,
                          struct gs_box left)
{
    const struct gs_decision *d = decision_of(ui);
    size_t lines[MOST_ANSWERS], count = answers_to(d, question, lines);
    const char *text = d->lines.items[question].text;
    int needed = gs_wrap_lines(text, left.width) + (int)count;
    draw_way(ui, s, &left, needed);
    draw_words(&ui->canvas, &left, GS_ROLE_TITLE, text);
    leave_blank(&left, (int)count);
    for (size_t i = 0; i < count; i++)
        draw_choice(&ui->canvas, &left, i == s->selected, d->lines.items[lines[i]].text);
}

static void draw_end(struct gs_ui *ui, const struct decision_view *s,
                     const struct gs_decision_line *end, struct gs_box left)
{
    char title[512], line[640];
    const struct gs_tui_scene *scene = scene_called(ui, end->scene);
    const char *text = scene && scene->title ? scene->title : "";
    int why = gs_wrap_lines(end->text, left.width);
    gs_text_visible(title, sizeof title, text, strlen(text));
    snprintf(line, sizeof line, "%s: %s", end->scene, title);
    draw_way(ui, s, &left, 2 + why);
    gs_canvas_textf(&ui->canvas, left.x, left.y, left.width, GS_ROLE_TITLE, 0, "%s", end->word);
    left.y++;
    left.height--;
    struct gs_box words = left;
    words.height--;
    draw_words(&ui->canvas, &words, GS_ROLE_TEXT, end->text);
    left.height -= words.y - left.y;
    left.y = words.y;
    leave_blank(&left, 1);
    draw_choice(&ui->canvas, &left, true, line);
}

static void draw(struct gs_ui *ui, void *state)
{
    const struct decision_view *s = state;
    struct gs_canvas *c = &ui->canvas;
    const struct gs_decision *d = decision_of(ui);
    size_t at = reached(d, s, s->count);
    struct gs_box body = {1, 2, c->width - 2, c->height - 4};
    int x = gs_canvas_text(c, 0, 0, c->width, GS_ROLE_TITLE, 0, "gilscope");
    gs_canvas_text(c, x + 2, 0, c->width - x - 2, GS_ROLE_DIM, 0, "which model is for my program?");
    if (d->lines.items[at].kind == GS_DECISION_QUESTION)
        draw_question(ui, s, at, body);
    else
        draw_end(ui, s, &d->lines.items[at], body);
    if (*ui->notice.text)
        gs_canvas_text(c, 0, c->height - 2, c->width, GS_ROLE_KEY, 0, ui->notice.text);
    gs_keys_footer(c, 0, c->height - 1, c->width, GS_VIEW_DECISION, NULL, &ui->footer);
}

/* --- keys */

static void select_by(struct gs_ui *ui, struct decision_view *s, int direction)
{
    const struct gs_decision *d = decision_of(ui);
    size_t lines[MOST_ANSWERS], count = answers_to(d, reached(d, s, s->count), lines);
    if (direction < 0 ? s->selected > 0 : s->selected + 1 < count)
        s->selected += (size_t)direction;
}

static void up(struct gs_ui *ui, void *state)
{
    select_by(ui, state, -1);
}

static void down(struct gs_ui *ui, void *state)
{
    select_by(ui, state, 1);
}

static void run(struct gs_ui *ui, const struct gs_decision_line *end)
{
    const struct gs_tui_scene *scene = scene_called(ui, end->scene);
    struct gs_order order = *ui->conf->order;
    if (!scene) {
        gs_notice_say(&ui->notice, "There is no scene %s here.", end->scene);
        return;
    }
    snprintf(order.scene, sizeof order.scene, "%s", scene->path);
    snprintf(order.name, sizeof order.name, "%s", scene->name);
    gs_ui_start(ui, &order, (struct gs_pace){ui->conf->speed, scene->speed});
}

static void answer(struct gs_ui *ui, void *state)
{
    struct decision_view *s = state;
    const struct gs_decision *d = decision_of(ui);
    size_t at = reached(d, s, s->count);
    if (d->lines.items[at].kind == GS_DECISION_END) {
        run(ui, &d->lines.items[at]);
    } else if (s->count < MOST_QUESTIONS) {
        s->given[s->count++] = s->selected;
        s->selected = 0;
    }
}

static void back(struct gs_ui *ui, void *state)
{
    struct decision_view *s = state;
    if (s->count == 0)
        gs_ui_show(ui, GS_VIEW_CHOOSER);
    else
        s->selected = s->given[--s->count];
}

/* From the list it asks anew; out of the help it goes on. */
static void shown(struct gs_ui *ui, void *state)
{
    if (ui->before == GS_VIEW_CHOOSER)
        *(struct decision_view *)state = (struct decision_view){0};
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_UP] = up,           [GS_ACTION_DOWN] = down, [GS_ACTION_ANSWER] = answer,
    [GS_ACTION_RETURN] = back,     [GS_ACTION_BACK] = back, [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_QUIT] = gs_ui_quit,
};

const struct gs_view_ops gs_decision_view = {
    .size = sizeof(struct decision_view),
    .draw = draw,
    .shown = shown,
    .dead = "That key does nothing here. Up and Down choose, Enter takes it, Esc goes back.",
    .acts = acts};
