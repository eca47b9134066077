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

static void put_line(const struct gs_svg *svg, size_t line)
{
    const struct gs_svg_line *at = &svg->lines.items[line];
    if (at->actor) {
        fprintf(svg->out, "<g transform=\"translate(0 %d)\">\n", at->top);
        gs_svg_strip(svg, line);
        fputs("</g>\n", svg->out);
    }
    if (at->height || at->kind == GS_SVG_WORDS) {
        gs_svg_words(svg, line, 0, svg->view.title_width);
        gs_svg_words(svg, line, svg->view.title_width, svg->words.width);
    }
}

/* All but the first line, which says the height. */
static void put_body(struct gs_svg *svg)
{
    gs_svg_describe(svg);
    gs_svg_style(svg);
    fputs("<rect class=\"ground\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n", svg->out);
    put_heading(svg);
    put_ticks(svg);
    for (size_t i = 0; i < svg->lines.count; i++)
        put_line(svg, i);
    gs_svg_arrows(svg);
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
