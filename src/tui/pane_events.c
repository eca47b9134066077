/* The events pane: what happened around the cursor on the lanes shown, in words, by time. */
#include "tui/ui.h"

#include "base/text.h"

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

static size_t first_after(const struct gs_lane *lane, uint64_t time)
{
    size_t low = 0, high = lane->points.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lane->points.items[middle].event.time > time)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* From the cursor outwards; a lane is left as soon as what it has is too far away. */
static void offer_lane(const struct gs_ui *ui, uint32_t actor, struct side *before,
                       struct side *after)
{
    const struct gs_lane *lane = gs_timeline_lane(ui->run.timeline, actor);
    size_t middle = lane ? first_after(lane, ui->lanes.cursor) : 0;
    for (size_t i = middle; i > 0 && offer(before, &lane->points.items[i - 1].event);)
        i--;
    for (size_t i = middle; lane && i < lane->points.count; i++) {
        const struct gs_event *event = &lane->points.items[i].event;
        if (event->time > ui->run.playback.now || !offer(after, event))
            break;
    }
}

/* All events by time in before.items, which has room for both sides. */
static void gather(const struct gs_ui *ui, struct side *before, struct side *after)
{
    offer_lane(ui, 0, before, after); /* what concerns the whole run */
    for (size_t i = 0; i < ui->lanes.rows.list.count; i++)
        offer_lane(ui, ui->lanes.rows.list.items[i].actor, before, after);
    for (size_t i = 0; i < before->count / 2; i++) {
        struct gs_event kept = before->items[i];
        before->items[i] = before->items[before->count - 1 - i];
        before->items[before->count - 1 - i] = kept;
    }
    memcpy(before->items + before->count, after->items, after->count * sizeof *after->items);
}

static void draw_event(struct gs_ui *ui, const struct gs_event *event, bool at_cursor,
                       struct gs_box line)
{
    char time[32], text[512];
    struct gs_canvas *c = &ui->canvas;
    snprintf(time, sizeof time, "%.6f", (double)event->time / 1e9);
    gs_explain_event(text, sizeof text, ui->run.timeline, event);
    if (at_cursor)
        gs_canvas_text(c, line.x, line.y, 1, GS_ROLE_KEY, 0, c->ascii ? ">" : "▶");
    int x = gs_canvas_text(c, line.x + 2, line.y, 14, GS_ROLE_DIM, 0, time) + 2;
    bool trouble = event->kind == GS_EVENT_ERROR || event->kind == GS_EVENT_DEADLOCK ||
                   event->kind == GS_EVENT_LOST || (event->kind == GS_EVENT_CHECK && !event->flags);
    gs_canvas_text(c, x, line.y, line.x + line.width - x, trouble ? GS_ROLE_ERROR : GS_ROLE_TEXT, 0,
                   text);
}

void gs_events_pane_draw(struct gs_ui *ui, struct gs_box box)
{
    if (box.height < 1)
        return;
    gs_pane_title_draw(ui, box, GS_PANE_EVENTS, "events around the cursor");
    int *scroll = &ui->pane_line[GS_PANE_EVENTS], height = box.height - 1;
    size_t each = (size_t)(abs(*scroll) < FARTHEST ? abs(*scroll) : FARTHEST) + (size_t)height;
    struct gs_event *events = malloc(3 * (each + 1) * sizeof *events);
    if (!events)
        return;
    struct side before = {.items = events, .room = each, .before = true};
    struct side after = {.items = events + 2 * each, .room = each};
    gather(ui, &before, &after);
    int middle = (int)before.count, count = middle + (int)after.count;
    int top = middle - height / 2 + *scroll;
    int last = count > height ? count - height : 0;
    int kept = top < 0 ? 0 : top > last ? last : top;
    *scroll += kept - top;
    for (int y = 0; y < height && kept + y < count; y++)
        draw_event(ui, &events[kept + y], kept + y == middle - 1,
                   (struct gs_box){box.x + 1, box.y + 1 + y, box.width - 1, 1});
    free(events);
}
