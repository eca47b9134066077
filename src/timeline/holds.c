/* Who owned a GIL, from the takes and drops of its threads. Those come from several rings, so a
 * take can arrive before the drop that made it possible: holds are put in by time, and a drop looks
 * for the hold that its own actor began. */
#include "timeline/store.h"

#include "base/sorted.h"

#include <string.h>

static struct gs_lane *find_gil_lane(struct gs_timeline *t, uint64_t interpreter)
{
    const struct gs_actor_row *row =
        interpreter <= UINT32_MAX ? t->tables->actor(t->tables, (uint32_t)interpreter) : NULL;
    if (!row || row->kind != GS_ACTOR_INTERPRETER)
        return NULL;
    struct gs_book *book = gs_store_book(t, interpreter);
    if (!book)
        return NULL;
    book->interpreter = true;
    return &book->lane;
}

/* NULL: it is no interpreter. The tables are asked once: rows stay as they are. */
static struct gs_lane *gil_lane(struct gs_timeline *t, uint64_t interpreter)
{
    struct gs_book *book = interpreter < t->books.count ? t->books.items[interpreter] : NULL;
    return book && book->interpreter ? &book->lane : find_gil_lane(t, interpreter);
}

/* gs_lane_hold_at, for what is nearly always among the last: a search through millions of holds at
 * every hand-over was a quarter of all reading. */
static long last_at(const struct gs_lane *lane, uint64_t time)
{
    enum { NEAR = 8 };
    for (size_t i = lane->holds.count; i-- > 0 && lane->holds.count - i <= NEAR;) {
        if (lane->holds.items[i].start <= time)
            return (long)i;
    }
    return gs_lane_hold_at(lane, time);
}

/* The hold before it may end by it. */
static void keep_sums(struct gs_lane *lane, const struct gs_hold *place)
{
    struct gs_owned_sums *sums = &((struct gs_book *)lane)->owned;
    size_t i = (size_t)(place - lane->holds.items);
    gs_owned_sums_change(sums, i ? i - 1 : 0);
    if (lane->holds.count % GS_OWNED_BLOCK == 0)
        gs_owned_sums_grow(sums, lane->holds.items, sizeof *lane->holds.items, lane->holds.count);
}

static struct gs_hold *insert(struct gs_lane *lane, const struct gs_hold *hold)
{
    struct gs_hold *place = gs_long_sorted_add(&lane->holds, start, hold->start);
    const struct gs_hold *first = lane->holds.items, *last = first + lane->holds.count - 1;
    *place = *hold;
    place->end = place < last ? place[1].start : UINT64_MAX;
    if (place > first && place[-1].open && place[-1].end > hold->start)
        place[-1].end = hold->start;
    keep_sums(lane, place);
    return place;
}

static void ask(struct gs_hold *hold, uint64_t time, uint32_t by)
{
    if (hold->asked && hold->asked <= time)
        return;
    hold->asked = time;
    hold->asked_by = by;
}

static void answer_early_requests(struct gs_timeline *t, struct gs_hold *hold, uint32_t interpreter)
{
    for (unsigned i = t->early_count; i-- > 0;) {
        struct gs_early_request *r = &t->early[i];
        if (r->interpreter != interpreter || r->holder != hold->owner || r->time < hold->start)
            continue;
        ask(hold, r->time, r->by);
        *r = t->early[--t->early_count];
    }
}

/* The open hold of the owner, found by the time it began: its index moves with every insertion. */
static struct gs_hold *open_hold(struct gs_timeline *t, const struct gs_book *owner)
{
    struct gs_lane *lane = gil_lane(t, owner->holds_of);
    if (!lane)
        return NULL;
    for (long i = last_at(lane, owner->took); i >= 0; i--) {
        struct gs_hold *hold = &lane->holds.items[i];
        if (hold->start != owner->took)
            return NULL;
        if (hold->owner == owner->lane.actor && hold->open)
            return hold;
    }
    return NULL;
}

/* Of the owner's own, which is open. */
static void close_hold(struct gs_timeline *t, const struct gs_book *owner, struct gs_hold *hold,
                       uint64_t time, unsigned why)
{
    struct gs_lane *lane = gil_lane(t, owner->holds_of);
    gs_owned_sums_change(&((struct gs_book *)lane)->owned, (size_t)(hold - lane->holds.items));
    hold->end = time;
    hold->why = (uint8_t)(why <= GS_DROP_EXIT ? why : GS_DROP_BLOCKING);
    hold->open = false;
}

void gs_holds_take(struct gs_timeline *t, struct gs_book *owner, const struct gs_event *e)
{
    struct gs_lane *lane = gil_lane(t, e->a);
    if (!lane) {
        t->strays++;
        return;
    }
    if (owner->lane.died)
        gs_store_odd(t, GS_ODD_AFTER_DEATH, e->actor, e->time, e->kind);
    struct gs_hold *before = owner->holds_of ? open_hold(t, owner) : NULL;
    if (before) {
        gs_store_odd(t, GS_ODD_TAKE_TWICE, e->actor, e->time, owner->holds_of);
        close_hold(t, owner, before, e->time < before->end ? e->time : before->end,
                   GS_DROP_BLOCKING);
    }
    owner->took = e->time;
    owner->holds_of = lane->actor;
    struct gs_hold hold = {.start = e->time, .owner = e->actor, .open = true};
    answer_early_requests(t, insert(lane, &hold), lane->actor);
}

void gs_holds_drop(struct gs_timeline *t, struct gs_book *owner, const struct gs_event *e)
{
    struct gs_hold *hold = owner->holds_of == e->a ? open_hold(t, owner) : NULL;
    if (!hold) {
        gs_store_odd(t, GS_ODD_DROP, e->actor, e->time, e->a);
        return;
    }
    close_hold(t, owner, hold, e->time, e->flags);
    hold->end_line = gs_event_line(e);
    hold->end_place = e->place;
    owner->holds_of = 0;
}

void gs_holds_end(struct gs_timeline *t, struct gs_book *owner, uint64_t time)
{
    struct gs_hold *hold = owner->holds_of ? open_hold(t, owner) : NULL;
    if (hold)
        close_hold(t, owner, hold, time < hold->end ? time : hold->end, GS_DROP_EXIT);
    owner->holds_of = 0;
}

void gs_holds_request(struct gs_timeline *t, const struct gs_event *e)
{
    struct gs_lane *lane = gil_lane(t, e->a);
    if (!lane) {
        t->strays++;
        return;
    }
    /* At a hand-over's very instant two holds touch; the one meant may be the earlier. */
    long last = last_at(lane, e->time);
    for (long i = last; i >= 0 && i > last - 2; i--) {
        struct gs_hold *hold = &lane->holds.items[i];
        if (hold->owner == e->b && hold->end >= e->time) {
            ask(hold, e->time, e->actor);
            return;
        }
    }
    if (t->early_count == GS_EARLY_REQUESTS)
        memmove(t->early, t->early + 1, --t->early_count * sizeof *t->early);
    t->early[t->early_count++] = (struct gs_early_request){
        .time = e->time, .interpreter = lane->actor, .holder = (uint32_t)e->b, .by = e->actor};
}

void gs_holds_interval(struct gs_timeline *t, const struct gs_event *e)
{
    if (!gil_lane(t, e->a)) {
        t->strays++;
        return;
    }
    struct gs_book *book = gs_store_book(t, e->a);
    *gs_sorted_add(&book->intervals, start, e->time) =
        (struct gs_reading){.start = e->time, .value = e->b};
}
