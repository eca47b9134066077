/* Where lanes, panes and words stand, and how many lines a lane has. */
#include "tui/views/lanes/parts.h"

#include "tui/look/cursor.h"
#include "tui/views/banner.h"

/* As many as fit; what the user has chosen fits. */
static int tallest(const struct gs_look *look, const struct gs_lanes_state *l,
                   const struct gs_canvas *c, int lines)
{
    int tall = l->tall ? l->tall : GS_LANES_TALLEST;
    while (!l->tall && tall > 1 && gs_lanes_lines_wanted(look, l, c, tall) > lines)
        tall--;
    return tall;
}

/* Where panes stand, and how many lines a lane has: a pane under the lanes leaves them all columns,
 * so it stands beside them only where they need the lines; what both leave makes lanes taller. */
static void place(const struct gs_look *look, struct gs_lanes_state *l, const struct gs_canvas *c,
                  struct gs_layout_wish *wish, int lines)
{
    enum { LEAST = 10 }; /* a lower picture has better use for a line than the whole */
    enum gs_pane pane = wish->extra != GS_PANE_LANES ? wish->extra : GS_PANE_SOURCE;
    struct gs_lanes_view roomy_one =
        gs_lanes_view_of(look, l, (struct gs_box){.width = c->width, .height = 1 << 20});
    l->around = (size_t)roomy_one.height - gs_lanes_room(&roomy_one);
    int third = lines / 3 > GS_PANE_LINES ? lines / 3 : GS_PANE_LINES;
    l->whole_shown = false;
    bool roomy = gs_lanes_lines_wanted(look, l, c, l->tall) < lines;
    l->whole_shown = !l->boxes && lines >= LEAST && gs_lanes_whole_is_due(look, l, roomy);
    int left = lines - gs_lanes_lines_wanted(look, l, c, l->tall);
    bool blank = tallest(look, l, c, lines) <= (l->tall ? l->tall : 1); /* but for a pane */
    bool under = left >= (blank ? GS_PANE_SPARE : third);
    gs_panes_place(&l->panes, c, !under && c->width >= GS_PANES_WIDE, under);
    wish->beside = l->panes.beside;
    wish->source = !wish->presents && gs_panes_show_source(&l->panes);
    bool shared = !wish->beside && (wish->source || wish->extra != GS_PANE_LANES);
    if (under && !l->panes.opened && wish->lines[GS_PANE_SOURCE] > left)
        wish->lines[GS_PANE_SOURCE] = left; /* unasked it takes no lane's line */
    int taken = wish->lines[pane] < third ? wish->lines[pane] : third;
    l->taken = tallest(look, l, c, shared ? lines - taken : lines);
    wish->lines[GS_PANE_LANES] = gs_lanes_lines_wanted(look, l, c, l->taken);
}

/* A line each. The line of the whole is counted whether it is there or not: it depends on the rows.
 */
static size_t rows_that_fit(const struct gs_look *look, const struct gs_lanes_state *l,
                            const struct gs_box *box)
{
    struct gs_lanes_view view = gs_lanes_view_of(look, l, *box);
    view.totals = false;
    size_t room = gs_lanes_room(&view);
    return room > 1 ? room - 1 : 1;
}

/* Which rows there are depends on how many lines they can have, and how many they have on that: so
 * they can have what a pane that somebody opened would leave them. */
void gs_lanes_arrange(struct gs_look *look, struct gs_lanes_state *l, const struct gs_canvas *c,
                      struct gs_layout_wish *wish)
{
    struct gs_layout layout;
    gs_panes_follow(&l->panes, look, c, wish->lines);
    wish->lines[GS_PANE_LANES] = c->height;
    wish->beside = c->width >= GS_PANES_WIDE;
    wish->source = l->panes.opened;
    gs_layout_compute(&layout, wish);
    size_t fit = rows_that_fit(look, l, &layout.panes[GS_PANE_LANES]);
    bool alone = !wish->source && wish->extra == GS_PANE_LANES;
    wish->quiet = l->quiet = alone && !gs_sentence_is_due(look) && look->rows.apart > fit;
    gs_layout_compute(&layout, wish);
    look->room = layout.panes[GS_PANE_LANES].height;
    look->fit = rows_that_fit(look, l, &layout.panes[GS_PANE_LANES]);
    if (gs_cursor_rows_are_old(look))
        gs_cursor_build_rows(look);
    place(look, l, c, wish, layout.banner.y - layout.header.height);
}
