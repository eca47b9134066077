#include "export/cast/frame.h"

#include "base/sorted.h"
#include "base/text.h"
#include "draw/said.h"
#include "draw/wrap.h"
#include "timeline/explain/explain.h"
#include "timeline/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 80,
    HEIGHT_LEAST = 18,
    HEIGHT_MOST = 40,
    TALLEST = 3,
    ABOVE = 2, /* what it is, by what rules */
    CAPTION = 3,
    SENTENCE = 3,
    BELOW = 1 + CAPTION + SENTENCE + 1, /* a blank line above them, the legend under them */
};

/* So long is a sentence to be read, and so long a window at least. */
#define SENTENCE_NS 1e9
#define WINDOW_NS   5e9
/* What is said within so long is one thing to who reads it: a mark, and the note behind it. */
#define TOGETHER_NS 5e8

static void collect_captions(struct gs_film_set *film)
{
    static const enum gs_event_kind kinds[] = {GS_EVENT_NOTE, GS_EVENT_MARK, GS_EVENT_ASK,
                                               GS_EVENT_ERROR, GS_EVENT_DEADLOCK};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct gs_points points = gs_timeline_points(film->source->timeline, kinds[k]);
        for (size_t i = 0; i < points.list.count; i++)
            *gs_sorted_add(&film->captions.list, time, points.list.items[i].time) =
                points.list.items[i];
        gs_vec_free(&points.list);
    }
}

static struct gs_lanes_view view_of(const struct gs_film_set *film, uint64_t from, uint64_t until)
{
    return (struct gs_lanes_view){.timeline = film->source->timeline,
                                  .rows = &film->rows,
                                  .from = from,
                                  .until = until,
                                  .y = ABOVE,
                                  .width = film->width,
                                  .height = film->height - ABOVE - BELOW,
                                  .title_width = film->title_width,
                                  .tall = film->tall,
                                  .absent_key = "the end",
                                  .selected = -1,
                                  .cursor = UINT64_MAX,
                                  .totals = true};
}

/* Those that somebody looks at stay as he has them: which are folded, opened, filtered out. */
static void copy_rows(struct gs_film_set *film, const struct gs_rows *rows)
{
    film->rows.list.count = 0;
    for (size_t i = 0; i < rows->list.count; i++)
        gs_vec_push(&film->rows.list, rows->list.items[i]);
    film->rows.apart = rows->apart;
    film->rows.pinned = rows->pinned;
}

static void choose_rows(struct gs_film_set *film, uint64_t from, uint64_t until)
{
    struct gs_row_choice choice = {.helpers = film->source->helpers, .locks = true};
    if (until > from) {
        choice.from = from;
        choice.until = until;
        choice.living_first = true;
        choice.time = from;
    }
    gs_rows_build(&film->rows, film->source->timeline, &choice);
}

static void build_rows(struct gs_film_set *film, uint64_t from, uint64_t until)
{
    if (film->source->rows)
        copy_rows(film, film->source->rows);
    else
        choose_rows(film, from, until);
    film->rows_for = from;
    film->title_width = 0;
    struct gs_lanes_view view = view_of(film, film->from, film->until);
    film->title_width = gs_lanes_title_width(&view);
}

/* With all lanes and all that stands around them, if that is not too much. */
static int height_of(struct gs_film_set *film)
{
    enum { PLENTY = 1 << 20 };
    struct gs_lanes_view view = view_of(film, film->from, film->until);
    view.height = PLENTY;
    size_t around = PLENTY - gs_lanes_room(&view);
    size_t height = ABOVE + BELOW + around + gs_lanes_lines(&film->rows, 1);
    return height < HEIGHT_LEAST ? HEIGHT_LEAST : height > HEIGHT_MOST ? HEIGHT_MOST : (int)height;
}

static int tallest(const struct gs_film_set *film)
{
    struct gs_lanes_view view = view_of(film, film->from, film->until);
    size_t room = gs_lanes_room(&view);
    int tall = TALLEST;
    while (tall > 1 && gs_lanes_lines(&film->rows, tall) > room)
        tall--;
    return tall;
}

/* As many windows as it takes until single stretches can be told from each other in most of them,
 * and no more than can be looked at. */
static uint64_t span_of(const struct gs_film_set *film)
{
    struct gs_lanes_view view = view_of(film, film->from, film->until);
    int columns = film->width - film->title_width, windows = 1;
    size_t shown = gs_lanes_fit(&film->rows, film->tall, 0, gs_lanes_room(&view));
    bool crowded = true;
    while (crowded && film->pace.length / windows >= 2 * WINDOW_NS) {
        crowded = false;
        for (size_t i = 0; i < shown && !crowded; i++)
            crowded = gs_lanes_crowded(film->source->timeline, &film->rows.list.items[i],
                                       columns * windows, film->from, film->until - film->from);
        windows *= crowded ? 2 : 1;
    }
    uint64_t span = (film->until - film->from) / (unsigned)windows;
    return span ? span : 1;
}

void gs_film_init(struct gs_film_set *film, const struct gs_export_source *source)
{
    *film = (struct gs_film_set){.source = source};
    film->width = source->film.width ? source->film.width : WIDTH;
    gs_export_window(source, &film->from, &film->until);
    build_rows(film, 0, 0);
    film->tall = 1;
    film->height = source->film.height ? source->film.height : height_of(film);
    film->tall = tallest(film);
    gs_film_pace_take(&film->pace, source, film->from, film->until);
    film->span = span_of(film);
    collect_captions(film);
}

void gs_film_free(struct gs_film_set *film)
{
    gs_film_pace_free(&film->pace);
    gs_vec_free(&film->captions.list);
    gs_rows_free(&film->rows);
    gs_overview_free(&film->overview);
    gs_canvas_destroy(&film->lanes);
}

static bool shows_part(const struct gs_film_set *film)
{
    return film->span < film->until - film->from;
}

/* It goes on by half a window when it is full. */
static uint64_t window_from(const struct gs_film_set *film, uint64_t now)
{
    uint64_t half = film->span / 2, past = now - film->from;
    if (past < film->span || !half)
        return film->from;
    return film->from + ((past - film->span) / half + 1) * half;
}

static int draw_right(struct gs_canvas *canvas, int right, int y, unsigned role, const char *text)
{
    right -= gs_text_width(text);
    gs_canvas_text(canvas, right, y, canvas->width - right, role, 0, text);
    return right - 2;
}

/* Seconds with as many decimals as the window can show. */
static void time_words(const struct gs_film_set *film, uint64_t ns, char *buffer, size_t size)
{
    int decimals = film->span >= 50000000 ? 3 : film->span >= 1000000 ? 5 : 7;
    snprintf(buffer, size, "%.*f s", decimals, (double)ns / 1e9);
}

static void draw_header(const struct gs_film_set *film, struct gs_canvas *canvas, uint64_t now,
                        const char *state)
{
    const struct gs_export_source *source = film->source;
    char text[512];
    time_words(film, now, text, sizeof text);
    int right = draw_right(canvas, canvas->width, 0, GS_ROLE_TEXT, text);
    right = draw_right(canvas, right, 0, GS_ROLE_TITLE, state);
    const char *name = source->name ? source->name : "";
    gs_text_visible(text, sizeof text, name, strlen(name));
    int x = gs_canvas_text(canvas, 0, 0, right, GS_ROLE_TITLE, 0, text);
    if (source->title && *source->title && x + 6 < right) {
        x = gs_canvas_text(canvas, x, 0, 3, GS_ROLE_DIM, 0, x ? " · " : "");
        gs_text_visible(text, sizeof text, source->title, strlen(source->title));
        gs_canvas_text(canvas, x, 0, right - x, GS_ROLE_TEXT, 0, text);
    }
}

/* As many of the rules as fit. */
static void draw_rules(const struct gs_film_set *film, struct gs_canvas *canvas, int width)
{
    static const char separator[] = " · ";
    char rules[256];
    gs_export_rules(rules, sizeof rules, separator, film->source);
    for (char *cut = rules + strlen(rules); gs_text_width(rules) > width && cut > rules; cut--)
        if (strncmp(cut, separator, strlen(separator)) == 0)
            *cut = '\0';
    gs_canvas_text(canvas, 0, 1, width, GS_ROLE_DIM, 0, rules);
}

/* "phase: four threads" of the one that goes on; "": none does. */
static void phase_words(const struct gs_timeline *timeline, uint64_t now, char *text, size_t size)
{
    struct gs_points phases = gs_timeline_points(timeline, GS_EVENT_PHASE);
    size_t begun = gs_sorted_until(&phases.list, time, now);
    uint64_t title = begun ? phases.list.items[begun - 1].a : 0;
    gs_vec_free(&phases.list);
    char name[256];
    *text = '\0';
    if (title)
        snprintf(text, size, "phase: %s",
                 gs_name_string(name, sizeof name, gs_timeline_tables(timeline), title));
}

static void draw_phase(const struct gs_film_set *film, struct gs_canvas *canvas, uint64_t now)
{
    char text[300];
    phase_words(film->source->timeline, now, text, sizeof text);
    bool fits = *text && gs_text_width(text) < canvas->width / 2;
    int right = fits ? draw_right(canvas, canvas->width, 1, GS_ROLE_KEY, text) : canvas->width;
    draw_rules(film, canvas, right);
}

static void draw_lanes(struct gs_film_set *film, struct gs_canvas *canvas,
                       struct gs_lanes_view *view)
{
    struct gs_lanes_signs signs;
    if (shows_part(film)) {
        int titles = film->title_width;
        uint64_t now = view->now ? view->now : film->until;
        gs_overview_take(&film->overview, view->timeline, film->until, now, view->width - titles);
        gs_overview_draw(canvas, &film->overview, 0, view->y++, titles, view->from, view->until);
        view->height--;
    }
    gs_lanes_draw(canvas, view, &signs);
    gs_lanes_legend(canvas, view->timeline, &signs, 0, canvas->height - 1, canvas->width);
}

/* The first of those that are said together with the last of so many. */
static size_t said_with(const struct gs_film_set *film, size_t count)
{
    const struct gs_event *events = film->captions.list.items;
    double last = gs_film_shown_time(&film->pace, events[count - 1].time);
    size_t first = count - 1;
    while (first > 0 &&
           last - gs_film_shown_time(&film->pace, events[first - 1].time) < TOGETHER_NS)
        first--;
    return first;
}

static void draw_caption(const struct gs_film_set *film, struct gs_canvas *canvas, uint64_t now)
{
    const struct gs_film_said *said = &film->captions;
    size_t past = gs_sorted_until(&said->list, time, now), used = 0;
    char text[2048];
    unsigned role = GS_ROLE_TEXT;
    if (!past)
        return;
    size_t first = said_with(film, past);
    for (size_t i = first; i < past && used + 2 < sizeof text; i++) {
        unsigned own = gs_said(film->source->timeline, &said->list.items[i], canvas->ascii,
                               text + used, sizeof text - used);
        role = i == first ? own : role;
        used += strlen(text + used);
        text[used++] = i + 1 < past ? '\n' : '\0';
    }
    gs_wrap_text(canvas, 0, canvas->height - BELOW + 1, canvas->width, CAPTION, role, GS_STYLE_BOLD,
                 text);
}

static bool is_there(const struct gs_timeline *timeline, uint32_t actor, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(timeline, actor);
    return lane && lane->birth <= time && !(lane->died && lane->death <= time);
}

/* An event loop is what to look at, else the GIL, else the first lane. */
static uint32_t what_matters(const struct gs_film_set *film, uint64_t time)
{
    static const enum gs_row_kind kinds[] = {GS_ROW_LOOP, GS_ROW_GIL, GS_ROW_LANE};
    const struct gs_rows *rows = &film->rows;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < rows->list.count; i++)
            if (rows->list.items[i].kind == kinds[k] &&
                is_there(film->source->timeline, rows->list.items[i].actor, time))
                return rows->list.items[i].actor;
    return 0;
}

/* About the instant at which it began to stand. */
static void take_sentence(struct gs_film_set *film, uint64_t second)
{
    uint64_t at = gs_film_run_time(&film->pace, (double)second * SENTENCE_NS);
    uint32_t actor = what_matters(film, at);
    char *text = film->sentence, time[32];
    size_t size = sizeof film->sentence;
    if (film->sentence_of == second + 1)
        return;
    film->sentence_of = second + 1;
    *text = '\0';
    if (!actor)
        return;
    int used = snprintf(text, size, "At %s: ", gs_text_duration(time, sizeof time, at));
    gs_explain(text + used, size - (size_t)used, film->source->timeline, actor, at);
}

static void draw_sentence(struct gs_film_set *film, struct gs_canvas *canvas, double shown)
{
    take_sentence(film, (uint64_t)(shown / SENTENCE_NS));
    gs_wrap_text(canvas, 0, canvas->height - 1 - SENTENCE, canvas->width, SENTENCE, GS_ROLE_TEXT, 0,
                 film->sentence);
}

static void draw_words(struct gs_canvas *canvas, int *y, const struct gs_timeline *timeline,
                       const struct gs_event *event)
{
    char text[2048];
    int end = canvas->height - 1;
    unsigned role = gs_said(timeline, event, canvas->ascii, text, sizeof text);
    *y += gs_wrap_text(canvas, 0, *y, canvas->width, end - *y, role, GS_STYLE_BOLD, text);
}

/* What came of it: what nobody may miss first, then the claims. */
static void draw_verdict(const struct gs_film_set *film, struct gs_canvas *canvas)
{
    static const struct {
        enum gs_event_kind kind;
        unsigned flags;
    } order[] = {{GS_EVENT_DEADLOCK, 0},
                 {GS_EVENT_DEADLOCK, 1},
                 {GS_EVENT_ERROR, 0},
                 {GS_EVENT_CHECK, 0},
                 {GS_EVENT_CHECK, 1}};
    int y = canvas->height - BELOW + 1;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        struct gs_points points = gs_timeline_points(film->source->timeline, order[k].kind);
        for (size_t i = 0; i < points.list.count; i++)
            if ((points.list.items[i].flags != 0) == order[k].flags)
                draw_words(canvas, &y, film->source->timeline, &points.list.items[i]);
        gs_vec_free(&points.list);
    }
}

/* As far as the column of an instant, which is shown as a whole. */
static void take_lanes(struct gs_film_set *film, const struct gs_canvas *canvas, uint64_t now)
{
    uint64_t from = window_from(film, now);
    struct gs_lanes_view view = view_of(film, from, from + film->span);
    int column = gs_lanes_column(&view, now);
    if (film->lanes.cells && film->drawn_from == from && film->drawn_column == column)
        return;
    if (shows_part(film) && film->rows_for != from)
        build_rows(film, from, from + film->span);
    if (!film->lanes.cells)
        gs_canvas_init(&film->lanes, canvas->width, canvas->height, canvas->ascii);
    film->lanes.plain = canvas->plain;
    film->lanes.two = canvas->two;
    gs_canvas_clear(&film->lanes);
    view = view_of(film, from, from + film->span);
    film->drawn_from = from;
    film->drawn_column = gs_lanes_column(&view, now);
    view.now = gs_lanes_time(&view, film->drawn_column + 1);
    view.totals = false; /* it is not known yet; its lines stay blank */
    draw_lanes(film, &film->lanes, &view);
}

void gs_film_draw(struct gs_film_set *film, struct gs_canvas *canvas, double shown)
{
    uint64_t now = gs_film_run_time(&film->pace, shown);
    char state[48];
    take_lanes(film, canvas, now);
    size_t cells = (size_t)canvas->width * (size_t)canvas->height;
    memcpy(canvas->cells, film->lanes.cells, cells * sizeof *canvas->cells);
    snprintf(state, sizeof state, canvas->ascii ? "> %.3gx" : "▶ %.3g×",
             gs_film_speed(&film->pace, now));
    draw_header(film, canvas, now, state);
    draw_phase(film, canvas, now);
    draw_caption(film, canvas, now);
    draw_sentence(film, canvas, shown);
}

void gs_film_draw_last(struct gs_film_set *film, struct gs_canvas *canvas)
{
    build_rows(film, 0, 0);
    film->span = film->until - film->from;
    struct gs_lanes_view view = view_of(film, film->from, film->until);
    bool whole =
        gs_timeline_complete(view.timeline) && film->until >= gs_timeline_end(view.timeline);
    char state[32];
    snprintf(state, sizeof state, "%s %s", canvas->ascii ? "[]" : "■", whole ? "ended" : "cut");
    draw_header(film, canvas, film->until, state);
    draw_rules(film, canvas, canvas->width);
    draw_lanes(film, canvas, &view);
    draw_verdict(film, canvas);
}
