#include "tui/views/compare/draw.h"

#include "base/text.h"
#include "draw/lanes.h"
#include "tui/look/cursor.h"
#include "tui/parts/wrap.h"
#include "tui/views/banner.h"
#include "tui/views/compare/heading.h"
#include "tui/views/compare/strips.h"

#include <stdio.h>
#include <string.h>

struct layout {
    struct gs_box header, axis, strips, legend, differences, sentence, note, footer;
};

/* Takes lines from the bottom of rest. */
static struct gs_box cut_bottom(struct gs_box *rest, int lines)
{
    lines = lines < rest->height ? lines : rest->height;
    rest->height -= lines;
    return (struct gs_box){rest->x, rest->y + rest->height, rest->width, lines};
}

/* So many rows are left for the lanes at least where the table stands below them. */
enum { LEAST_STRIPS = 2 * GS_STRIP_LEAST };

static void lay_out(struct layout *layout, const struct gs_canvas *c, int table,
                    enum gs_differences_place place)
{
    int height = c->height;
    struct gs_box rest = {0, 1, c->width, height - 1};
    *layout = (struct layout){.header = {0, 0, c->width, 1}};
    layout->footer = cut_bottom(&rest, 1);
    layout->note = cut_bottom(&rest, height >= 14);
    layout->sentence = cut_bottom(&rest, height < 14 ? 1 : height >= 32 ? 3 : 2);
    int most = rest.height / 3 > 4 ? rest.height / 3 : 4;
    table = table < most ? table : most;
    bool room = rest.height - table - 1 >= LEAST_STRIPS;
    if (place == GS_DIFFERENCES_ALONE && !room) {
        layout->differences = rest;
        return;
    }
    if (place != GS_DIFFERENCES_CLOSED && room)
        layout->differences = cut_bottom(&rest, table);
    if (height >= 20)
        layout->legend = cut_bottom(&rest, 1);
    layout->axis = (struct gs_box){rest.x, rest.y, rest.width, 1};
    layout->strips = (struct gs_box){rest.x, rest.y + 1, rest.width, rest.height - 1};
}

/* --- the strips */

/* "2-6/9": which lanes are shown, if not all. */
static void position_words(const struct gs_compare_state *s, const struct gs_look *look, size_t i,
                           char *buffer, size_t size)
{
    size_t shown = (size_t)s->visible_rows[i], all = look->rows.list.count;
    *buffer = '\0';
    if (shown > 0 && shown < all)
        snprintf(buffer, size, "  %zu-%zu/%zu", s->first_row[i] + 1, s->first_row[i] + shown, all);
}

/* Why there are no lanes; "" where there are, or soon will be. Returns the role. */
static unsigned excuse(const struct gs_comparison *c, size_t i, bool ascii, char *buffer,
                       size_t size)
{
    const struct gs_compared_run *run = &c->runs.items[i];
    *buffer = '\0';
    if (*run->trouble)
        gs_text_visible(buffer, size, run->trouble, strlen(run->trouble));
    else if (*run->look->filter && gs_comparison_shows(c, i) && run->look->rows.list.count == 0)
        return snprintf(buffer, size, "%s", "No lane has this in its name or does it."),
               GS_ROLE_DIM;
    else if (gs_comparison_shows(c, i) && run->look->run.drained &&
             !gs_run_complete(&run->look->run))
        gs_banner_words(run->look, ascii, buffer, size);
    return GS_ROLE_ERROR;
}

static struct gs_lanes_view view_of(const struct gs_comparison *c, const struct gs_look *look,
                                    struct gs_box box)
{
    return (struct gs_lanes_view){.timeline = look->run.timeline,
                                  .rows = &look->rows,
                                  .from = c->window.from,
                                  .until = c->window.from + c->window.span,
                                  .x = box.x,
                                  .y = box.y,
                                  .width = box.width,
                                  .height = box.height,
                                  .selected = -1,
                                  .cursor = c->cursor,
                                  .now = c->races ? c->cursor + 1 : 0,
                                  .no_axis = true};
}

/* Heading, lanes, and what stands above and below them; else its excuse. */
static int need_of(const struct gs_comparison *c, size_t i, const struct gs_canvas *canvas)
{
    enum { ROOMY = 1000 };
    char why[1200];
    excuse(c, i, canvas->ascii, why, sizeof why);
    if (*why || !gs_comparison_shows(c, i))
        return 1 + gs_wrap_lines(why, canvas->width - 2);
    const struct gs_look *look = c->runs.items[i].look;
    struct gs_lanes_view view = view_of(c, look, (struct gs_box){0, 0, canvas->width, ROOMY});
    int around = ROOMY - (int)gs_lanes_room(&view);
    return 1 + around + (int)look->rows.list.count;
}

static void build_rows(struct gs_comparison *c, int rows)
{
    int each = rows / (int)c->runs.count - 1;
    for (size_t i = 0; i < c->runs.count; i++) {
        struct gs_look *look = gs_comparison_look(c, i);
        look->room = each > GS_STRIP_LEAST ? each : GS_STRIP_LEAST;
        if (gs_comparison_shows(c, i) && gs_cursor_rows_are_old(look))
            gs_cursor_build_rows(look);
    }
}

/* All lanes of all runs begin in the same column. */
static int title_width(const struct gs_comparison *c, int width)
{
    int widest = 1;
    for (size_t i = 0; i < c->runs.count; i++) {
        if (!gs_comparison_shows(c, i))
            continue;
        struct gs_lanes_view view =
            view_of(c, c->runs.items[i].look, (struct gs_box){0, 0, width, 1});
        int own = gs_lanes_title_width(&view);
        widest = own > widest ? own : widest;
    }
    return widest;
}

/* The selected row is visible; where not all are, the name of the only process can be missed
 * first. */
static void scroll(struct gs_compare_state *s, const struct gs_look *look, size_t i, int visible)
{
    size_t room = visible > 0 ? (size_t)visible : 1, count = look->rows.list.count;
    size_t *first = &s->first_row[i];
    long row = gs_cursor_row(look);
    if (row >= 0 && (size_t)row < *first)
        *first = (size_t)row;
    if (row >= 0 && (size_t)row >= *first + room)
        *first = (size_t)row - room + 1;
    if (*first + room > count)
        *first = count > room ? count - room : 0;
    if (*first == 0 && row > 0 && count > room && look->rows.list.items[0].kind == GS_ROW_GROUP &&
        !look->rows.list.items[0].folded)
        *first = 1;
    s->visible_rows[i] = (int)(count < room ? count : room);
}

static void merge(struct gs_lanes_signs *all, const struct gs_lanes_signs *own, bool selected)
{
    for (unsigned state = 0; state < GS_STATES; state++)
        all->states[state] |= own->states[state];
    all->mixed |= own->mixed;
    all->ran |= own->ran;
    all->cancelled |= own->cancelled;
    all->ready_most = own->ready_most > all->ready_most ? own->ready_most : all->ready_most;
    if (!selected)
        return;
    memcpy(all->owners, own->owners, sizeof all->owners);
    all->owner_count = own->owner_count;
}

struct strip {
    size_t run;
    struct gs_box box;
    int title_width;
};

/* Marks give way before a lane does, phases before the third. */
static void make_room(struct gs_lanes_view *view)
{
    enum { SOME = 3 };
    view->no_marks = gs_lanes_room(view) < view->rows->list.count;
    view->no_phases = view->no_marks && gs_lanes_room(view) < SOME;
}

static void draw_strip(struct gs_ui *ui, struct gs_compare_state *s, const struct strip *strip,
                       struct gs_lanes_signs *all)
{
    struct gs_canvas *canvas = &ui->canvas;
    struct gs_comparison *c = &ui->comparison;
    struct gs_look *look = gs_comparison_look(c, strip->run);
    struct gs_box body = {strip->box.x, strip->box.y + 1, strip->box.width, strip->box.height - 1};
    char why[1200], lanes[64];
    s->visible_rows[strip->run] = 0;
    unsigned role = excuse(c, strip->run, canvas->ascii, why, sizeof why);
    if (*why) {
        body.x++;
        body.width -= 2;
        gs_wrap_draw(canvas, body, role, 0, why);
    } else if (gs_comparison_shows(c, strip->run) && body.height > 0) {
        struct gs_lanes_view view = view_of(c, look, body);
        struct gs_lanes_signs signs;
        view.title_width = strip->title_width;
        make_room(&view);
        scroll(s, look, strip->run, (int)gs_lanes_room(&view));
        view.first_row = s->first_row[strip->run];
        view.selected = strip->run == c->selected ? gs_cursor_row(look) : -1;
        gs_lanes_draw(canvas, &view, &signs);
        s->drawn[strip->run] = view;
        merge(all, &signs, strip->run == c->selected);
    }
    position_words(s, look, strip->run, lanes, sizeof lanes);
    gs_compare_heading(canvas, c, strip->run, lanes, strip->box);
}

/* Where there is more room than the lanes need, they stand apart. */
static int gap_between(const int *height, size_t count, int rows)
{
    int strips = 0;
    for (size_t i = 0; i < count; i++) {
        rows -= height[i];
        strips += height[i] > 0;
    }
    return rows >= strips - 1;
}

static void draw_strips(struct gs_ui *ui, struct gs_compare_state *s, const struct layout *layout)
{
    struct gs_canvas *canvas = &ui->canvas;
    struct gs_comparison *c = &ui->comparison;
    struct gs_lanes_signs signs = {0};
    int need[GS_COMPARISON_MOST], height[GS_COMPARISON_MOST];
    build_rows(c, layout->strips.height);
    for (size_t i = 0; i < c->runs.count; i++)
        need[i] = need_of(c, i, canvas);
    gs_strips_share(need, c->runs.count, layout->strips.height, c->selected, &s->first, height);
    struct strip strip = {.box = layout->strips, .title_width = title_width(c, canvas->width)};
    int gap = gap_between(height, c->runs.count, layout->strips.height);
    s->columns = canvas->width - strip.title_width;
    s->end = s->first;
    memset(s->drawn, 0, sizeof s->drawn);
    for (; strip.run < c->runs.count; strip.run++) {
        strip.box.height = height[strip.run];
        if (strip.box.height == 0)
            continue;
        s->end = strip.run + 1;
        draw_strip(ui, s, &strip, &signs);
        strip.box.y += strip.box.height + gap;
    }
    const struct gs_look *look = c->runs.items[c->selected].look;
    if (!gs_comparison_shows(c, c->selected))
        return;
    struct gs_lanes_view view = view_of(c, look, layout->axis);
    view.title_width = strip.title_width;
    gs_lanes_axis(canvas, &view);
    if (layout->legend.height > 0)
        gs_lanes_legend(canvas, view.timeline, &signs, layout->legend.x, layout->legend.y,
                        layout->legend.width);
}

/* --- around them */

/* "▶ 0.02×", "▶ B runs", "▶ 2 run", "■ ended". */
static void playing_words(const struct gs_comparison *c, bool ascii, char *buffer, size_t size)
{
    size_t first = c->runs.count, going = 0;
    for (size_t i = c->runs.count; i-- > 0;)
        if (gs_comparison_goes_on(c, i)) {
            first = i;
            going++;
        }
    if (c->races && c->playback.paused)
        snprintf(buffer, size, "%s paused", ascii ? "||" : "‖");
    else if (c->races)
        snprintf(buffer, size, "%s %g%s", ascii ? ">" : "▶", c->playback.speed, ascii ? "x" : "×");
    else if (going == 0)
        snprintf(buffer, size, "%s ended", ascii ? "[]" : "■");
    else if (going == 1)
        snprintf(buffer, size, "%s %c runs", ascii ? ">" : "▶", (char)('A' + first));
    else
        snprintf(buffer, size, "%s %zu run", ascii ? ">" : "▶", going);
}

/* What does not fit must not look as if it were not there. */
static void shown_words(const struct gs_compare_state *s, size_t count, char *buffer, size_t size)
{
    *buffer = '\0';
    if (s->end > s->first && s->end - s->first < count)
        snprintf(buffer, size, ", %c to %c shown", (char)('A' + s->first),
                 (char)('A' + s->end - 1));
}

static void draw_header(struct gs_canvas *canvas, const struct gs_comparison *c,
                        const struct gs_compare_state *s)
{
    char shown[32], playing[32], right[96];
    playing_words(c, canvas->ascii, playing, sizeof playing);
    shown_words(s, c->runs.count, shown, sizeof shown);
    snprintf(right, sizeof right, "%s %.6f s   %s", canvas->ascii ? "^" : "▲",
             (double)c->cursor / 1e9, playing);
    int x = canvas->width - gs_text_width(right), end = 0;
    gs_canvas_text(canvas, x, 0, canvas->width - x, GS_ROLE_TITLE, 0, right);
    if (canvas->width >= 60)
        end = gs_canvas_text(canvas, 0, 0, x - 1, GS_ROLE_TITLE, 0, "gilscope") + 2;
    gs_canvas_textf(canvas, end, 0, x - 1 - end, GS_ROLE_TITLE, 0, "%zu runs compared%s",
                    c->runs.count, shown);
}

/* What the selected run says of itself, where the screen has nothing to answer. */
static unsigned note_words(const struct gs_look *look, bool ascii, char *buffer, size_t size)
{
    if (look->run.told.troubles.count)
        return gs_banner_words(look, ascii, buffer, size);
    return gs_note_words(look, ascii, gs_told_word(&look->run.told, look->cursor), buffer, size);
}

/* The sentence and, in the last line, a note; what is too long has the line of what is not there.
 */
static void draw_words(struct gs_ui *ui, const struct layout *layout)
{
    struct gs_comparison *c = &ui->comparison;
    struct gs_box note = layout->note, both = layout->sentence;
    char said[1200], sentence[1200] = "";
    unsigned role = GS_ROLE_KEY;
    snprintf(said, sizeof said, "%s", ui->notice.text);
    if (gs_comparison_shows(c, c->selected)) {
        const struct gs_look *look = gs_comparison_look(c, c->selected);
        gs_sentence_words(look, sentence, sizeof sentence);
        if (!*said)
            role = note_words(look, ui->canvas.ascii, said, sizeof said);
    }
    both.height += note.height;
    bool long_answer = gs_wrap_lines(ui->notice.text, note.width) > note.height;
    if (!long_answer)
        gs_wrap_draw(&ui->canvas, *said ? layout->sentence : both, GS_ROLE_TEXT, 0, sentence);
    gs_wrap_draw(&ui->canvas, long_answer ? both : note, role, 0, said);
}

static void draw_footer(struct gs_ui *ui, struct gs_box box)
{
    struct gs_canvas *canvas = &ui->canvas;
    if (ui->prompt.purpose != GS_PROMPT_NONE) {
        gs_prompt_draw(canvas, &ui->prompt, box.x, box.y, box.width);
        return;
    }
    const char *filter = ui->comparison.runs.items[0].look->filter;
    int x = gs_prompt_filter(canvas, filter, box.x, box.y, box.width / 2);
    const struct gs_footer_word pause = {GS_ACTION_RACE, "pause"};
    bool plays = ui->comparison.races && !ui->comparison.playback.paused;
    gs_keys_footer(canvas, x, box.y, box.x + box.width - x, GS_VIEW_COMPARE, plays ? &pause : NULL,
                   &ui->footer);
}

void gs_compare_draw(struct gs_ui *ui, void *state)
{
    struct gs_compare_state *s = state;
    struct gs_comparison *c = &ui->comparison;
    struct layout layout;
    lay_out(&layout, &ui->canvas, gs_differences_lines(c), s->place);
    s->end = s->first;
    if (layout.strips.height > 0)
        draw_strips(ui, s, &layout);
    draw_header(&ui->canvas, c, s);
    s->differences_shown = layout.differences.height > 0;
    s->lanes_shown = layout.strips.height > 0;
    gs_differences_draw(&s->differences, c, &ui->canvas, layout.differences);
    draw_words(ui, &layout);
    draw_footer(ui, layout.footer);
}
