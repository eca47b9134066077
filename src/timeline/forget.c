/* What goes when there is room for it neither in memory nor on a disk: the older half of the run,
 * as often as it takes. What lasts until now, or is said of the run as a whole, stays; who did what
 * before is `unknown` then, and one LOST event says so. */
#include "timeline/store.h"

#include "base/sorted.h"

#include <stdlib.h>

/* What began by an event of its own: what a lane lost its core for is told of in one. */
static uint64_t events_of(const struct gs_lane *lane, size_t spans)
{
    uint64_t count = 0;
    for (size_t i = 0; i < spans; i++)
        count += i == 0 || lane->spans.items[i - 1].cause != GS_CAUSE_CORE;
    return count;
}

/* The sums count what is gone as unknown, too: for differences it does not matter that some of them
 * are less than 0. */
static void begin_anew(struct gs_book *book, size_t gone)
{
    struct gs_lane *lane = &book->lane;
    struct gs_zoom *zoom = &book->zoom;
    gs_long_drop(&lane->spans, gone);
    gs_long_drop(&zoom->starts, gone / GS_ZOOM_BLOCK);
    gs_long_drop(&zoom->sums, gone / GS_ZOOM_BLOCK);
    struct gs_span *first = lane->spans.items;
    uint64_t begin = lane->birth < first->start ? lane->birth : first->start;
    zoom->sums.items[0].ns[first->state] += first->end - first->start;
    zoom->sums.items[0].ns[GS_STATE_UNKNOWN] -= first->end - begin;
    zoom->starts.items[0] = begin;
    zoom->before = zoom->sums.items[0];
    *first = (struct gs_span){.start = begin, .end = first->end, .state = GS_STATE_UNKNOWN};
}

/* Whole blocks of the sums, so that the first span that stays is the first of its block. It stands
 * for all before it, and is not the one that lasts at the time. */
static uint64_t forget_spans(struct gs_book *book, uint64_t time)
{
    struct gs_lane *lane = &book->lane;
    size_t past = gs_sorted_until(&lane->spans, start, time);
    size_t gone = past > 1 ? (past - 2) / GS_ZOOM_BLOCK * GS_ZOOM_BLOCK : 0;
    uint64_t events = events_of(lane, gone);
    if (gone)
        begin_anew(book, gone);
    return events;
}

static bool is_over(const struct gs_label *label, uint64_t time)
{
    return !label->open && label->end <= time;
}

/* The index, + 1, that an outer label has when those that are over are gone. `left` is how many of
 * the first `past` stay: they close up to the others. */
static uint32_t new_outer(const struct gs_lane *lane, const uint32_t *places, size_t past,
                          uint32_t outer, uint64_t time)
{
    while (outer && outer <= past && is_over(&lane->labels.items[outer - 1], time))
        outer = lane->labels.items[outer - 1].outer;
    return outer && outer <= past ? places[outer - 1] + 1 : outer;
}

/* Labels keep whom they lie in, and who is in one has its index: those that stay of the first
 * `past` move to behind those that go. */
static uint64_t forget_labels(struct gs_book *book, uint64_t time)
{
    struct gs_lane *lane = &book->lane;
    size_t past = gs_sorted_before(&lane->labels, start, time), left = 0;
    uint32_t *places = calloc(past + 1, sizeof *places);
    if (!places)
        abort();
    for (size_t i = 0; i < past; i++)
        left += !is_over(&lane->labels.items[i], time);
    size_t gone = past - left, next = 0;
    for (size_t i = 0; i < past; i++)
        if (!is_over(&lane->labels.items[i], time))
            places[i] = (uint32_t)(gone + next++);
    for (size_t i = 0; i < lane->labels.count; i++) {
        struct gs_label *label = &lane->labels.items[i];
        if (!is_over(label, time))
            label->outer = new_outer(lane, places, past, label->outer, time);
    }
    for (size_t i = 0; i < book->in_labels.count; i++)
        if (book->in_labels.items[i] < past)
            book->in_labels.items[i] = places[book->in_labels.items[i]];
    for (size_t i = past; i-- > 0;)
        if (!is_over(&lane->labels.items[i], time))
            lane->labels.items[places[i]] = lane->labels.items[i];
    for (size_t i = gone; i < lane->labels.count; i++)
        lane->labels.items[i].outer -= lane->labels.items[i].outer ? (uint32_t)gone : 0;
    for (size_t i = 0; i < book->in_labels.count; i++)
        book->in_labels.items[i] -= (uint32_t)gone;
    gs_long_drop(&lane->labels, gone);
    free(places);
    return 2 * gone;
}

/* The last hold that began by then stays: it may last. The sums are made anew as it goes on. */
static void forget_holds(struct gs_book *book, uint64_t time)
{
    struct gs_lane *lane = &book->lane;
    size_t past = gs_sorted_until(&lane->holds, start, time);
    if (past < 2)
        return;
    gs_long_drop(&lane->holds, past - 1);
    gs_owned_sums_free(&book->owned);
}

static uint64_t forget_lane(struct gs_book *book, uint64_t time)
{
    struct gs_lane *lane = &book->lane;
    uint64_t events = forget_spans(book, time);
    size_t points = gs_sorted_before(&lane->points, event.time, time);
    gs_long_drop(&lane->points, points);
    forget_holds(book, time);
    if (lane->labels.count)
        events += forget_labels(book, time);
    size_t marks = book->turns ? gs_sorted_until(&book->turns->marks, start, time) : 0;
    if (marks > 1)
        gs_long_drop(&book->turns->marks, marks - 1);
    if (book->turns)
        gs_dues_forget(book->turns, time);
    return events + points;
}

/* Those that last stay, in their order, behind those that go. */
static void forget_claims(struct gs_record *record, uint64_t time)
{
    size_t past = gs_sorted_before(&record->claims, start, time), gone = past;
    for (size_t i = past; i-- > 0;) {
        const struct gs_claim *claim = &record->claims.items[i];
        if (claim->open || claim->end > time)
            record->claims.items[--gone] = *claim;
        else
            record->forgotten_done += !claim->put_back;
    }
    gs_long_drop(&record->claims, gone);
    gs_owned_sums_free(&record->owned);
}

static void forget_messages(struct gs_record *record, uint64_t time)
{
    size_t gone = 0;
    while (gone < record->messages.count && record->messages.items[gone].sent < time &&
           record->messages.items[gone].received < time)
        gone++;
    gs_long_drop(&record->messages, gone);
    record->forgotten_messages += (uint32_t)gone;
}

static void forget_of_object(struct gs_record *record, uint64_t time)
{
    size_t readings = gs_sorted_until(&record->readings, start, time);
    forget_claims(record, time);
    if (readings > 1)
        gs_long_drop(&record->readings, readings - 1);
    forget_messages(record, time);
}

static bool tells_of_it(const struct gs_event *e)
{
    return e->kind == GS_EVENT_LOST && (e->flags & GS_LOST_NO_ROOM);
}

/* One event tells of all that is gone. */
static void tell(struct gs_timeline *t, uint64_t time)
{
    struct gs_lane *lane = &gs_store_book(t, 0)->lane;
    struct gs_points *lost = &t->rare[GS_EVENT_LOST];
    for (size_t i = lane->points.count; i-- > 0;)
        if (tells_of_it(&lane->points.items[i].event))
            gs_vec_remove(&lane->points, i);
    for (size_t i = lost->list.count; i-- > 0;)
        if (tells_of_it(&lost->list.items[i]))
            gs_vec_remove(&lost->list, i);
    const struct gs_event event = {.time = time,
                                   .kind = GS_EVENT_LOST,
                                   .flags = GS_LOST_OF_ALL | GS_LOST_NO_ROOM,
                                   .a = t->forgotten};
    gs_points_add(t, lane, &event);
}

static uint64_t forget_until(struct gs_timeline *t, uint64_t time)
{
    uint64_t events = 0;
    for (size_t i = 1; i < t->books.count; i++)
        if (t->books.items[i])
            events += forget_lane(t->books.items[i], time);
    for (size_t i = 0; i < t->records.count; i++)
        if (t->records.items[i])
            forget_of_object(t->records.items[i], time);
    return events;
}

void gs_forget(struct gs_timeline *t)
{
    bool any = false;
    while (gs_long_is_crowded() && t->whole_from + 1 < t->last) {
        t->whole_from += (t->last - t->whole_from) / 2;
        uint64_t events = forget_until(t, t->whole_from);
        t->forgotten += events;
        t->lost += events;
        any = true;
    }
    if (any) {
        t->lossy = true;
        tell(t, t->whole_from);
        t->version++;
    }
}
