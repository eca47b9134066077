/* The events pane: what happened around the cursor on the lanes shown, in words, by time. */
#include "tui/panes/pane.h"
#include "tui/parts/wrap.h"

#include "base/sorted.h"
#include "timeline/explain/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many events one can scroll away from the cursor: farther goes the cursor itself. */
#define FARTHEST 2000

/* The events nearest to the cursor on one side of it, nearest first, at most `room`. */
struct side {
    struct gs_event *items;
    size_t count, room;
    bool before;
};

static bool nearer(const struct side *side, const struct gs_event *a, const struct gs_event *b)
{
    if (a->time != b->time)
        return side->before ? a->time > b->time : a->time < b->time;
    return side->before ? a->actor > b->actor : a->actor < b->actor;
}

/* False: the side is full of nearer ones. Of equal ones the first offered stays nearer. */
static bool offer(struct side *side, const struct gs_event *event)
{
    if (side->count == side->room && !nearer(side, event, &side->items[side->count - 1]))
        return false;
    size_t i = side->count < side->room ? side->count++ : side->count - 1;
    for (; i > 0 && nearer(side, event, &side->items[i - 1]); i--)
        side->items[i] = side->items[i - 1];
    side->items[i] = *event;
    return true;
}

/* From the cursor outwards; a lane is left as soon as what it has is too far away. */
static void offer_lane(const struct gs_look *look, uint32_t actor, struct side *before,
                       struct side *after)
{
    const struct gs_lane *lane = gs_timeline_lane(look->run.timeline, actor);
    size_t middle = lane ? gs_sorted_until(&lane->points, event.time, look->cursor) : 0;
    for (size_t i = middle; i > 0 && offer(before, &lane->points.items[i - 1].event);)
        i--;
    for (size_t i = middle; lane && i < lane->points.count; i++) {
        const struct gs_event *event = &lane->points.items[i].event;
        if (event->time > look->run.playback.now || !offer(after, event))
            break;
    }
}

static bool has_row(const struct gs_look *look, uint32_t actor)
{
    for (size_t i = 0; i < look->rows.list.count; i++)
        if (look->rows.list.items[i].kind != GS_ROW_LOCK && look->rows.list.items[i].actor == actor)
            return true;
    return false;
}

/* What concerns the whole run, though the lane of who told it is folded away or filtered out. */
static void offer_run(const struct gs_look *look, enum gs_event_kind kind, struct side *before,
                      struct side *after)
{
    struct gs_points points = gs_timeline_points(look->run.timeline, kind);
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *event = &points.list.items[i];
        if (event->time <= look->run.playback.now && !has_row(look, event->actor))
            offer(event->time <= look->cursor ? before : after, event);
    }
    gs_vec_free(&points.list);
}

/* All events by time in before.items, which has room for both sides. */
static void gather(const struct gs_look *look, struct side *before, struct side *after)
{
    offer_run(look, GS_EVENT_DEADLOCK, before, after);
    offer_run(look, GS_EVENT_END, before, after);
    const struct gs_row *rows = look->rows.list.items;
    for (size_t i = 0; i < look->rows.list.count; i++)
        if (rows[i].kind != GS_ROW_LOCK &&
            (i == 0 || rows[i].actor != rows[i - 1].actor)) /* an interpreter's heading, its GIL */
            offer_lane(look, rows[i].actor, before, after);
    for (size_t i = 0; i < before->count / 2; i++) {
        struct gs_event kept = before->items[i];
        before->items[i] = before->items[before->count - 1 - i];
        before->items[before->count - 1 - i] = kept;
    }
    memcpy(before->items + before->count, after->items, after->count * sizeof *after->items);
}

enum { TIME_WIDTH = 14, EVENT_BYTES = 512 };

/* An event's sentence takes as many lines as it needs: this is how many, in a pane of this width.
 */
static int lines_of(const struct gs_look *look, const struct gs_event *event, int width)
{
    char text[EVENT_BYTES];
    gs_explain_event(text, sizeof text, look->run.timeline, event);
    int lines = gs_wrap_lines(text, width - TIME_WIDTH);
    return lines > 0 ? lines : 1;
}

/* Draws one event into what box has room for; returns the lines it took. */
static int draw_event(const struct gs_look *look, struct gs_canvas *c, const struct gs_event *event,
                      bool at_cursor, struct gs_box box)
{
    char time[32], text[EVENT_BYTES];
    snprintf(time, sizeof time, "%.6f", (double)event->time / 1e9);
    gs_explain_event(text, sizeof text, look->run.timeline, event);
    if (at_cursor)
        gs_canvas_text(c, box.x, box.y, 1, GS_ROLE_KEY, 0, c->ascii ? ">" : "▶");
    int x = gs_canvas_text(c, box.x + 2, box.y, TIME_WIDTH - 4, GS_ROLE_DIM, 0, time) + 2;
    bool trouble = event->kind == GS_EVENT_ERROR || event->kind == GS_EVENT_DEADLOCK ||
                   event->kind == GS_EVENT_LOST || (event->kind == GS_EVENT_CHECK && !event->flags);
    box.width -= x - box.x;
    box.x = x;
    return gs_wrap_draw(c, box, trouble ? GS_ROLE_ERROR : GS_ROLE_TEXT, 0, text);
}

/* Of events[0 … end), the first that still fits into so many lines with all behind it. */
static int first_that_fits(const struct gs_look *look, const struct gs_event *events, int end,
                           struct gs_box box)
{
    int lines = 0;
    while (end > 0 && (lines += lines_of(look, &events[end - 1], box.width)) <= box.height)
        end--;
    return end;
}

/* The first event shown: the cursor's is in the middle, if nobody scrolled. */
static int first_event(const struct gs_look *look, const struct gs_event *events, int middle,
                       int count, struct gs_box box, int *scroll)
{
    struct gs_box half = {.width = box.width, .height = box.height / 2};
    int top = first_that_fits(look, events, middle, half) + *scroll;
    int last = first_that_fits(look, events, count, box);
    int kept = top < 0 ? 0 : top > last ? last : top;
    *scroll += kept - top;
    return kept;
}

static void draw(void *state, const struct gs_look *look, struct gs_canvas *canvas,
                 struct gs_box box, int *scroll)
{
    (void)state;
    box.x++;
    box.width--;
    int away = abs(*scroll);
    size_t each = (size_t)(away < FARTHEST ? away : FARTHEST) + (size_t)box.height;
    struct gs_event *events = malloc(3 * (each + 1) * sizeof *events);
    if (!events)
        return;
    struct side before = {.items = events, .room = each, .before = true};
    struct side after = {.items = events + 2 * each, .room = each};
    gather(look, &before, &after);
    int middle = (int)before.count, count = middle + (int)after.count;
    int end = box.y + box.height, i = first_event(look, events, middle, count, box, scroll);
    for (; i < count && box.y < end; i++) {
        box.height = end - box.y;
        box.y += draw_event(look, canvas, &events[i], i == middle - 1, box);
    }
    free(events);
}

static void title(const void *state, char *buffer, size_t size)
{
    (void)state;
    snprintf(buffer, size, "events around the cursor");
}

const struct gs_pane_ops gs_events_pane = {.title = title, .draw = draw};
