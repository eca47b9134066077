/* The titles of phases. Where the picture plays, one stands there from its phase's beginning on,
 * and how long that took once it is over. */
#include "export/svg/parts.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The phase that ends in the title's last words, which then are how long it took: its end, and in
 * `title` how many bytes come before them. False: there are no such words. */
static bool find_length(const struct gs_svg *svg, const char *text, size_t *title, uint64_t *end)
{
    const struct gs_timeline *timeline = svg->source->timeline;
    struct gs_points points = gs_timeline_points(timeline, GS_EVENT_PHASE);
    bool found = false;
    for (size_t i = 0; i < points.list.count && !found; i++) {
        char took[32];
        bool last = i + 1 == points.list.count;
        uint64_t begin = points.list.items[i].time;
        *end = last ? gs_timeline_end(timeline) : points.list.items[i + 1].time;
        gs_text_duration(took, sizeof took, *end - begin);
        size_t length = strlen(took), whole = strlen(text);
        *title = whole > length ? whole - length : 0;
        found = *title > 0 && strcmp(text + *title, took) == 0;
    }
    gs_vec_free(&points.list);
    return found;
}

void gs_svg_phase(const struct gs_svg *svg, int x, int y, uint64_t begin, char *text)
{
    size_t title;
    uint64_t end;
    bool over = find_length(svg, text, &title, &end);
    if (over) {
        gs_svg_since(svg, end);
        gs_svg_text(svg, x + (gs_text_width(text) - gs_text_width(text + title)) * GS_SVG_CELL, y,
                    gs_svg_class(GS_ROLE_TITLE), text + title);
        gs_svg_since_end(svg);
        text[title - 1] = '\0';
    }
    gs_svg_since(svg, begin);
    gs_svg_text(svg, x, y, gs_svg_class(GS_ROLE_TITLE), text);
    gs_svg_since_end(svg);
}
