#include "tui/panes/layout.h"

static int at_most(int value, int limit)
{
    return value < limit ? value : limit;
}

static int at_least(int value, int limit)
{
    return value > limit ? value : limit;
}

/* Takes lines from the bottom of rest. */
static struct gs_box cut_bottom(struct gs_box *rest, int lines)
{
    rest->height -= lines;
    return (struct gs_box){rest->x, rest->y + rest->height, rest->width, lines};
}

static void place_beside(struct gs_layout *layout, const struct gs_layout_wish *wish,
                         struct gs_box body)
{
    struct gs_box *lanes = &layout->panes[GS_PANE_LANES];
    bool extra = wish->extra != GS_PANE_LANES;
    *lanes = body;
    if (!wish->source && !extra)
        return;
    int width = at_most(body.width * 2 / 5, 72);
    lanes->width = body.width - width - 1;
    struct gs_box side = {body.x + lanes->width + 1, body.y, width, body.height};
    if (extra)
        layout->panes[wish->extra] = wish->source ? cut_bottom(&side, side.height / 2) : side;
    if (wish->source)
        layout->panes[GS_PANE_SOURCE] = side;
}

/* ROOM_FOR_BOTH: so many lines, and a pane has its place under the lanes. */
enum { LEAST_PANE = 5, ROOM_FOR_BOTH = 14 };

/* What the lanes leave, but as much as can be read, or as the pane has to say. */
static int lines_under(const struct gs_layout_wish *wish, enum gs_pane pane, int height)
{
    int least = at_most(at_least(height / 3, LEAST_PANE), wish->lines[pane]);
    return at_least(least, at_most(height - wish->lines[GS_PANE_LANES], wish->lines[pane]));
}

static void place_both_under(struct gs_layout *layout, const struct gs_layout_wish *wish,
                             struct gs_box body)
{
    int lines = at_least(lines_under(wish, GS_PANE_SOURCE, body.height),
                         lines_under(wish, wish->extra, body.height));
    struct gs_box left = cut_bottom(&body, lines), right = left;
    left.width = (left.width - 1) / 2;
    right.x += left.width + 1;
    right.width -= left.width + 1;
    layout->panes[GS_PANE_SOURCE] = left;
    layout->panes[wish->extra] = right;
    layout->panes[GS_PANE_LANES] = body;
}

static void place_under(struct gs_layout *layout, const struct gs_layout_wish *wish,
                        struct gs_box body)
{
    enum gs_pane pane = wish->extra != GS_PANE_LANES ? wish->extra
                        : wish->source               ? GS_PANE_SOURCE
                                                     : GS_PANE_LANES;
    bool room_for_both = body.height >= ROOM_FOR_BOTH;
    if (pane != GS_PANE_LANES && !room_for_both && wish->focus != GS_PANE_LANES) {
        layout->panes[pane] = body;
        return;
    }
    if (room_for_both && wish->width >= GS_PANES_WIDE && wish->source && pane != GS_PANE_SOURCE) {
        place_both_under(layout, wish, body);
        return;
    }
    if (pane != GS_PANE_LANES && room_for_both)
        layout->panes[pane] = cut_bottom(&body, lines_under(wish, pane, body.height));
    layout->panes[GS_PANE_LANES] = body;
}

int gs_layout_banner(int height, bool ended)
{
    return height < 14 ? 1 : at_least(height / (ended ? 3 : 6), 2);
}

int gs_layout_words(int height)
{
    return height / 2;
}

/* A caption keeps its place while it has nothing to say: lanes that jump cannot be looked at. */
static int lines_of_words(const struct gs_layout_wish *wish)
{
    enum { CAPTION = 2 };
    int lines = at_most(wish->banner, gs_layout_words(wish->height));
    return wish->presents ? at_least(lines, CAPTION) : lines;
}

/* Whoever opens a pane has read the banner: what it lists gives way, its first line stays. */
static int lines_of_banner(const struct gs_layout_wish *wish, int room)
{
    int banner = at_most(wish->banner, gs_layout_banner(wish->height, wish->ended));
    bool under = !wish->beside && (wish->source || wish->extra != GS_PANE_LANES);
    bool in_the_way = room - banner < ROOM_FOR_BOTH && room - 1 >= ROOM_FOR_BOTH;
    return under && in_the_way ? 1 : banner;
}

void gs_layout_compute(struct gs_layout *layout, const struct gs_layout_wish *wish)
{
    int height = wish->height;
    struct gs_box rest = {0, 0, wish->width, height};
    *layout = (struct gs_layout){.header = {0, 0, wish->width, 1}};
    rest.y++;
    rest.height--;
    layout->footer = cut_bottom(&rest, !wish->presents);
    if (wish->asks || wish->presents) {
        layout->banner = cut_bottom(&rest, lines_of_words(wish));
        place_under(layout, wish, rest);
        return;
    }
    layout->note = cut_bottom(&rest, height >= 14);
    bool tight = height < 14;
    /* Narrow screens need more lines for the same words; a tight one has what the banner leaves. */
    int taken = at_most(wish->banner, gs_layout_banner(height, wish->ended));
    int sentence = wish->quiet ? 1 : height >= 22 ? 3 : 2;
    layout->sentence = cut_bottom(&rest, tight ? 2 - taken : sentence);
    layout->banner = cut_bottom(&rest, lines_of_banner(wish, rest.height));
    if (wish->beside)
        place_beside(layout, wish, rest);
    else
        place_under(layout, wish, rest);
}
