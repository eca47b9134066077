/* What stands where on a lane. */
#include "timeline/store.h"

/* Index of the last item whose start (time) is at or before time, or -1. */
#define LAST_AT(vec, field, time)                                                                  \
    do {                                                                                           \
        size_t low = 0, high = (vec)->count;                                                       \
        while (low < high) {                                                                       \
            size_t middle = low + (high - low) / 2;                                                \
            if ((vec)->items[middle].field <= (time))                                              \
                low = middle + 1;                                                                  \
            else                                                                                   \
                high = middle;                                                                     \
        }                                                                                          \
        return (long)low - 1;                                                                      \
    } while (0)

const struct gs_lane *gs_timeline_lane(const struct gs_timeline *t, uint32_t actor)
{
    return actor < t->books.count && t->books.items[actor] ? &t->books.items[actor]->lane : NULL;
}

long gs_lane_span_at(const struct gs_lane *lane, uint64_t time)
{
    LAST_AT(&lane->spans, start, time);
}

long gs_lane_hold_at(const struct gs_lane *lane, uint64_t time)
{
    LAST_AT(&lane->holds, start, time);
}

long gs_lane_point_at(const struct gs_lane *lane, uint64_t time)
{
    LAST_AT(&lane->points, event.time, time);
}

static long last_label_at(const struct gs_lane *lane, uint64_t time)
{
    LAST_AT(&lane->labels, start, time);
}

long gs_lane_label_at(const struct gs_lane *lane, uint64_t time)
{
    /* Whatever covers the time is the last one that started, or around it: labels nest. */
    long at = last_label_at(lane, time);
    while (at >= 0 && lane->labels.items[at].end <= time)
        at = (long)lane->labels.items[at].outer - 1;
    return at;
}

static long last_enter_at(const struct gs_book *book, uint64_t time)
{
    LAST_AT(&book->enters, start, time);
}

uint32_t gs_lane_interpreter_at(const struct gs_lane *lane, uint64_t time)
{
    const struct gs_book *book = (const struct gs_book *)lane;
    long at = last_enter_at(book, time);
    return at < 0 ? book->first_interpreter : book->enters.items[at].interpreter;
}

static long last_interval_at(const struct gs_book *book, uint64_t time)
{
    LAST_AT(&book->intervals, start, time);
}

uint64_t gs_timeline_interval(const struct gs_timeline *t, uint32_t interpreter, uint64_t time)
{
    const struct gs_book *book = (const struct gs_book *)gs_timeline_lane(t, interpreter);
    const struct gs_actor_row *row = t->tables->actor(t->tables, interpreter);
    long at = book ? last_interval_at(book, time) : -1;
    if (at >= 0)
        return book->intervals.items[at].value;
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
