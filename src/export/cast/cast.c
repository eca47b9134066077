/* `--to cast`: a film of the run for asciinema, made of the pictures that the screen would have, in
 * the run's own time. asciicast v2, or v3: docs.asciinema.org/manual/asciicast/v2 and …/v3. A line
 * of JSON for the header, then one an event: [seconds, "o", what a terminal gets], or [seconds,
 * "m", label] for a mark. In v2 the seconds count from the beginning, in v3 from the event before.
 */
#include "export/cast/frame.h"
#include "export/cast/strokes.h"
#include "export/json.h"
#include "export/print.h"

#include "timeline/question.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 30 /* a second */ };

/* The last picture is to be looked at, before the film ends or begins anew. */
#define LAST_NS 3e9
/* A film that nobody waits for the end of is a mistake. */
#define LONGEST_NS 86400e9

struct cast {
    struct gs_json json;
    struct gs_film_set film;
    struct gs_canvas shown, next;
    bool colour;
    unsigned version;
    uint64_t last;  /* µs: when the event before was */
    size_t markers; /* of the captions, those that have been looked at */
};

static void put_header(const struct cast *c, const struct gs_export_source *source)
{
    json_t *header = json_object(), *term = json_object();
    char title[512];
    snprintf(title, sizeof title, "%s%s%s", source->name ? source->name : "",
             source->name && source->title && *source->title ? " · " : "",
             source->title ? source->title : "");
    json_object_set_new(header, "version", gs_json_number(c->version));
    bool nested = c->version == 3;
    json_t *size = nested ? term : header;
    json_object_set_new(size, nested ? "cols" : "width", gs_json_number((uint64_t)c->film.width));
    json_object_set_new(size, nested ? "rows" : "height", gs_json_number((uint64_t)c->film.height));
    json_object_set_new(term, nested ? "type" : "TERM", gs_json_text("xterm-256color"));
    json_object_set_new(header, nested ? "term" : "env", term);
    json_object_set_new(header, "title", gs_json_text(title));
    gs_json_put(&c->json, header);
}

/* shown: ns of the film; not before the event before. */
static void put_event(struct cast *c, double shown, const char *code, const char *data)
{
    json_t *text = gs_json_text(data);
    char *quoted = json_dumps(text, JSON_ENCODE_ANY | c->json.flags);
    uint64_t at = (uint64_t)llround(shown / 1e3);
    at = at > c->last ? at : c->last;
    uint64_t told = c->version == 3 ? at - c->last : at;
    if (!quoted)
        abort();
    fprintf(c->json.out, "[%" PRIu64 ".%06" PRIu64 ",\"%s\",%s]\n", told / 1000000, told % 1000000,
            code, quoted);
    c->last = at;
    free(quoted);
    json_decref(text);
}

static bool is_marker(const struct gs_event *e)
{
    return e->kind == GS_EVENT_MARK || e->kind == GS_EVENT_ASK;
}

/* Marks and questions up to an instant of the film. */
static void put_markers(struct cast *c, double shown)
{
    const struct gs_film_said *said = &c->film.captions;
    for (; c->markers < said->list.count; c->markers++) {
        const struct gs_event *e = &said->list.items[c->markers];
        double at = gs_film_shown_time(&c->film.pace, e->time);
        char text[1024];
        if (at > shown)
            return;
        if (!is_marker(e) || e->time < c->film.from || e->time > c->film.until)
            continue;
        gs_question_said(text, sizeof text, c->json.tables, e);
        put_event(c, at, "m", text);
    }
}

/* Before it the terminal is as it was, after it as it is to be: nothing else is said of how. */
static void put_picture(struct cast *c, double shown, const char *before)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        abort();
    fputs(before, out);
    gs_strokes_write(out, &c->shown, &c->next, c->colour);
    fclose(out);
    if (size)
        put_event(c, shown, "o", text);
    free(text);
}

static void put_film(struct cast *c)
{
    const char *before = "\033[2J\033[?25l"; /* a blank screen without a cursor */
    double length = c->film.pace.length;
    for (uint64_t frame = 0; (double)frame * 1e9 / FRAMES < length; frame++, before = "") {
        double shown = (double)frame * 1e9 / FRAMES;
        put_markers(c, shown);
        gs_canvas_clear(&c->next);
        gs_film_draw(&c->film, &c->next, shown);
        put_picture(c, shown, before);
    }
    put_markers(c, length);
    gs_canvas_clear(&c->next);
    gs_film_draw_last(&c->film, &c->next);
    put_picture(c, length, before);
}

/* … and the cursor again, where it covers nothing. */
static void put_last(struct cast *c, uint64_t limit)
{
    char end[48];
    double pause = limit && (double)limit < LAST_NS ? (double)limit : LAST_NS;
    snprintf(end, sizeof end, "\033[%d;%dH\033[?25h", c->film.height, c->film.width);
    put_event(c, c->film.pace.length + pause, "o", end);
}

static void begin(struct cast *c, FILE *out, const struct gs_export_source *source)
{
    *c = (struct cast){.json = gs_json_open(out, source), .version = source->film.version};
    c->version = c->version ? c->version : 2;
    c->colour = !source->film.plain;
    gs_film_init(&c->film, source);
    gs_canvas_init(&c->shown, c->film.width, c->film.height, source->ascii_json);
    gs_canvas_init(&c->next, c->film.width, c->film.height, source->ascii_json);
    c->next.plain = !c->colour;
    c->next.two = c->colour && !c->next.ascii;
}

static bool write_cast(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct cast cast;
    begin(&cast, out, source);
    bool ok = cast.film.pace.length <= LONGEST_NS ||
              gs_error_set(err,
                           "at this speed the film would last for %.0f hours, and a day is the "
                           "most: say --speed, or --from and --until",
                           cast.film.pace.length / 3600e9);
    if (ok) {
        put_header(&cast, source);
        put_film(&cast);
        put_last(&cast, source->film.idle_limit);
        ok = gs_json_end(&cast.json, err);
    }
    gs_canvas_destroy(&cast.shown);
    gs_canvas_destroy(&cast.next);
    gs_film_free(&cast.film);
    return ok;
}

const struct gs_exporter gs_exporter_cast = {
    .name = "cast",
    .meaning = "a film of the lanes for asciinema: asciicast v2, or v3",
    .write = write_cast,
};
