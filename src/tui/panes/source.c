/* The source pane: the text of the file that the selected lane's line is in, and which thread is on
 * which of its lines at the cursor. */
#include "tui/look/cursor.h"
#include "tui/panes/pane.h"
#include "tui/panes/source_file.h"

#include "base/text.h"
#include "draw/shorten.h"
#include "timeline/explain/facts.h"
#include "timeline/names.h"
#include "trace/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBERS = 5 };

struct source_pane {
    struct gs_source source;
    char path[4096]; /* … its file's; "" before the first */
    uint32_t line;   /* that the pane last went to; 0: it goes there again */
};

/* Who is on a line. */
struct here {
    unsigned count;
    bool selected;
    uint16_t place;     /* of the first */
    uint32_t actors[2]; /* the first two */
    uint8_t states[8];  /* the first eight */
};

static const struct gs_span *span_at(const struct gs_look *look, uint32_t actor)
{
    const struct gs_lane *lane = gs_timeline_lane(look->run.timeline, actor);
    long at = lane ? gs_lane_span_at(lane, look->cursor) : -1;
    const struct gs_span *span = at < 0 ? NULL : &lane->spans.items[at];
    return span && (span->open || span->end > look->cursor) ? span : NULL;
}

static uint32_t selected_actor(const struct gs_look *look)
{
    const struct gs_row *row = gs_cursor_selected(look);
    if (!row)
        return 0;
    if (row->kind == GS_ROW_LANE)
        return row->actor;
    uint32_t loop = gs_cursor_loop(look);
    uint32_t owned = loop ? loop : gs_cursor_interpreter(look);
    const struct gs_lane *lane = gs_timeline_lane(look->run.timeline, owned);
    long at = lane ? gs_lane_hold_at(lane, look->cursor) : -1;
    return at < 0 ? 0 : lane->holds.items[at].owner;
}

static void stand(struct here *here, uint32_t actor, const struct gs_span *span, bool selected)
{
    if (here->count == 0)
        here->place = span->place;
    if (here->count < 2)
        here->actors[here->count] = actor;
    if (here->count < sizeof here->states)
        here->states[here->count] = span->state;
    here->selected |= selected;
    here->count++;
}

/* The file of a line. */
static const char *path_of(const struct gs_look *look, uint16_t place)
{
    const struct gs_tables *tables = gs_timeline_tables(look->run.timeline);
    uint32_t file = tables->place(tables, place)->file;
    const char *own = gs_run_facts(&look->run).scene;
    return file ? tables->string(tables, file) : own ? own : "";
}

/* Whether a thread is where the task is that has the turn on its loop, and that one has a lane: the
 * line is told once. */
static bool task_tells(const struct gs_look *look, size_t row)
{
    const struct gs_row *rows = look->rows.list.items;
    size_t count = look->rows.list.count;
    return row + 2 < count && rows[row + 1].kind == GS_ROW_LOOP &&
           rows[row + 2].kind == GS_ROW_LANE && rows[row + 2].depth > rows[row].depth &&
           gs_explain_hold(look->run.timeline, rows[row + 1].actor, look->cursor, NULL);
}

/* Fills one entry a line; returns the selected actor's line; if it is on none that of one who runs,
 * else of any, or 0. Who is in another file is on none. */
static uint32_t gather(const struct source_pane *pane, const struct gs_look *look,
                       struct here *lines)
{
    uint32_t selected = selected_actor(look), line_selected = 0, running = 0, any = 0;
    for (size_t i = 0; i < look->rows.list.count; i++) {
        const struct gs_row *row = &look->rows.list.items[i];
        const struct gs_span *span = row->kind == GS_ROW_LANE ? span_at(look, row->actor) : NULL;
        if (!span || span->line == 0 || span->line > pane->source.lines.count ||
            strcmp(path_of(look, span->place), pane->path) != 0)
            continue;
        if (row->actor == selected || !task_tells(look, i))
            stand(&lines[span->line - 1], row->actor, span, row->actor == selected);
        if (row->actor == selected)
            line_selected = span->line;
        if (span->state == GS_STATE_RUNNING && !running)
            running = span->line;
        any = any ? any : span->line;
    }
    return line_selected ? line_selected : running ? running : any;
}

/* "█ Thread-1", "╌ Thread-1 in Queue.get", "░░ Thread-2, Thread-3", "░░░ 12 lanes", at the right
 * end of the line. */
static void draw_here(const struct gs_look *look, struct gs_canvas *canvas, const struct here *here,
                      struct gs_box line)
{
    char names[2 * GS_NAME_SIZE + 4], first[GS_NAME_SIZE], second[GS_NAME_SIZE];
    const struct gs_timeline *timeline = look->run.timeline;
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    uint32_t call = tables->place(tables, here->place)->call;
    gs_name_actor(first, sizeof first, timeline, here->actors[0]);
    if (here->count > 2)
        snprintf(names, sizeof names, "%u lanes", here->count);
    else if (here->count == 2)
        snprintf(names, sizeof names, "%s, %s", first,
                 gs_name_actor(second, sizeof second, timeline, here->actors[1]));
    else if (call)
        snprintf(names, sizeof names, "%s in %s", first,
                 gs_name_string(second, sizeof second, tables, call));
    else
        snprintf(names, sizeof names, "%s", first);
    int glyphs = here->count < sizeof here->states ? (int)here->count : (int)sizeof here->states;
    int width = gs_text_width(names), most = line.width / 2 - glyphs - 2;
    width = width < most ? width : most > 0 ? most : 0;
    int x = line.x + line.width - width - glyphs - 2;
    x = gs_canvas_text(canvas, x, line.y, 1, GS_ROLE_TEXT, 0, " ");
    for (int i = 0; i < glyphs; i++)
        x = gs_canvas_text(canvas, x, line.y, 1, GS_ROLE_STATE + here->states[i], 0,
                           gs_state_glyph(here->states[i], canvas->ascii));
    gs_canvas_fill(canvas, x, line.y, width + 1, " ", GS_ROLE_TEXT, 0);
    if (here->count == 1)
        gs_canvas_name(canvas, x + 1, line.y, width, GS_ROLE_TITLE, 0, names);
    else
        gs_canvas_text(canvas, x + 1, line.y, width, GS_ROLE_TITLE, 0, names);
}

static void draw_line(const struct gs_look *look, struct gs_canvas *canvas, const char *text,
                      size_t number, const struct here *here, struct gs_box line)
{
    const char *words = text + strspn(text, " ");
    bool comment = strncmp(words, "--", 2) == 0 || *words == '#';
    gs_canvas_textf(canvas, line.x, line.y, NUMBERS, here->selected ? GS_ROLE_TITLE : GS_ROLE_DIM,
                    here->selected ? GS_STYLE_REVERSE : 0, "%4zu", number);
    gs_canvas_text(canvas, line.x + NUMBERS, line.y, line.width - NUMBERS,
                   comment ? GS_ROLE_DIM : GS_ROLE_TEXT, 0, text);
    if (here->count)
        draw_here(look, canvas, here, line);
}

/* Goes along with that line; scrolled by hand it stays until the line is another. */
static int first_line(struct source_pane *pane, uint32_t line, int height, int *top)
{
    int count = (int)pane->source.lines.count;
    if (line && line != pane->line && ((int)line <= *top || (int)line > *top + height - 1))
        *top = (int)line - height / 2;
    if (line)
        pane->line = line;
    if (*top > count - height)
        *top = count - height;
    if (*top < 0)
        *top = 0;
    return *top;
}

static void draw(void *state, const struct gs_look *look, struct gs_canvas *canvas,
                 struct gs_box box, int *scroll)
{
    struct source_pane *pane = state;
    size_t count = pane->source.lines.count;
    struct here *lines = calloc(count + 1, sizeof *lines);
    if (!lines)
        return;
    size_t top = (size_t)first_line(pane, gather(pane, look, lines), box.height, scroll);
    for (size_t y = 0; y < (size_t)box.height && top + y < count; y++)
        draw_line(look, canvas, pane->source.lines.items[top + y], top + y + 1, &lines[top + y],
                  (struct gs_box){box.x, box.y + (int)y, box.width, 1});
    if (count == 0)
        gs_canvas_text(canvas, box.x + 1, box.y, box.width - 1, GS_ROLE_DIM, 0,
                       *pane->path ? "This file cannot be read." : "No line is known yet.");
    free(lines);
}

/* The line that the pane goes to: the selected actor's; NULL: it is on none. */
static const struct gs_span *selected_span(const struct gs_look *look)
{
    uint32_t actor = selected_actor(look);
    const struct gs_span *span = actor ? span_at(look, actor) : NULL;
    return span && span->line ? span : NULL;
}

/* A recording has the text of what ran then; who plays it may have none, or another. */
static void load(struct source_pane *pane, const struct gs_look *look)
{
    struct gs_feed *feed = look->run.feed;
    size_t size = 0;
    if (!feed || !feed->ops->text_of) {
        gs_source_load(&pane->source, pane->path);
        return;
    }
    char *text = feed->ops->text_of(feed, pane->path, &size);
    gs_source_take(&pane->source, text, size);
    free(text);
}

static void show_file(struct source_pane *pane, const struct gs_look *look, const char *path)
{
    if (strcmp(path, pane->path) == 0)
        return;
    gs_text_copy(pane->path, sizeof pane->path, path);
    load(pane, look);
    pane->line = 0;
}

/* Where the run has no file of its own to begin with. */
static const struct gs_span *any_span(const struct gs_look *look)
{
    for (size_t i = 0; i < look->rows.list.count; i++) {
        const struct gs_row *row = &look->rows.list.items[i];
        const struct gs_span *span = row->kind == GS_ROW_LANE ? span_at(look, row->actor) : NULL;
        if (span && span->line)
            return span;
    }
    return NULL;
}

/* A lane that is on no line leaves the file. */
static void follow(void *state, const struct gs_look *look)
{
    struct source_pane *pane = state;
    const struct gs_span *span = selected_span(look);
    if (!span && !*pane->path)
        span = any_span(look);
    if (span)
        show_file(pane, look, path_of(look, span->place));
}

static int lines(void *state, const struct gs_look *look, int width)
{
    const struct source_pane *pane = state;
    (void)look;
    (void)width;
    return pane->source.lines.count ? (int)pane->source.lines.count : 1;
}

static void title(const void *state, char *buffer, size_t size)
{
    const struct source_pane *pane = state;
    const char *file = *pane->path ? gs_where_file(pane->path) : "source";
    gs_text_visible(buffer, size, file, strlen(file));
}

static void begin(void *state, const struct gs_look *look)
{
    show_file(state, look, path_of(look, 0));
}

static void moved(void *state)
{
    ((struct source_pane *)state)->line = 0;
}

static void forget(void *state)
{
    gs_source_free(&((struct source_pane *)state)->source);
}

const struct gs_pane_ops gs_source_pane = {.size = sizeof(struct source_pane),
                                           .begin = begin,
                                           .moved = moved,
                                           .follow = follow,
                                           .lines = lines,
                                           .title = title,
                                           .draw = draw,
                                           .forget = forget};
