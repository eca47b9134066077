/* `--to svg`: the lanes as a picture for a page, with text that can be read, searched and heard. It
 * needs nothing else: no script, no font, no other file. */
#include "export/print.h"
#include "export/svg/parts.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { HEADING = 24, LINE = 18 };

static void put_heading(const struct gs_svg *svg)
{
    const struct gs_export_source *source = svg->source;
    char rules[256], name[256], title[512];
    gs_export_rules(rules, sizeof rules, " · ", source);
    const char *raw[] = {source->name ? source->name : "", source->title ? source->title : ""};
    gs_text_visible(name, sizeof name, raw[0], strlen(raw[0]));
    gs_text_visible(title, sizeof title, raw[1], strlen(raw[1]));
    fprintf(svg->out, "<text x=\"%d\" y=\"%d\" class=\"title\">", GS_SVG_MARGIN, HEADING);
    gs_xml_text(svg->out, name);
    fputs(*name && *title ? " · " : "", svg->out);
    gs_xml_text(svg->out, title);
    fputs("</text>\n", svg->out);
    gs_svg_text(svg, GS_SVG_MARGIN, HEADING + LINE, "dim", rules);
}

/* A line down all lanes where a number of the axis begins: there is its time. */
static void put_ticks(const struct gs_svg *svg)
{
    int axis = 0;
    while (svg->lines.items[axis].kind != GS_SVG_AXIS)
        axis++;
    fputs("<path class=\"line\" d=\"", svg->out);
    for (int x = svg->view.title_width; x < svg->words.width; x++) {
        const char *before = gs_canvas_cell(&svg->words, x - 1, axis)->glyph;
        if (strcmp(before, " ") == 0 &&
            strcmp(gs_canvas_cell(&svg->words, x, axis)->glyph, " ") != 0)
            fprintf(svg->out, "M%d %dV%d", GS_SVG_MARGIN + x * GS_SVG_CELL, svg->lanes - 2,
                    svg->foot);
    }
    fputs("\"/>\n", svg->out);
}

/* Bars, what stands on and above them, and brackets are uncovered with the time; all else is there
 * from the beginning on, or appears as a whole. */
static bool is_uncovered(const struct gs_svg_line *line)
{
    switch (line->kind) {
    case GS_SVG_OWNERS:
    case GS_SVG_WORDS:
    case GS_SVG_STATES:
    case GS_SVG_TASKS:
        return true;
    case GS_SVG_PHASES:
    case GS_SVG_AXIS:
    case GS_SVG_GROUP:
    case GS_SVG_MARKS:
    case GS_SVG_BRACKET:
    case GS_SVG_TOTAL:
        break;
    }
    return false;
}

static void put_around(const struct gs_svg *svg)
{
    for (size_t i = 0; i < svg->lines.count; i++) {
        gs_svg_words(svg, i, 0, svg->view.title_width);
        if (!is_uncovered(&svg->lines.items[i]))
            gs_svg_words(svg, i, svg->view.title_width, svg->words.width);
    }
}

static void put_line(const struct gs_svg *svg, size_t i)
{
    const struct gs_svg_line *line = &svg->lines.items[i];
    if (line->actor) {
        fprintf(svg->out, "<g transform=\"translate(0 %d)\">\n", line->top);
        gs_svg_strip(svg, i);
        fputs("</g>\n", svg->out);
    }
    if (line->kind == GS_SVG_PHASES || line->kind == GS_SVG_BRACKET)
        gs_svg_brackets(svg, i);
    if (is_uncovered(line) && line->height)
        gs_svg_words(svg, i, svg->view.title_width, svg->words.width);
}

static void put_lanes(const struct gs_svg *svg)
{
    gs_svg_past(svg);
    for (size_t i = 0; i < svg->lines.count; i++)
        put_line(svg, i);
    gs_svg_arrows(svg);
    fputs("</g>\n", svg->out);
}

/* All but the first line, which says the height. */
static void put_body(struct gs_svg *svg)
{
    gs_svg_describe(svg);
    gs_svg_style(svg);
    fputs("<rect class=\"ground\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n", svg->out);
    put_heading(svg);
    put_ticks(svg);
    put_around(svg);
    put_lanes(svg);
    gs_svg_playhead(svg);
    gs_svg_legend(svg);
    gs_svg_captions(svg);
    fputs("</svg>\n", svg->out);
}

static bool write_svg(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    enum { TOP = HEADING + LINE + 12, FOOT = 10 };
    struct gs_svg svg = {0};
    char *body = NULL;
    size_t size = 0;
    svg.out = open_memstream(&body, &size);
    if (!svg.out)
        return gs_error_set(err, "there is no memory for the picture");
    gs_svg_layout(&svg, source, TOP);
    put_body(&svg);
    fclose(svg.out);
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
            "height=\"%d\" role=\"img\" aria-labelledby=\"gs-title gs-desc\">\n",
            svg.width, svg.bottom + FOOT, svg.width, svg.bottom + FOOT);
    fwrite(body, 1, size, out);
    free(body);
    gs_svg_free(&svg);
    return gs_print_end(&(struct gs_printer){.out = out}, err);
}

const struct gs_exporter gs_exporter_svg = {
    .name = "svg",
    .meaning = "the lanes as a picture for a page",
    .write = write_svg,
};
