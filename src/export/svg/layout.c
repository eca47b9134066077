/* Where each row of the canvases stands in the picture. A lane has its words above its bar; one
 * without words takes no room for them. */
#include "export/picture.h"
#include "export/svg/parts.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEFAULT_WIDTH = 100,
    TALL = 2,
    ABOVE = 2,       /* phases, axis */
    BELOW = 3,       /* marks, the total's bracket and its words */
    FINE_LANES = 64, /* of more than so many nobody looks for a pixel */
    FINE = GS_SVG_CELL / GS_SVG_COLUMN
};

static bool has_words(const struct gs_svg *svg, int y)
{
    for (int x = svg->view.title_width; x < svg->words.width; x++)
        if (strcmp(gs_canvas_cell(&svg->words, x, y)->glyph, " ") != 0)
            return true;
    return false;
}

static int height_of(const struct gs_svg *svg, int y, enum gs_svg_line_kind kind)
{
    enum { LINE = 18, GAP = 4, WORDS = 13 };
    switch (kind) {
    case GS_SVG_WORDS:
        return has_words(svg, y) ? WORDS : 0;
    case GS_SVG_OWNERS:
        return GS_SVG_BOX + GAP;
    case GS_SVG_STATES:
    case GS_SVG_TASKS:
        return GS_SVG_BAR + GAP;
    case GS_SVG_BRACKET:
        return 2 * GAP;
    case GS_SVG_PHASES:
    case GS_SVG_AXIS:
    case GS_SVG_GROUP:
    case GS_SVG_MARKS:
    case GS_SVG_TOTAL:
        break;
    }
    return LINE;
}

static void add_line(struct gs_svg *svg, enum gs_svg_line_kind kind, uint32_t actor)
{
    int height = height_of(svg, (int)svg->lines.count, kind);
    gs_vec_push(&svg->lines, ((struct gs_svg_line){kind, actor, svg->bottom, height}));
    svg->bottom += height;
}

static void add_row(struct gs_svg *svg, const struct gs_row *row)
{
    switch (row->kind) {
    case GS_ROW_GROUP:
        add_line(svg, GS_SVG_GROUP, 0);
        return;
    case GS_ROW_TASKS:
        add_line(svg, GS_SVG_TASKS, row->actor);
        return;
    case GS_ROW_GIL:
    case GS_ROW_LOOP:
    case GS_ROW_LOCK:
        add_line(svg, GS_SVG_OWNERS, row->actor);
        gs_vec_push(&svg->lines, ((struct gs_svg_line){GS_SVG_OWNERS, 0, svg->bottom, 0}));
        return;
    case GS_ROW_LANE:
        break;
    }
    add_line(svg, GS_SVG_WORDS, 0);
    add_line(svg, GS_SVG_STATES, row->actor);
}

static bool any(const struct gs_svg *svg, enum gs_event_kind kind)
{
    struct gs_points points = gs_timeline_points(svg->source->timeline, kind);
    bool found = points.list.count > 0;
    gs_vec_free(&points.list);
    return found;
}

static void place_lines(struct gs_svg *svg, int used)
{
    if (any(svg, GS_EVENT_PHASE))
        add_line(svg, GS_SVG_PHASES, 0);
    add_line(svg, GS_SVG_AXIS, 0);
    svg->lanes = svg->bottom;
    for (size_t i = 0; i < svg->rows->list.count; i++)
        add_row(svg, &svg->rows->list.items[i]);
    svg->foot = svg->bottom;
    if (any(svg, GS_EVENT_MARK) || any(svg, GS_EVENT_ASK))
        add_line(svg, GS_SVG_MARKS, 0);
    if ((int)svg->lines.count + 1 < used) {
        add_line(svg, GS_SVG_BRACKET, 0);
        add_line(svg, GS_SVG_TOTAL, 0);
    }
}

static void draw_states(struct gs_svg *svg, int columns)
{
    struct gs_lanes_view view = svg->view;
    struct gs_lanes_signs fine;
    view.title_width = 1;
    view.width = 1 + columns * (svg->rows->list.count <= FINE_LANES ? FINE : 1);
    gs_canvas_init(&svg->states, view.width, view.height, false);
    svg->states.two = true;
    gs_lanes_draw(&svg->states, &view, &fine);
    memcpy(svg->signs.states, fine.states, sizeof fine.states);
    svg->signs.mixed = fine.mixed;
    svg->signs.ran = fine.ran;
}

void gs_svg_layout(struct gs_svg *svg, const struct gs_export_source *source, int top)
{
    int width = source->width ? source->width : DEFAULT_WIDTH;
    svg->source = source;
    svg->rows = gs_picture_rows(source, &svg->own);
    svg->view = (struct gs_lanes_view){.timeline = source->timeline,
                                       .rows = svg->rows,
                                       .width = width,
                                       .height = ABOVE + BELOW,
                                       .tall = TALL,
                                       .selected = -1,
                                       .cursor = UINT64_MAX,
                                       .totals = true};
    gs_export_window(source, &svg->view.from, &svg->view.until);
    svg->view.height += (int)gs_lanes_lines(svg->rows, TALL);
    svg->view.title_width = gs_lanes_title_width(&svg->view);
    gs_canvas_init(&svg->words, width, svg->view.height, false);
    int used = gs_lanes_draw(&svg->words, &svg->view, &svg->signs);
    draw_states(svg, width - svg->view.title_width);
    svg->width = 2 * GS_SVG_MARGIN + width * GS_SVG_CELL;
    svg->left = GS_SVG_MARGIN + svg->view.title_width * GS_SVG_CELL;
    svg->right = svg->width - GS_SVG_MARGIN;
    svg->bottom = top;
    place_lines(svg, used);
}

void gs_svg_free(struct gs_svg *svg)
{
    gs_canvas_destroy(&svg->words);
    gs_canvas_destroy(&svg->states);
    gs_rows_free(&svg->own);
    gs_vec_free(&svg->lines);
}

int gs_svg_x(const struct gs_svg *svg, uint64_t time)
{
    uint64_t from = svg->view.from, until = svg->view.until;
    time = time < from ? from : time > until ? until : time;
    gs_u128 wide = (gs_u128)(unsigned)(svg->right - svg->left) * (time - from);
    return svg->left + (int)(wide / (until - from));
}

const struct gs_svg_line *gs_svg_lane(const struct gs_svg *svg, uint32_t actor)
{
    for (size_t i = 0; actor && i < svg->lines.count; i++)
        if (svg->lines.items[i].kind == GS_SVG_STATES && svg->lines.items[i].actor == actor)
            return &svg->lines.items[i];
    return NULL;
}
