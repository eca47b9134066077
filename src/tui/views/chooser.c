/* The chooser: scenes by chapter, and what the selected one shows. */
#include "tui/ui.h"

#include "base/text.h"
#include "draw/shorten.h"
#include "tui/parts/box.h"
#include "tui/parts/wrap.h"

#include <stdio.h>
#include <string.h>

struct chooser {
    size_t selected, first_line;
    struct gs_box list;       /* as last drawn */
    char text[GS_PROMPT_MAX]; /* that is searched for */
};

static const struct gs_tui_scene *scenes(const struct gs_ui *ui, size_t *count)
{
    *count = 0;
    return ui->conf->host->scenes(ui->conf->host->context, count);
}

/* Every chapter begins with its name and, but for the first, a blank line before it. */
static size_t lines_before(const struct gs_tui_scene *list, size_t index)
{
    size_t lines = 0;
    for (size_t i = 0; i <= index; i++) {
        bool first = i == 0 || strcmp(list[i].chapter, list[i - 1].chapter) != 0;
        lines += first ? (i ? 2 : 1) : 0;
        lines += i < index;
    }
    return lines;
}

static const char *safe(char *buffer, size_t size, const char *text)
{
    return gs_text_visible(buffer, size, text ? text : "", text ? strlen(text) : 0);
}

/* "gil/cpu-threads" under the heading "gil" is "cpu-threads". */
static const char *short_name(const struct gs_tui_scene *scene)
{
    size_t length = strlen(scene->chapter);
    bool inside = !strncmp(scene->name, scene->chapter, length) && scene->name[length] == '/';
    return inside ? scene->name + length + 1 : scene->name;
}

static int name_width(const struct gs_tui_scene *list, size_t count)
{
    int width = 0;
    for (size_t i = 0; i < count; i++) {
        int own = gs_text_width(short_name(&list[i]));
        width = own > width ? own : width;
    }
    return width < 24 ? width : 24;
}

/* As wide as its titles are, but what the selected one shows keeps two fifths where they are short,
 * and room for its words where they are long. */
static int list_width(const struct gs_tui_scene *list, size_t count, int width)
{
    enum { LEAST_DETAILS = 36 };
    int names = name_width(list, count), widest = width * 3 / 5;
    for (size_t i = 0; i < count; i++) {
        char title[200];
        int own = names + 4 + gs_text_width(safe(title, sizeof title, list[i].title));
        widest = own > widest ? own : widest;
    }
    int most = width - LEAST_DETAILS;
    return widest < most ? widest : most;
}

static void draw_scene(struct gs_ui *ui, const struct gs_tui_scene *scene, bool selected, int names,
                       struct gs_box line)
{
    char name[160], title[200];
    struct gs_canvas *c = &ui->canvas;
    unsigned style = selected ? GS_STYLE_REVERSE : 0;
    if (selected)
        gs_canvas_fill(c, line.x, line.y, line.width, " ", GS_ROLE_TEXT, style);
    safe(name, sizeof name, short_name(scene));
    safe(title, sizeof title, scene->trouble ? "cannot be read" : scene->title);
    gs_canvas_text(c, line.x, line.y, 2, GS_ROLE_TEXT, style, selected ? "> " : "  ");
    gs_canvas_name(c, line.x + 2, line.y, names, selected ? GS_ROLE_TEXT : GS_ROLE_KEY, style,
                   name);
    gs_canvas_name(c, line.x + names + 4, line.y, line.width - names - 4,
                   scene->trouble ? GS_ROLE_ERROR : GS_ROLE_TEXT, style, title);
}

static void keep_visible(struct chooser *s, const struct gs_tui_scene *list, size_t count,
                         int height)
{
    size_t all = lines_before(list, count - 1) + 1;
    size_t last = all > (size_t)height ? all - (size_t)height : 0;
    if (s->first_line > last) /* the screen has grown */
        s->first_line = last;
    size_t line = lines_before(list, s->selected);
    size_t heading = line - (line > 0); /* the chapter's name over its first scene */
    if (heading < s->first_line)
        s->first_line = heading;
    if (line >= s->first_line + (size_t)height)
        s->first_line = line - (size_t)height + 1;
}

static void draw_list(struct gs_ui *ui, struct chooser *s, const struct gs_tui_scene *list,
                      size_t count, struct gs_box box)
{
    int names = name_width(list, count);
    keep_visible(s, list, count, box.height);
    for (size_t i = 0; i < count; i++) {
        long y = (long)lines_before(list, i) - (long)s->first_line;
        bool first = i == 0 || strcmp(list[i].chapter, list[i - 1].chapter) != 0;
        char chapter[80];
        safe(chapter, sizeof chapter, list[i].chapter);
        if (first && y - 1 >= 0 && y - 1 < box.height)
            gs_canvas_text(&ui->canvas, box.x, box.y + (int)y - 1, box.width, GS_ROLE_TITLE, 0,
                           chapter);
        if (y >= 0 && y < box.height)
            draw_scene(ui, &list[i], i == s->selected, names,
                       (struct gs_box){box.x, box.y + (int)y, box.width, 1});
    }
}

/* A list that goes on must not look as if it ended, or began, here. */
static void draw_more(struct gs_ui *ui, const struct chooser *s, const struct gs_tui_scene *list,
                      size_t count, struct gs_box box)
{
    size_t above = 0, below = 0, end = s->first_line + (size_t)box.height;
    while (above < count && lines_before(list, above) < s->first_line)
        above++;
    while (below < count && lines_before(list, count - 1 - below) >= end)
        below++;
    if (above)
        gs_canvas_textf(&ui->canvas, box.x + 2, box.y - 1, box.width - 2, GS_ROLE_DIM, 0,
                        "%zu more above", above);
    if (below)
        gs_canvas_textf(&ui->canvas, box.x + 2, box.y + box.height, box.width - 2, GS_ROLE_DIM, 0,
                        "%zu more below", below);
}

static void draw_details(struct gs_ui *ui, const struct gs_tui_scene *scene, struct gs_box box)
{
    char text[1200];
    const char *trouble = *ui->trouble ? ui->trouble : scene->trouble;
    if (trouble) {
        safe(text, sizeof text, trouble);
        gs_wrap_draw(&ui->canvas, box, GS_ROLE_ERROR, 0, text);
        return;
    }
    safe(text, sizeof text, scene->title);
    int used = gs_wrap_draw(&ui->canvas, box, GS_ROLE_TITLE, 0, text);
    used += box.height > 6;
    safe(text, sizeof text, scene->summary);
    gs_wrap_draw(&ui->canvas, (struct gs_box){box.x, box.y + used, box.width, box.height - used},
                 GS_ROLE_TEXT, 0, text);
}

static void draw_empty(struct gs_ui *ui, struct gs_box box)
{
    const char *text = *ui->trouble ? ui->trouble
                                    : "There are no scenes here. `gilscope run FILE` runs one "
                                      "of your own.";
    char line[1100];
    gs_wrap_draw(&ui->canvas, box, *ui->trouble ? GS_ROLE_ERROR : GS_ROLE_TEXT, 0,
                 safe(line, sizeof line, text));
}

static void draw_footer(struct gs_ui *ui)
{
    struct gs_canvas *c = &ui->canvas;
    int y = c->height - 1;
    if (ui->prompt.purpose != GS_PROMPT_NONE)
        gs_prompt_draw(c, &ui->prompt, 0, y, c->width);
    else
        gs_keys_footer(c, 0, y, c->width, GS_VIEW_CHOOSER, NULL, &ui->footer);
}

static void draw(struct gs_ui *ui, void *state)
{
    struct chooser *s = state;
    struct gs_canvas *c = &ui->canvas;
    size_t count;
    const struct gs_tui_scene *list = scenes(ui, &count);
    int x = gs_canvas_text(c, 0, 0, c->width, GS_ROLE_TITLE, 0, "gilscope");
    gs_canvas_text(c, x + 2, 0, c->width - x - 2, GS_ROLE_DIM, 0,
                   "threads under a GIL, run for real and drawn live");
    draw_footer(ui);
    if (*ui->notice.text)
        gs_canvas_text(c, 0, c->height - 2, c->width, GS_ROLE_KEY, 0, ui->notice.text);
    struct gs_box body = {1, 2, c->width - 2, c->height - 4};
    if (count == 0) {
        draw_empty(ui, body);
        return;
    }
    if (s->selected >= count)
        s->selected = count - 1;
    bool beside = c->width >= GS_BESIDE_WIDTH;
    int lines = c->height >= 16 ? 5 : 2, wide = list_width(list, count, body.width);
    struct gs_box list_box =
        beside ? (struct gs_box){body.x, body.y, wide, body.height - 1}
               : (struct gs_box){body.x, body.y, body.width, body.height - lines - 1};
    struct gs_box details =
        beside
            ? (struct gs_box){body.x + wide + 3, body.y + 1, body.width - wide - 3, body.height - 1}
            : (struct gs_box){body.x, body.y + body.height - lines, body.width, lines};
    s->list = list_box;
    draw_list(ui, s, list, count, list_box);
    draw_more(ui, s, list, count, list_box);
    draw_details(ui, &list[s->selected], details);
}

static void move_to(struct gs_ui *ui, struct chooser *s, long index)
{
    size_t count;
    scenes(ui, &count);
    ui->trouble[0] = '\0';
    if (index >= (long)count)
        index = (long)count - 1;
    s->selected = index < 0 ? 0 : (size_t)index;
}

static void move_by(struct gs_ui *ui, struct chooser *s, long scenes_on)
{
    move_to(ui, s, (long)s->selected + scenes_on);
}

static void up(struct gs_ui *ui, void *state)
{
    move_by(ui, state, -1);
}

static void down(struct gs_ui *ui, void *state)
{
    move_by(ui, state, 1);
}

static void page_up(struct gs_ui *ui, void *state)
{
    move_by(ui, state, -ui->canvas.height / 2);
}

static void page_down(struct gs_ui *ui, void *state)
{
    move_by(ui, state, ui->canvas.height / 2);
}

static void first(struct gs_ui *ui, void *state)
{
    ((struct chooser *)state)->first_line = 0;
    move_to(ui, state, 0);
}

static void last(struct gs_ui *ui, void *state)
{
    move_to(ui, state, 1 << 30);
}

static void run_selected(struct gs_ui *ui, void *state)
{
    const struct chooser *s = state;
    size_t count;
    const struct gs_tui_scene *list = scenes(ui, &count);
    if (count == 0)
        return;
    const struct gs_tui_scene *scene = &list[s->selected];
    struct gs_order order = *ui->conf->order;
    if (scene->trouble) {
        gs_notice_say(&ui->notice,
                      "It cannot be run before it can be read; repair it, start gilscope again.");
        return;
    }
    snprintf(order.scene, sizeof order.scene, "%s", scene->path);
    snprintf(order.name, sizeof order.name, "%s", scene->name);
    gs_ui_start(ui, &order, (struct gs_pace){ui->conf->speed, scene->speed});
}

/* A click selects; the wheel goes through the list. */
static void pointed(struct gs_ui *ui, void *state, const struct gs_pointer *pointer)
{
    struct chooser *s = state;
    size_t count;
    const struct gs_tui_scene *list = scenes(ui, &count);
    if (pointer->act == GS_POINTER_WHEEL_UP || pointer->act == GS_POINTER_WHEEL_DOWN)
        move_by(ui, s, pointer->act == GS_POINTER_WHEEL_UP ? -1 : 1);
    if (pointer->act != GS_POINTER_PRESS || pointer->x >= s->list.x + s->list.width)
        return;
    long line = (long)s->first_line + pointer->y - s->list.y;
    bool inside = pointer->y >= s->list.y && pointer->y < s->list.y + s->list.height;
    for (size_t i = 0; i < count && inside; i++)
        if ((long)lines_before(list, i) == line)
            move_to(ui, s, (long)i);
}

static void ask(struct gs_ui *ui, void *state)
{
    (void)state;
    if (ui->conf->host->decision(ui->conf->host->context)->lines.count)
        gs_ui_show(ui, GS_VIEW_DECISION);
    else
        gs_notice_say(&ui->notice, "There are no questions here.");
}

static void search(struct gs_ui *ui, void *state)
{
    (void)state;
    gs_prompt_open(&ui->prompt, GS_PROMPT_SEARCH, "");
}

static bool matches(const struct gs_tui_scene *scene, const char *text)
{
    return strcasestr(scene->name, text) || (scene->title && strcasestr(scene->title, text)) ||
           (scene->summary && strcasestr(scene->summary, text)) ||
           (scene->trouble && strcasestr(scene->trouble, text));
}

/* To the next or previous scene that speaks of the text. */
static void go(struct gs_ui *ui, struct chooser *s, int direction)
{
    size_t count;
    const struct gs_tui_scene *list = scenes(ui, &count);
    for (size_t step = 1; *s->text && step <= count; step++) {
        size_t i = (s->selected + (direction > 0 ? step : count - step)) % count;
        if (matches(&list[i], s->text)) {
            move_to(ui, s, (long)i);
            return;
        }
    }
    char text[GS_PROMPT_MAX * 4];
    gs_notice_say(&ui->notice, "No scene speaks of \"%s\".", safe(text, sizeof text, s->text));
}

static void next_hit(struct gs_ui *ui, void *state)
{
    go(ui, state, 1);
}

static void previous_hit(struct gs_ui *ui, void *state)
{
    go(ui, state, -1);
}

static void answered(struct gs_ui *ui, void *state, enum gs_prompt_purpose purpose,
                     enum gs_prompt_answer answer)
{
    struct chooser *s = state;
    if (purpose != GS_PROMPT_SEARCH || answer != GS_PROMPT_ENTERED)
        return;
    snprintf(s->text, sizeof s->text, "%s", ui->prompt.text);
    go(ui, s, 1);
}

static gs_view_act *const acts[GS_ACTIONS] = {
    [GS_ACTION_UP] = up,
    [GS_ACTION_DOWN] = down,
    [GS_ACTION_PAGE_UP] = page_up,
    [GS_ACTION_PAGE_DOWN] = page_down,
    [GS_ACTION_FIRST] = first,
    [GS_ACTION_LAST] = last,
    [GS_ACTION_RUN] = run_selected,
    [GS_ACTION_ASK] = ask,
    [GS_ACTION_SEARCH] = search,
    [GS_ACTION_NEXT_HIT] = next_hit,
    [GS_ACTION_PREVIOUS_HIT] = previous_hit,
    [GS_ACTION_MOUSE] = gs_ui_toggle_mouse,
    [GS_ACTION_HELP] = gs_ui_help,
    [GS_ACTION_QUIT] = gs_ui_quit,
};

const struct gs_view_ops gs_chooser_view = {.size = sizeof(struct chooser),
                                            .draw = draw,
                                            .answered = answered,
                                            .pointed = pointed,
                                            .acts = acts};
