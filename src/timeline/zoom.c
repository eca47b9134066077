/* How long a lane was in each state within a window: sums up to any instant, by differences. Every
 * 64th span has the sums of all spans before it; the rest is a scan of at most 63 spans. */
#include "timeline/store.h"

#include "base/sorted.h"

#include <stdlib.h>

void gs_zoom_span_begins(struct gs_lane *lane, uint64_t start)
{
    if (lane->spans.count % GS_ZOOM_BLOCK)
        return;
    gs_long_push(&lane->zoom->starts, start);
    gs_long_push(&lane->zoom->sums, lane->zoom->now);
}

void gs_zoom_span_ended(struct gs_lane *lane, const struct gs_span *span)
{
    lane->zoom->now.ns[span->state] += span->end - span->start;
}

void gs_zoom_free(struct gs_zoom *zoom)
{
    gs_long_free(&zoom->starts);
    gs_long_free(&zoom->sums);
}

/* Number of blocks that start at or before time. */
static size_t blocks_until(const struct gs_zoom *zoom, uint64_t time)
{
    const struct gs_sorted_items starts = {.first = zoom->starts.items,
                                           .size = sizeof *zoom->starts.items};
    return gs_sorted_search(starts, 0, zoom->starts.count, time, true);
}

/* A run that goes on is looked at near its end: what was until then is all there was without the
 * few spans since. False: there are more. */
static bool sum_from_end(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t time,
                         struct gs_zoom_sum *sum)
{
    enum { FEW = 16 };
    size_t count = lane->spans.count;
    if (count < FEW || lane->spans.items[count - FEW].start > time)
        return false;
    *sum = lane->zoom->now;
    for (size_t i = count; i-- > count - FEW;) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t end = gs_span_end(t, span), until = end < time ? end : time;
        uint64_t counted = span->open ? 0 : end - span->start;
        if (!span->open && end <= time)
            break;
        sum->ns[span->state] += (until > span->start ? until - span->start : 0) - counted;
    }
    return true;
}

/* Time in each state from the run's begin to time. */
static void sum_until(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t time,
                      struct gs_zoom_sum *sum)
{
    if (sum_from_end(t, lane, time, sum))
        return;
    size_t blocks = blocks_until(lane->zoom, time);
    *sum = blocks ? lane->zoom->sums.items[blocks - 1] : lane->zoom->before;
    if (!blocks)
        return;
    size_t first = (blocks - 1) * GS_ZOOM_BLOCK, last = first + GS_ZOOM_BLOCK;
    if (last > lane->spans.count)
        last = lane->spans.count;
    for (size_t i = first; i < last && lane->spans.items[i].start < time; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t end = gs_span_end(t, span);
        sum->ns[span->state] += (end < time ? end : time) - span->start;
    }
}

void gs_lane_shares(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t from,
                    uint64_t until, uint64_t ns[GS_STATES])
{
    struct gs_zoom_sum low, high;
    uint64_t there = 0;
    for (size_t s = 0; s < GS_STATES; s++)
        ns[s] = 0;
    if (until <= from)
        return;
    sum_until(t, lane, from, &low);
    sum_until(t, lane, until, &high);
    for (size_t s = 0; s < GS_STATES; s++)
        there += ns[s] = high.ns[s] - low.ns[s];
    ns[GS_STATE_NONE] = until - from - there;
}

bool gs_lane_shares_rough(const struct gs_lane *lane, uint64_t from, uint64_t until,
                          uint64_t ns[GS_STATES])
{
    const struct gs_zoom *zoom = lane->zoom;
    size_t low = blocks_until(zoom, from), high = blocks_until(zoom, until);
    /* Blocks low … high - 1 begin in the window; all but the last end there. */
    if (high < low + 2)
        return false;
    high--;
    uint64_t there = 0;
    for (size_t s = 0; s < GS_STATES; s++)
        there += ns[s] = zoom->sums.items[high].ns[s] - zoom->sums.items[low].ns[s];
    ns[GS_STATE_NONE] = zoom->starts.items[high] - zoom->starts.items[low] - there;
    return true;
}
