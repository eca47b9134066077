/* What stands where on a lane. */
#include "timeline/store.h"

#include "base/sorted.h"

const struct gs_lane *gs_timeline_lane(const struct gs_timeline *t, uint32_t actor)
{
    return actor < t->books.count && t->books.items[actor] ? &t->books.items[actor]->lane : NULL;
}

long gs_lane_span_at(const struct gs_lane *lane, uint64_t time)
{
    return (long)gs_sorted_until(&lane->spans, start, time) - 1;
}

long gs_lane_hold_at(const struct gs_lane *lane, uint64_t time)
{
    return (long)gs_sorted_until(&lane->holds, start, time) - 1;
}

long gs_lane_point_at(const struct gs_lane *lane, uint64_t time)
{
    return (long)gs_sorted_until(&lane->points, event.time, time) - 1;
}

long gs_lane_label_at(const struct gs_lane *lane, uint64_t time)
{
    /* What covers the time is the last one that began, or was open when that one did, or when … */
    long at = (long)gs_sorted_until(&lane->labels, start, time) - 1;
    while (at >= 0 && lane->labels.items[at].end <= time)
        at = (long)lane->labels.items[at].outer - 1;
    return at;
}

uint32_t gs_lane_interpreter_at(const struct gs_lane *lane, uint64_t time)
{
    const struct gs_book *book = (const struct gs_book *)lane;
    size_t entered = gs_sorted_until(&book->enters, start, time);
    return entered ? book->enters.items[entered - 1].interpreter : book->first_interpreter;
}

/* How often the thread took the interpreter's GIL at that instant. */
static size_t count_takes(const struct gs_timeline *t, uint32_t interpreter, uint32_t thread,
                          uint64_t time)
{
    size_t count = 0;
    const struct gs_lane *gil = gs_timeline_lane(t, interpreter);
    for (long i = gil ? gs_lane_hold_at(gil, time) : -1; i >= 0; i--) {
        if (gil->holds.items[i].start < time)
            break;
        count += gil->holds.items[i].owner == thread;
    }
    return count;
}

/* Who calls into another interpreter leaves its own first: at the end it is in the one it wanted.
 * Of several that it goes through at that instant, that is the first: the one that it comes into,
 * unless it took the GIL of the one that it was in more often than it came into that. */
uint32_t gs_lane_wanted(const struct gs_timeline *t, const struct gs_lane *lane,
                        const struct gs_span *span)
{
    const struct gs_book *book = (const struct gs_book *)lane;
    uint64_t end = gs_span_end(t, span);
    if (span->start >= end)
        return gs_lane_interpreter_at(lane, end);
    uint32_t before = gs_lane_interpreter_at(lane, end - 1);
    size_t first = gs_sorted_until(&book->enters, start, end - 1), entered = 0;
    if (first == book->enters.count || book->enters.items[first].start > end)
        return before;
    for (size_t i = first; i < book->enters.count && book->enters.items[i].start == end; i++)
        entered += book->enters.items[i].interpreter == before;
    return count_takes(t, before, lane->actor, end) > entered
               ? before
               : book->enters.items[first].interpreter;
}

uint64_t gs_timeline_interval(const struct gs_timeline *t, uint32_t interpreter, uint64_t time)
{
    const struct gs_book *book = (const struct gs_book *)gs_timeline_lane(t, interpreter);
    const struct gs_actor_row *row = t->tables->actor(t->tables, interpreter);
    size_t set = book ? gs_sorted_until(&book->intervals, start, time) : 0;
    if (set)
        return book->intervals.items[set - 1].value;
    return row ? row->interval_ns : 0;
}

uint64_t gs_span_end(const struct gs_timeline *t, const struct gs_span *span)
{
    return span->open ? t->end : span->end;
}

uint64_t gs_hold_end(const struct gs_timeline *t, const struct gs_hold *hold)
{
    return hold->open && hold->end > t->end ? t->end : hold->end;
}

uint64_t gs_label_end(const struct gs_timeline *t, const struct gs_label *label)
{
    return label->open ? t->end : label->end;
}
