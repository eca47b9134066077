/* Labelled spans as the documents draw them: [Request]──wait──[Response]. The bracket and its text
 * stand over the states, which show on between the text and the closing bracket. Inner labels are
 * placed first, since they say more; an outer one is drawn where that leaves it room. */
#include "draw/parts.h"

#include "base/sorted.h"
#include "draw/shorten.h"
#include "timeline/names.h"

#include <stdlib.h>

/* More labels may begin in one column than anybody could read: after so many it is left. */
enum { COLUMN_LABELS = 8, LEAST_COLUMNS = 3, LEAST_CUT = 4, TEXT_BYTES = 256 };

struct place {
    const struct gs_label *label;
    int a, b; /* columns a … b - 1 */
};

struct places {
    GS_VEC(struct place) list;
};

static void consider(struct places *places, const struct gs_picture *p,
                     const struct gs_label *label)
{
    uint64_t end = gs_label_end(p->view.timeline, label);
    /* Shorter than that it cannot come to LEAST_COLUMNS, however its edges are rounded. */
    if (end <= p->view.from || end - label->start < p->two_columns)
        return;
    struct place place = {
        .label = label, .a = gs_picture_edge(p, label->start), .b = gs_picture_edge(p, end)};
    if (place.b - place.a >= LEAST_COLUMNS)
        gs_vec_push(&places->list, place);
}

/* The first label from index low on that begins at or after time. It is looked for nearby first:
 * it is the next column's. */
static size_t first_from(const struct gs_lane *lane, size_t low, uint64_t time)
{
    const struct gs_label *labels = lane->labels.items;
    size_t high = low, step = 1;
    while (high < lane->labels.count && labels[high].start < time) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    high = high < lane->labels.count ? high : lane->labels.count;
    return gs_sorted_search(gs_sorted_items(&lane->labels, start), low, high, time, false);
}

static void collect(struct places *places, const struct gs_picture *p, const struct gs_lane *lane)
{
    size_t first = first_from(lane, 0, p->view.from);
    long outer = first ? gs_lane_label_at(lane, p->view.from - 1) : -1;
    for (; outer >= 0; outer = (long)lane->labels.items[outer].outer - 1)
        consider(places, p, &lane->labels.items[outer]);
    int here = 0, c = 0;
    for (size_t i = first; i < lane->labels.count;) {
        const struct gs_label *label = &lane->labels.items[i];
        if (label->start >= p->view.until)
            break;
        for (; label->start >= p->edges[c + 1]; c++)
            here = 0;
        if (here++ < COLUMN_LABELS) {
            consider(places, p, label);
            i++;
        } else {
            i = first_from(lane, i, p->edges[c + 1]);
        }
    }
}

static int inner_first(const void *left, const void *right)
{
    const struct gs_label *a = ((const struct place *)left)->label;
    const struct gs_label *b = ((const struct place *)right)->label;
    if (a->depth != b->depth)
        return a->depth > b->depth ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

static bool is_free(const struct gs_picture *p, int a, int b)
{
    for (int c = a; c < b; c++)
        if (p->taken[c])
            return false;
    return true;
}

/* Text over columns of a lane: each character keeps its column's colour, so that the state shows
 * through. Returns the column behind it. */
static int overlay(struct gs_picture *p, int column, int width, int y, const char *text)
{
    int end =
        gs_canvas_text(p->canvas, p->left + column, y, width, GS_ROLE_TEXT, 0, text) - p->left;
    for (int c = column; c < end; c++) {
        struct gs_cell *cell = gs_canvas_at(p->canvas, p->left + c, y);
        unsigned state = p->column[c].state;
        p->taken[c] = true;
        if (cell && state)
            cell->role = (uint8_t)(GS_ROLE_STATE + state);
    }
    return end;
}

static bool works(unsigned state)
{
    return state == GS_STATE_RUNNING || state == GS_STATE_NATIVE;
}

/* Columns for text that has to be cut. Over a stretch of work it takes them all; else one is left
 * for the state, or all where they are few: that it waits must not be hidden by its name. */
static int cut_width(const struct gs_picture *p, const struct place *place, int room)
{
    for (int c = place->a; c < place->b && p->lines == 1; c++)
        if (!works(p->column[c].state))
            return room > LEAST_CUT ? room - 1 : 0;
    return room;
}

static void draw_label(struct gs_picture *p, const struct place *place, int y)
{
    char text[TEXT_BYTES], shorter[TEXT_BYTES];
    gs_name_string(text, sizeof text, gs_timeline_tables(p->view.timeline), place->label->text);
    int room = place->b - place->a - 2;
    int width = gs_text_width(text);
    if (width > room)
        width = cut_width(p, place, room);
    if (!is_free(p, place->a, place->a + 1 + width) || !is_free(p, place->b - 1, place->b))
        return;
    overlay(p, place->a, 1, y, "[");
    overlay(p, place->a + 1, width, y, gs_shorten(shorter, sizeof shorter, text, width));
    overlay(p, place->b - 1, 1, y, "]");
}

void gs_labels_draw(struct gs_picture *p, const struct gs_lane *lane, int y)
{
    if (lane->labels.count == 0)
        return;
    struct places places = {0};
    collect(&places, p, lane);
    if (places.list.count)
        qsort(places.list.items, places.list.count, sizeof *places.list.items, inner_first);
    for (size_t i = 0; i < places.list.count; i++)
        draw_label(p, &places.list.items[i], y);
    gs_vec_free(&places.list);
}
