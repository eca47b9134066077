/* What the run said, below its picture: notes, marks and questions, what it printed, its errors and
 * its claims, each with its time. */
#include "export/print.h"
#include "export/svg/parts.h"
#include "export/tellings.h"

#include "base/text.h"
#include "trace/where.h"

#include <stdlib.h>
#include <string.h>

enum { LINE = 18, BASE = 13, WORD_AT = 11, TEXT_AT = 21, MOST = 16 };

/* Broken where lines of the page are. */
static void put_lines(struct gs_svg *svg, const char *style, char *text)
{
    char *lines = NULL, *line, *rest;
    size_t size;
    FILE *memory = open_memstream(&lines, &size);
    if (!memory)
        abort();
    gs_print_wrapped(&(struct gs_printer){.out = memory, .width = svg->words.width - TEXT_AT}, 0,
                     text);
    fclose(memory);
    for (line = strtok_r(lines, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        gs_svg_text(svg, GS_SVG_MARGIN + TEXT_AT * GS_SVG_CELL, svg->bottom + BASE, style, line);
        svg->bottom += LINE;
    }
    free(lines);
}

static void put_caption(struct gs_svg *svg, uint64_t time, const char *word, const char *style,
                        char *text)
{
    char at[32];
    gs_text_duration(at, sizeof at, time);
    gs_svg_since(svg, time);
    gs_svg_text(svg, GS_SVG_MARGIN, svg->bottom + BASE, "dim", at);
    gs_svg_text(svg, GS_SVG_MARGIN + WORD_AT * GS_SVG_CELL, svg->bottom + BASE, "dim", word);
    put_lines(svg, style, text);
    gs_svg_since_end(svg);
}

/* Phases have their brackets above the lanes. */
static bool is_put(const struct gs_telling *telling)
{
    return telling->event.kind != GS_EVENT_PHASE;
}

static const char *style_of(enum gs_event_kind kind)
{
    return kind == GS_EVENT_ERROR || kind == GS_EVENT_DEADLOCK || kind == GS_EVENT_LOST ? "error"
                                                                                        : "";
}

static void put_tellings(struct gs_svg *svg)
{
    struct gs_tellings tellings =
        gs_tellings_collect(svg->source->timeline, svg->view.from, svg->view.until);
    size_t put = 0, more = 0;
    for (size_t i = 0; i < tellings.list.count; i++) {
        const struct gs_telling *telling = &tellings.list.items[i];
        if (!is_put(telling))
            continue;
        if (put == MOST) {
            more++;
            continue;
        }
        put++;
        char *text = gs_telling_text(svg->source->timeline, telling);
        put_caption(svg, telling->event.time, gs_telling_word(telling),
                    style_of(telling->event.kind), text);
        free(text);
    }
    if (more) {
        char text[64];
        snprintf(text, sizeof text, "… and %zu more, which the other formats tell", more);
        put_lines(svg, "dim", text);
    }
    gs_vec_free(&tellings.list);
}

static void put_checks(struct gs_svg *svg)
{
    struct gs_points checks = gs_timeline_points(svg->source->timeline, GS_EVENT_CHECK);
    for (size_t i = 0; i < checks.list.count; i++) {
        const struct gs_event *check = &checks.list.items[i];
        char *text = gs_print_string(gs_timeline_tables(svg->source->timeline), check->a);
        put_caption(svg, check->time, check->flags ? "✓ check" : "✗ check",
                    check->flags ? "good" : "error", text);
        free(text);
    }
    gs_vec_free(&checks.list);
}

void gs_svg_captions(struct gs_svg *svg)
{
    enum { GAP = 6 };
    svg->bottom += GAP;
    put_tellings(svg);
    put_checks(svg);
}
