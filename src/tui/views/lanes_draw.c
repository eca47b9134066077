#include "tui/views/lanes_draw.h"

#include "base/text.h"
#include "draw/boxes/boxes.h"
#include "draw/lanes.h"
#include "tui/look/cursor.h"
#include "tui/look/play.h"
#include "tui/look/range.h"
#include "tui/parts/wrap.h"
#include "tui/views/banner.h"
#include "tui/views/below.h"
#include "tui/views/header.h"
#include "tui/views/named.h"
#include "tui/views/whole.h"

#include <stdio.h>
#include <string.h>

struct shown {
    const struct gs_look *look;
    const struct gs_lanes_state *lanes;
};

/* While it plays, a window that is full within a second, and jumps on twice as often, is not read
 * however few changes it has. */
static bool is_gone_at_once(const struct gs_run *run, uint64_t span)
{
    return gs_play_goes_on(run) && (double)span < run->playback.speed * 1e9;
}

static bool legible(const void *context, uint64_t span)
{
    const struct shown *shown = context;
    if (is_gone_at_once(&shown->look->run, span))
        return true;
    const struct gs_rows *rows = &shown->look->rows;
    size_t first = shown->lanes->first_row, at;
    for (int i = 0; i < shown->lanes->visible_rows; i++)
        if ((at = gs_rows_shown(rows, first, (size_t)i)) < rows->list.count &&
            gs_lanes_crowded(shown->look->run.timeline, &rows->list.items[at],
                             shown->lanes->columns, 0, span))
            return false;
    return true;
}

/* The picture of the whole run grows until it cannot be read; from then on it scrolls. What fills
 * it is only known afterwards: a window found too wide narrows once. */
static void follow(struct gs_look *look, struct gs_lanes_state *l)
{
    struct gs_window *w = &look->window;
    struct shown shown = {look, l};
    look->cursor = look->run.playback.now;
    bool outside = look->cursor >= w->from + w->span || look->cursor < w->from;
    bool whole = w->from == 0 && !w->chosen;
    bool due = look->cursor >= l->read_again;
    if (whole && due) {
        l->read_again = look->cursor + w->span / 16;
        if (!outside && !w->fitted && !legible(&shown, w->span))
            gs_window_narrow(w, look->cursor);
    }
    if (outside)
        gs_window_follow(w, look->cursor, legible, &shown);
    /* While it stands there is nothing to keep the room for. */
    if (!gs_play_goes_on(&look->run))
        gs_window_shrink(w, look->cursor);
    /* The last picture has the run from edge to edge, and its total under it, as in a book. */
    if (!w->chosen && gs_run_complete(&look->run) && gs_run_over(&look->run))
        gs_window_fit(w, look->cursor);
}

static struct gs_lanes_view lanes_view(const struct gs_look *look, const struct gs_lanes_state *l,
                                       struct gs_box box)
{
    struct gs_range_shown range = gs_range_shown(look);
    return (struct gs_lanes_view){
        .timeline = look->run.timeline,
        .rows = &look->rows,
        .from = look->window.from,
        .until = look->window.from + look->window.span,
        .x = box.x,
        .y = box.y,
        .width = box.width,
        .height = box.height,
        .tall = l->taken,
        .first_row = l->first_row,
        .absent_key = "Z",
        .selected = gs_cursor_row(look),
        .cursor = look->cursor,
        .range_from = range.from,
        .range_until = range.until,
        .totals = gs_run_at_end(&look->run),
        .now = look->run.playback.now + 1,
    };
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
static int lines_of(const struct gs_look *look, const struct gs_lanes_state *l,
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
    struct gs_lanes_view view = lanes_view(look, l, box);
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

/* To be read; what a frame says that the next one does not is nothing but unrest. */
#define STANDS_FOR 1000000000u

/* While the picture plays, the sentence is about the instant at which it began to stand. */
static void stand(const struct gs_ui *ui, struct gs_standing *s)
{
    const struct gs_look *look = &ui->look;
    char time[32];
    bool same = s->row.kind == look->selected.kind && s->row.actor == look->selected.actor;
    /* Of one that the window has left nobody can see what is said. */
    bool seen = s->time >= look->window.from;
    if (*s->text && same && seen && ui->shown_for < s->until)
        return;
    int used = snprintf(s->text, sizeof s->text,
                        "At %s: ", gs_text_duration(time, sizeof time, look->cursor));
    gs_sentence_words(look, s->text + used, sizeof s->text - (size_t)used);
    s->row = look->selected;
    s->time = look->cursor;
    s->until = ui->shown_for + STANDS_FOR;
}

static void draw_sentence(struct gs_ui *ui, struct gs_standing *standing, struct gs_box box)
{
    char text[1024];
    if (ui->look.follows && gs_play_goes_on(&ui->look.run)) {
        stand(ui, standing);
        gs_wrap_draw(&ui->canvas, box, GS_ROLE_TEXT, 0, standing->text);
        return;
    }
    standing->text[0] = '\0';
    gs_sentence_words(&ui->look, text, sizeof text);
    gs_wrap_draw(&ui->canvas, box, GS_ROLE_TEXT, 0, text);
}

/* What the program asks or says itself is to be read before what it prints. */
#define ASKED_FOR 3000000000u

/* Who looks on sees a note or mark for a while, or until the next one; who goes to an instant, what
 * was said last there. */
static const struct gs_event *word_to_show(const struct gs_ui *ui, struct gs_asked *asked)
{
    const struct gs_look *look = &ui->look;
    const struct gs_event *last = gs_told_asked(&look->run.told, look->cursor);
    if (last && (last->time != asked->time || last->a != asked->text))
        *asked = (struct gs_asked){last->time, last->a, ui->shown_for + ASKED_FOR};
    if (last && look->follows && ui->shown_for < asked->until)
        return last;
    return gs_told_word(&look->run.told, look->cursor);
}

/* An answer that is longer than its line has the sentence's, too. */
static void draw_words(struct gs_ui *ui, struct gs_lanes_state *l, const struct gs_layout *layout)
{
    char text[1024];
    struct gs_box note = layout->note, both = layout->sentence;
    both.height += note.height;
    if (gs_wrap_lines(ui->notice.text, note.width) > note.height) {
        gs_wrap_draw(&ui->canvas, both, GS_ROLE_KEY, 0, ui->notice.text);
        return;
    }
    if (!l->quiet)
        draw_sentence(ui, &l->sentence, layout->sentence);
    gs_named_colour(&ui->canvas, layout->sentence, &ui->look, l->first_row,
                    (size_t)l->visible_rows);
    if (*ui->notice.text) {
        gs_wrap_draw(&ui->canvas, note, GS_ROLE_KEY, 0, ui->notice.text);
        return;
    }
    unsigned role =
        gs_note_words(&ui->look, ui->canvas.ascii, word_to_show(ui, &l->asked), text, sizeof text);
    gs_wrap_draw(&ui->canvas, note, role, 0, text);
}

/* Where lanes fill their box the legend has the last line of the sentence's, if that is blank. */
static void draw_late_legend(struct gs_ui *ui, const struct gs_lanes_state *l, struct gs_box box)
{
    char row[4096];
    int y = box.y + box.height - 1;
    if (!l->legend_due || box.height < 1 || *gs_canvas_row(&ui->canvas, y, row, sizeof row))
        return;
    gs_lanes_legend_above(&ui->canvas, ui->look.run.timeline, &l->signs, box.x, y, box.width, 1);
}

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

/* As many as fit; what the user has chosen fits. */
static int tallest(const struct gs_look *look, const struct gs_lanes_state *l,
                   const struct gs_canvas *c, int lines)
{
    int tall = l->tall ? l->tall : GS_LANES_TALLEST;
    while (!l->tall && tall > 1 && lines_of(look, l, c, tall) > lines)
        tall--;
    return tall;
}

/* How full the picture is, is looked at where it is to stay: at the end, and of a run that the user
 * has wanted as a whole. */
static bool shows_whole(const struct gs_look *look, const struct gs_lanes_state *l, bool roomy)
{
    struct shown shown = {look, l};
    bool stays = gs_run_at_end(&look->run) || look->window.fitted;
    return gs_whole_is_part(look) || (roomy && stays && !legible(&shown, look->window.span));
}

/* Where panes stand, and how many lines a lane has: a pane under the lanes leaves them all columns,
 * so it stands beside them only where they need the lines; what both leave makes lanes taller. */
static void place(const struct gs_look *look, struct gs_lanes_state *l, const struct gs_canvas *c,
                  struct gs_layout_wish *wish, int lines)
{
    enum { LEAST = 10 }; /* a lower picture has better use for a line than the whole */
    enum gs_pane pane = wish->extra != GS_PANE_LANES ? wish->extra : GS_PANE_SOURCE;
    struct gs_lanes_view roomy_one =
        lanes_view(look, l, (struct gs_box){.width = c->width, .height = 1 << 20});
    l->around = (size_t)roomy_one.height - gs_lanes_room(&roomy_one);
    int third = lines / 3 > GS_PANE_LINES ? lines / 3 : GS_PANE_LINES;
    l->whole_shown = false;
    bool roomy = lines_of(look, l, c, l->tall) < lines;
    l->whole_shown = !l->boxes && lines >= LEAST && shows_whole(look, l, roomy);
    int left = lines - lines_of(look, l, c, l->tall);
    bool blank = tallest(look, l, c, lines) <= (l->tall ? l->tall : 1); /* but for a pane */
    bool under = left >= (blank ? GS_PANE_SPARE : third);
    gs_panes_place(&l->panes, c, !under && c->width >= GS_PANES_WIDE, under);
    wish->beside = l->panes.beside;
    wish->source = !wish->presents && gs_panes_show_source(&l->panes);
    bool shared = !wish->beside && (wish->source || wish->extra != GS_PANE_LANES);
    if (under && !l->panes.opened && wish->lines[GS_PANE_SOURCE] > left)
        wish->lines[GS_PANE_SOURCE] = left; /* unasked it takes no lane's line */
    int taken = wish->lines[pane] < third ? wish->lines[pane] : third;
    l->taken = tallest(look, l, c, shared ? lines - taken : lines);
    wish->lines[GS_PANE_LANES] = lines_of(look, l, c, l->taken);
}

/* A line each. The line of the whole is counted whether it is there or not: it depends on the rows.
 */
static size_t rows_that_fit(const struct gs_look *look, const struct gs_lanes_state *l,
                            const struct gs_box *box)
{
    struct gs_lanes_view view = lanes_view(look, l, *box);
    view.totals = false;
    size_t room = gs_lanes_room(&view);
    return room > 1 ? room - 1 : 1;
}

/* Which rows there are depends on how many lines they can have, and how many they have on that: so
 * they can have what a pane that somebody opened would leave them. */
static void arrange(struct gs_look *look, struct gs_lanes_state *l, const struct gs_canvas *c,
                    struct gs_layout_wish *wish)
{
    struct gs_layout layout;
    gs_panes_follow(&l->panes, look, c, wish->lines);
    wish->lines[GS_PANE_LANES] = c->height;
    wish->beside = c->width >= GS_PANES_WIDE;
    wish->source = l->panes.opened;
    gs_layout_compute(&layout, wish);
    size_t fit = rows_that_fit(look, l, &layout.panes[GS_PANE_LANES]);
    bool alone = !wish->source && wish->extra == GS_PANE_LANES;
    wish->quiet = l->quiet = alone && !gs_sentence_is_due(look) && look->rows.apart > fit;
    gs_layout_compute(&layout, wish);
    look->room = layout.panes[GS_PANE_LANES].height;
    look->fit = rows_that_fit(look, l, &layout.panes[GS_PANE_LANES]);
    if (gs_cursor_rows_are_old(look))
        gs_cursor_build_rows(look);
    place(look, l, c, wish, layout.banner.y - layout.header.height);
}

/* The canvas row of a question's first answer, -1 if they have no row each. */
static int answers_row(const struct gs_look *look, const char *words, struct gs_box box)
{
    const char *answers = strchr(words, '\n');
    char question[512];
    if (!look->run.asks || !answers)
        return -1;
    snprintf(question, sizeof question, "%.*s", (int)(answers - words), words);
    return box.y + gs_wrap_lines(question, box.width);
}

/* Neither presented lanes nor a question have a line of their own for the answer to a key: it takes
 * the caption's, and stands below the question. */
static unsigned below_words(const struct gs_ui *ui, char *buffer, size_t size)
{
    bool presents = gs_ui_presents(ui), asks = ui->look.run.asks;
    bool says = (presents || asks) && *ui->notice.text;
    if (says && !asks) {
        gs_text_copy(buffer, size, ui->notice.text);
        return GS_ROLE_KEY;
    }
    unsigned role = gs_below_words(&ui->look, &ui->canvas, presents, buffer, size);
    size_t used = strlen(buffer);
    if (says)
        snprintf(buffer + used, size - used, "\n%s", ui->notice.text);
    return role;
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
        follow(look, l);
    bool presents = gs_ui_presents(ui);
    unsigned role = below_words(ui, banner, sizeof banner);
    struct gs_layout_wish wish = {.width = c->width,
                                  .height = c->height,
                                  .extra = presents ? GS_PANE_LANES : l->panes.extra,
                                  .focus = presents ? GS_PANE_LANES : l->panes.focus,
                                  .banner = gs_wrap_lines(banner, c->width),
                                  .ended = gs_run_at_end(&look->run),
                                  .asks = look->run.asks,
                                  .presents = presents};
    struct gs_layout layout;
    arrange(look, l, c, &wish);
    gs_layout_compute(&layout, &wish);
    l->layout = layout;
    l->drawn.height = 0;
    l->legend_due = false;
    gs_header_draw(c, look, layout.header);
    (l->boxes ? draw_boxes : draw_lanes)(ui, l, layout.panes[GS_PANE_LANES]);
    draw_separator(c, &layout);
    gs_panes_draw(&l->panes, look, c, &layout);
    gs_wrap_draw(c, layout.banner, role, GS_STYLE_BOLD, banner);
    l->answers_y = answers_row(look, banner, layout.banner);
    if (layout.sentence.height > 0)
        draw_words(ui, l, &layout);
    draw_late_legend(ui, l, layout.sentence);
    if (layout.footer.height > 0)
        draw_footer(ui, layout.footer);
}
