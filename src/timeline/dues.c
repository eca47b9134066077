/* When the sleeps and time limits of a loop's tasks are due, and when they ended: between the two
 * the loop had no turn for them. Both stand in order, so that how many were late at an instant is
 * two searches. */
#include "timeline/store.h"

#include <string.h>

static void take_back(struct gs_turns *turns, uint64_t due)
{
    size_t at = gs_sorted_before(&turns->dues, at, due);
    struct gs_due *place = &turns->dues.items[at];
    if (at >= turns->dues.count || place->at != due) /* forgotten meanwhile */
        return;
    memmove(place, place + 1, (--turns->dues.count - at) * sizeof *place);
}

void gs_dues_add(struct gs_timeline *t, struct gs_book *task, uint64_t due)
{
    struct gs_book *loop = task->loop ? gs_store_book(t, task->loop) : NULL;
    if (!loop || !loop->turns || task->due)
        return;
    task->due = due;
    *gs_long_sorted_add(&loop->turns->dues, at, due) = (struct gs_due){due};
}

/* Who is cancelled before was never late. */
void gs_dues_end(struct gs_turns *turns, struct gs_book *task, uint64_t time)
{
    if (task->due && time < task->due)
        take_back(turns, task->due);
    else if (task->due)
        *gs_long_sorted_add(&turns->woken, at, time) = (struct gs_due){time};
    task->due = 0;
}

void gs_dues_forget(struct gs_turns *turns, uint64_t time)
{
    size_t gone = gs_sorted_until(&turns->woken, at, time);
    if (!gone)
        return;
    gs_long_drop(&turns->woken, gone);
    gs_long_drop(&turns->dues, gone);
}

void gs_dues_free(struct gs_turns *turns)
{
    gs_long_free(&turns->dues);
    gs_long_free(&turns->woken);
}

uint32_t gs_turn_late_count(const struct gs_timeline *t, uint32_t loop, uint64_t time)
{
    const struct gs_book *book = (const struct gs_book *)gs_timeline_lane(t, loop);
    const struct gs_turns *turns = book ? book->turns : NULL;
    if (!turns)
        return 0;
    size_t due = gs_sorted_until(&turns->dues, at, time);
    size_t woken = gs_sorted_until(&turns->woken, at, time);
    return due > woken ? (uint32_t)(due - woken) : 0;
}

uint64_t gs_turn_due(const struct gs_timeline *t, uint32_t task, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    long at = lane ? gs_lane_span_at(lane, time) : -1;
    const struct gs_span *span = at < 0 ? NULL : &lane->spans.items[at];
    if (!span || span->state != GS_STATE_AWAITING || gs_span_end(t, span) <= time)
        return 0;
    for (at = gs_lane_point_at(lane, gs_span_end(t, span)); at >= 0; at--) {
        const struct gs_event *e = &lane->points.items[at].event;
        if (e->time < span->start)
            return 0;
        if (e->kind == GS_EVENT_DUE)
            return e->a;
    }
    return 0;
}
