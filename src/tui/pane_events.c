/* The events pane: what happened around the cursor on the lanes shown, in words, by time. */
#include "tui/ui.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct found {
    GS_VEC(struct gs_event) list;
};

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

/* The lane's events next to the cursor, as many to each side as could be shown. */
static void gather_lane(struct found *found, const struct gs_ui *ui, uint32_t actor, size_t each)
{
    const struct gs_lane *lane = gs_timeline_lane(ui->run.timeline, actor);
    if (!lane)
        return;
    size_t middle = first_after(lane, ui->lanes.cursor);
    size_t from = middle > each ? middle - each : 0;
    for (size_t i = from; i < lane->points.count && i < middle + each; i++)
        if (lane->points.items[i].event.time <= ui->run.playback.now)
            gs_vec_push(&found->list, lane->points.items[i].event);
}

static int by_time(const void *a, const void *b)
{
    const struct gs_event *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return x->actor < y->actor ? -1 : x->actor > y->actor;
}

static void gather(struct found *found, const struct gs_ui *ui, size_t each)
{
    gather_lane(found, ui, 0, each); /* what concerns the whole run */
    for (size_t i = 0; i < ui->lanes.rows.list.count; i++)
        gather_lane(found, ui, ui->lanes.rows.list.items[i].actor, each);
    if (found->list.count)
        qsort(found->list.items, found->list.count, sizeof *found->list.items, by_time);
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
    struct found found = {0};
    int *scroll = &ui->pane_line[GS_PANE_EVENTS], height = box.height - 1;
    int far = abs(*scroll) < 100000 ? abs(*scroll) : 100000;
    gather(&found, ui, (size_t)(far + height));
    int count = (int)found.list.count, middle = 0;
    while (middle < count && found.list.items[middle].time <= ui->lanes.cursor)
        middle++;
    int top = middle - height / 2 + *scroll;
    int last = count > height ? count - height : 0;
    int kept = top < 0 ? 0 : top > last ? last : top;
    *scroll += kept - top;
    for (int y = 0; y < height && kept + y < count; y++)
        draw_event(ui, &found.list.items[kept + y], kept + y == middle - 1,
                   (struct gs_box){box.x + 1, box.y + 1 + y, box.width - 1, 1});
    gs_vec_free(&found.list);
}
