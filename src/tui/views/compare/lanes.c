#include "tui/views/compare/lanes.h"

#include "base/text.h"
#include "draw/lanes.h"
#include "tui/look/cursor.h"
#include "tui/parts/wrap.h"
#include "tui/views/banner.h"
#include "tui/views/compare/heading.h"
#include "tui/views/compare/same.h"
#include "tui/views/compare/strips.h"
#include "tui/views/in_box.h"

#include <stdio.h>
#include <string.h>

/* What stands above and below the lanes, in all strips alike: it would push another lane out of
 * each. */
enum around { BARE, PHASES, MARKS_TOO };

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
                                    struct gs_box box, enum around around)
{
    struct gs_lanes_view view = gs_lanes_in_box(look, &c->window, c->cursor, box);
    view.now = c->races ? c->cursor + 1 : 0;
    view.no_axis = true;
    view.no_phases = around < PHASES;
    view.no_marks = around < MARKS_TOO;
    return view;
}

/* Heading, lanes, and what stands above and below them; else its excuse. Where lanes are short of
 * room the name of the only process is no loss. */
static struct gs_strip strip_of(const struct gs_comparison *c, size_t i,
                                const struct gs_canvas *canvas, enum around around)
{
    enum { ROOMY = 1000 };
    char why[1200];
    excuse(c, i, canvas->ascii, why, sizeof why);
    if (*why || !gs_comparison_shows(c, i))
        return (struct gs_strip){.need = 1 + gs_wrap_lines(why, canvas->width - 2)};
    const struct gs_look *look = c->runs.items[i].look;
    struct gs_lanes_view view =
        view_of(c, look, (struct gs_box){0, 0, canvas->width, ROOMY}, around);
    int lines = ROOMY - (int)gs_lanes_room(&view);
    int lanes = (int)look->rows.list.count - (around < MARKS_TOO && gs_same_has_name(look));
    return (struct gs_strip){.need = 1 + lines + lanes, .own = gs_same_gil(look) >= 0};
}

static int need_of_all(const struct gs_comparison *c, const struct gs_canvas *canvas,
                       enum around around)
{
    int rows = 0;
    for (size_t i = 0; i < c->runs.count; i++)
        rows += strip_of(c, i, canvas, around).need;
    return rows;
}

/* As much as leaves all lanes of all runs; where those have no room anyway, the phases as well as
 * three lanes and a GIL of each. */
static enum around around_lanes(const struct gs_comparison *c, const struct gs_canvas *canvas,
                                int rows)
{
    enum { SOME = 6 };
    for (enum around around = MARKS_TOO; around > BARE; around--)
        if (need_of_all(c, canvas, around) <= rows)
            return around;
    bool all = need_of_all(c, canvas, BARE) <= rows;
    return all || rows < SOME * (int)c->runs.count ? BARE : PHASES;
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
            view_of(c, c->runs.items[i].look, (struct gs_box){0, 0, width, 1}, BARE);
        int own = gs_lanes_title_width(&view);
        widest = own > widest ? own : widest;
    }
    return widest;
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

struct strips {
    struct gs_strip of[GS_COMPARISON_MOST];
    enum around around;
    int title_width;
};

static struct gs_lanes_view strip_view(const struct gs_comparison *c, size_t run,
                                       const struct strips *strips, struct gs_box box)
{
    struct gs_box body = {box.x, box.y + 1, box.width, box.height - 1};
    struct gs_lanes_view view = view_of(c, c->runs.items[run].look, body, strips->around);
    view.title_width = strips->title_width;
    return view;
}

/* A GIL that all have is like any other lane. */
static void take_strips(const struct gs_comparison *c, const struct gs_canvas *canvas,
                        struct strips *strips)
{
    bool all = true;
    for (size_t i = 0; i < c->runs.count; i++) {
        strips->of[i] = strip_of(c, i, canvas, strips->around);
        all &= strips->of[i].own > 0;
    }
    for (size_t i = 0; all && i < c->runs.count; i++)
        strips->of[i].own = 0;
}

/* The first lane that is shown. A row of its own that is scrolled away is nobody's. */
static void scroll_one(struct gs_compare_state *s, const struct gs_comparison *c, size_t run,
                       struct strips *strips, int width)
{
    const struct gs_look *look = c->runs.items[run].look;
    const struct gs_look *selected = c->runs.items[c->selected].look;
    struct gs_strip *strip = &strips->of[run];
    size_t *first = &s->first_row[run];
    for (bool again = true; again;) {
        struct gs_lanes_view view =
            strip_view(c, run, strips, (struct gs_box){0, 0, width, strip->height});
        size_t room = gs_lanes_room(&view), count = look->rows.list.count;
        room = room > 0 ? room : 1;
        if (run == c->selected)
            gs_same_scroll(look, room, first);
        else if (gs_comparison_shows(c, c->selected))
            gs_same_follow(look, room, first, selected, s->first_row[c->selected]);
        s->visible_rows[run] = (int)(count < room ? count : room);
        again = strip->own && gs_same_gil(look) < (long)*first;
        strip->height -= again;
        strip->own = strip->own && !again;
    }
}

/* The selected run's lanes go along with its selected row, and the others' with them. */
static void scroll(struct gs_compare_state *s, const struct gs_comparison *c, struct strips *strips,
                   int width)
{
    memset(s->visible_rows, 0, sizeof s->visible_rows);
    for (size_t i = 0; i <= c->runs.count; i++) {
        size_t run = i == 0 ? c->selected : i - 1; /* it leads */
        bool led = i > 0 && run == c->selected;
        if (!led && strips->of[run].height > 1 && gs_comparison_shows(c, run))
            scroll_one(s, c, run, strips, width);
    }
}

static void draw_strip(struct gs_ui *ui, struct gs_compare_state *s, size_t run,
                       const struct strips *strips, struct gs_box box, struct gs_lanes_signs *all)
{
    struct gs_canvas *canvas = &ui->canvas;
    struct gs_comparison *c = &ui->comparison;
    const struct gs_look *look = gs_comparison_look(c, run);
    char why[1200], lanes[64];
    unsigned role = excuse(c, run, canvas->ascii, why, sizeof why);
    if (*why) {
        struct gs_box body = {box.x + 1, box.y + 1, box.width - 2, box.height - 1};
        gs_wrap_draw(canvas, body, role, 0, why);
    } else if (gs_comparison_shows(c, run) && box.height > 1) {
        struct gs_lanes_view view = strip_view(c, run, strips, box);
        struct gs_lanes_signs signs;
        view.first_row = s->first_row[run];
        view.selected = run == c->selected ? gs_cursor_row(look) : -1;
        gs_lanes_draw(canvas, &view, &signs);
        s->drawn[run] = view;
        merge(all, &signs, run == c->selected);
    }
    position_words(s, look, run, lanes, sizeof lanes);
    gs_compare_heading(canvas, c, run, lanes, box);
}

/* Where there is more room than the lanes need, they stand apart. */
static int gap_between(const struct strips *strips, size_t count, int rows)
{
    int shown = 0;
    for (size_t i = 0; i < count; i++) {
        rows -= strips->of[i].height;
        shown += strips->of[i].height > 0;
    }
    return rows >= shown - 1;
}

static void draw_strips(struct gs_ui *ui, struct gs_compare_state *s, const struct strips *strips,
                        struct gs_box box, struct gs_lanes_signs *signs)
{
    const struct gs_comparison *c = &ui->comparison;
    int gap = gap_between(strips, c->runs.count, box.height);
    s->columns = box.width - strips->title_width;
    s->end = s->first;
    memset(s->drawn, 0, sizeof s->drawn);
    for (size_t run = 0; run < c->runs.count; run++) {
        box.height = strips->of[run].height;
        if (box.height == 0)
            continue;
        s->end = run + 1;
        draw_strip(ui, s, run, strips, box, signs);
        box.y += box.height + gap;
    }
}

void gs_compare_lanes(struct gs_ui *ui, struct gs_compare_state *s,
                      const struct gs_compare_boxes *boxes)
{
    struct gs_canvas *canvas = &ui->canvas;
    struct gs_comparison *c = &ui->comparison;
    struct gs_lanes_signs signs = {0};
    build_rows(c, boxes->strips.height);
    struct strips strips = {.around = around_lanes(c, canvas, boxes->strips.height),
                            .title_width = title_width(c, canvas->width)};
    take_strips(c, canvas, &strips);
    gs_strips_share(strips.of, c->runs.count, boxes->strips.height, c->selected, &s->first);
    scroll(s, c, &strips, canvas->width);
    draw_strips(ui, s, &strips, boxes->strips, &signs);
    if (!gs_comparison_shows(c, c->selected))
        return;
    struct gs_lanes_view view = strip_view(c, c->selected, &strips, boxes->axis);
    view.y = boxes->axis.y;
    gs_lanes_axis(canvas, &view);
    if (boxes->legend.height > 0)
        gs_lanes_legend(canvas, view.timeline, &signs, boxes->legend.x, boxes->legend.y,
                        boxes->legend.width);
}
