#include "timeline/turns.h"

#include "timeline/store.h"

#include "base/sorted.h"

#include <stdlib.h>

static struct gs_turns *turns_of(struct gs_book *loop)
{
    if (!loop->turns)
        loop->turns = calloc(1, sizeof *loop->turns);
    if (!loop->turns)
        abort();
    return loop->turns;
}

void gs_turns_free(struct gs_turns *turns)
{
    if (!turns)
        return;
    gs_vec_free(&turns->on);
    gs_long_free(&turns->marks);
    gs_dues_free(turns);
    free(turns);
}

/* --- whose turn it is */

/* Tasks of one loop tell of themselves in one ring, so that a turn is always the last one. */
static void begin_hold(struct gs_book *book, uint32_t task, uint64_t time)
{
    struct gs_lane *loop = &book->lane;
    const struct gs_hold *last =
        loop->holds.count ? &loop->holds.items[loop->holds.count - 1] : NULL;
    uint64_t start = last && last->start > time ? last->start : time;
    gs_long_push(
        &loop->holds,
        ((struct gs_hold){.start = start, .end = UINT64_MAX, .owner = task, .open = true}));
    if (loop->holds.count % GS_OWNED_BLOCK == 0)
        gs_owned_sums_grow(&book->owned, loop->holds.items, sizeof *loop->holds.items,
                           loop->holds.count);
}

static void end_hold(struct gs_lane *loop, uint64_t time)
{
    struct gs_hold *last = loop->holds.count ? &loop->holds.items[loop->holds.count - 1] : NULL;
    if (!last || !last->open)
        return;
    last->end = time > last->start ? time : last->start;
    last->why = GS_DROP_BLOCKING;
    last->open = false;
}

/* Only whoever creates a task can have its first step run inside his own. */
static bool is_eager(const struct gs_book *task, uint32_t outer)
{
    return task->lane.spans.count == 0 && task->lane.creator == outer;
}

static void begin_turn(struct gs_timeline *t, struct gs_book *loop, const struct gs_book *task,
                       uint64_t time)
{
    struct gs_turns *turns = turns_of(loop);
    uint32_t outer = turns->on.count ? turns->on.items[turns->on.count - 1] : 0;
    if (outer && !is_eager(task, outer))
        gs_store_odd(t, GS_ODD_TWO_TURNS, task->lane.actor, time, outer);
    end_hold(&loop->lane, time);
    gs_vec_push(&turns->on, task->lane.actor);
    begin_hold(loop, task->lane.actor, time);
}

static void end_turn(struct gs_book *loop, uint32_t task, uint64_t time)
{
    struct gs_turns *turns = turns_of(loop);
    size_t at = turns->on.count;
    while (at > 0 && turns->on.items[at - 1] != task)
        at--;
    if (at == 0)
        return;
    bool innermost = at == turns->on.count;
    gs_vec_remove(&turns->on, at - 1);
    if (!innermost)
        return;
    end_hold(&loop->lane, time);
    if (turns->on.count)
        begin_hold(loop, turns->on.items[turns->on.count - 1], time);
}

/* --- how many stand by */

static uint64_t since(const struct gs_crowd_mark *mark, uint64_t time)
{
    return time > mark->start ? time - mark->start : 0;
}

/* The same mark at a later time. Of a hostile trace the products may overflow: nothing but its
 * picture is wrong then. */
static struct gs_crowd_mark carry_on(const struct gs_crowd_mark *mark, uint64_t time)
{
    struct gs_crowd_mark next = *mark;
    uint64_t passed = since(mark, time);
    next.start += passed;
    next.on_ns += mark->crowd.on * passed;
    next.ready_ns += mark->crowd.ready * passed;
    next.awaiting_ns += mark->crowd.awaiting * passed;
    return next;
}

/* One that was never counted, because nobody told of it before, does not go below zero. */
static void count(uint32_t *number, bool was, bool is)
{
    *number += is;
    *number -= was && *number;
}

static void count_move(struct gs_turns *turns, unsigned from, unsigned to, uint64_t time)
{
    struct gs_crowd_mark *last =
        turns->marks.count ? &turns->marks.items[turns->marks.count - 1] : NULL;
    struct gs_crowd_mark mark = last ? carry_on(last, time) : (struct gs_crowd_mark){.start = time};
    count(&mark.crowd.on, gs_state_has_turn(from), gs_state_has_turn(to));
    count(&mark.crowd.ready, from == GS_STATE_READY, to == GS_STATE_READY);
    count(&mark.crowd.awaiting, from == GS_STATE_AWAITING, to == GS_STATE_AWAITING);
    if (last && last->start == mark.start)
        *last = mark;
    else
        gs_long_push(&turns->marks, mark);
}

void gs_turns_move(struct gs_timeline *t, struct gs_book *task, unsigned to, uint64_t time)
{
    const struct gs_lane *lane = &task->lane;
    const struct gs_span *last =
        lane->spans.count ? &lane->spans.items[lane->spans.count - 1] : NULL;
    unsigned from = last && last->open ? last->state : GS_STATE_NONE;
    bool had_turn = gs_state_has_turn(from), has_turn = gs_state_has_turn(to);
    struct gs_book *loop = from != to ? gs_store_book(t, task->loop) : NULL;
    if (!loop || (had_turn && has_turn))
        return;
    if (had_turn)
        end_turn(loop, lane->actor, time);
    if (has_turn)
        begin_turn(t, loop, task, time);
    count_move(turns_of(loop), from, to, time);
    gs_dues_end(loop->turns, task, time);
}

/* --- for readers */

/* A stretch of a lane, from start to end, blocks the loop that it is on. */
static bool blocks(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t start,
                   uint64_t end)
{
    uint64_t ns[GS_STATES];
    if (!lane || end <= start)
        return false;
    gs_lane_shares(t, lane, start, end, ns);
    uint64_t waits = ns[GS_STATE_SLEEPING] + ns[GS_STATE_IO] + ns[GS_STATE_WAITING];
    return end - start >= GS_TURN_LONG || waits > (end - start) / 2;
}

static const struct gs_span *longest(const struct gs_timeline *t, const struct gs_lane *lane,
                                     uint64_t from, uint64_t until)
{
    const struct gs_span *found = NULL;
    uint64_t most = 0;
    long at = lane ? gs_lane_span_at(lane, from) : -1;
    for (size_t i = at < 0 ? 0 : (size_t)at; lane && i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t start = span->start > from ? span->start : from;
        uint64_t end = gs_span_end(t, span) < until ? gs_span_end(t, span) : until;
        if (span->start >= until)
            break;
        if (end > start && end - start > most) {
            most = end - start;
            found = span;
        }
    }
    return found;
}

bool gs_turn_blocks(const struct gs_timeline *t, const struct gs_hold *turn, uint64_t now)
{
    uint64_t end = gs_hold_end(t, turn);
    return blocks(t, gs_timeline_lane(t, turn->owner), turn->start, end < now ? end : now);
}

/* On the real clock it is its thread that is looked at, and tells in which line it computes: for
 * what a task or a loop computes it stands in. */
static const struct gs_span *in_thread(const struct gs_timeline *t, uint32_t actor,
                                       const struct gs_span *most, uint64_t until)
{
    const struct gs_book *book = (const struct gs_book *)gs_timeline_lane(t, actor);
    const struct gs_actor_row *loop =
        t->tables->actor(t->tables, book && book->loop ? book->loop : actor);
    if (!most || most->state != GS_STATE_RUNNING || !loop)
        return most;
    const struct gs_span *told = longest(t, gs_timeline_lane(t, loop->parent), most->start, until);
    bool since = told && told->start > most->start;
    return since && told->state == GS_STATE_RUNNING && told->line ? told : most;
}

const struct gs_span *gs_turn_longest(const struct gs_timeline *t, const struct gs_hold *turn)
{
    uint64_t end = gs_hold_end(t, turn);
    const struct gs_span *most = longest(t, gs_timeline_lane(t, turn->owner), turn->start, end);
    return in_thread(t, turn->owner, most, end);
}

const struct gs_label *gs_turn_callback(const struct gs_timeline *t, uint32_t loop, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, loop);
    long at = lane ? gs_lane_label_at(lane, time) : -1;
    long hold = lane ? gs_lane_hold_at(lane, time) : -1;
    bool turn = hold >= 0 && gs_hold_end(t, &lane->holds.items[hold]) > time;
    return at < 0 || turn ? NULL : &lane->labels.items[at];
}

bool gs_callback_blocks(const struct gs_timeline *t, uint32_t loop, const struct gs_label *callback,
                        uint64_t now)
{
    uint64_t end = gs_label_end(t, callback);
    return blocks(t, gs_timeline_lane(t, loop), callback->start, end < now ? end : now);
}

const struct gs_span *gs_callback_longest(const struct gs_timeline *t, uint32_t loop,
                                          const struct gs_label *callback)
{
    return longest(t, gs_timeline_lane(t, loop), callback->start, gs_label_end(t, callback));
}

const struct gs_event *gs_turn_busy(const struct gs_timeline *t, uint32_t actor, uint64_t start_at,
                                    uint64_t end)
{
    const struct gs_lane *lane = gs_timeline_lane(t, actor);
    long at = lane ? gs_lane_point_at(lane, end) : -1;
    for (; at >= 0 && lane->points.items[at].event.time > start_at; at--) {
        const struct gs_event *e = &lane->points.items[at].event;
        if (e->kind == GS_EVENT_BUSY)
            return e;
    }
    return NULL;
}

static struct gs_crowd_mark mark_at(const struct gs_timeline *t, uint32_t loop, uint64_t time)
{
    const struct gs_book *book = (const struct gs_book *)gs_timeline_lane(t, loop);
    const struct gs_turns *turns = book ? book->turns : NULL;
    size_t told = turns ? gs_sorted_until(&turns->marks, start, time) : 0;
    return told ? carry_on(&turns->marks.items[told - 1], time) : (struct gs_crowd_mark){0};
}

struct gs_crowd gs_crowd_at(const struct gs_timeline *t, uint32_t loop, uint64_t time)
{
    return mark_at(t, loop, time).crowd;
}

static bool is_kept(const struct gs_timeline *t, uint32_t task, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    long at = gs_lane_span_at(lane, time);
    const struct gs_span *span = at < 0 ? NULL : &lane->spans.items[at];
    if (!span || gs_span_end(t, span) <= time)
        return false;
    uint64_t due = span->state == GS_STATE_AWAITING ? gs_turn_due(t, task, time) : 0;
    return span->state == GS_STATE_READY || (due && due <= time);
}

uint32_t gs_turn_kept_count(const struct gs_timeline *t, uint32_t loop, uint64_t time)
{
    return gs_crowd_at(t, loop, time).ready + gs_turn_late_count(t, loop, time);
}

size_t gs_turn_kept(const struct gs_timeline *t, uint32_t loop, uint64_t time, uint32_t *tasks,
                    size_t room)
{
    uint32_t count = t->tables->actors(t->tables);
    size_t found = 0;
    for (uint32_t id = loop + 1; id <= count && found < room; id++) {
        const struct gs_book *book = (const struct gs_book *)gs_timeline_lane(t, id);
        if (book && book->loop == loop && is_kept(t, id, time))
            tasks[found++] = id;
    }
    return found;
}

struct gs_crowd_mean gs_crowd_between(const struct gs_timeline *t, uint32_t loop, uint64_t from,
                                      uint64_t until)
{
    uint64_t end = gs_timeline_end(t);
    until = until < end ? until : end;
    if (until <= from)
        return (struct gs_crowd_mean){0};
    struct gs_crowd_mark low = mark_at(t, loop, from), high = mark_at(t, loop, until);
    double length = (double)(until - from);
    return (struct gs_crowd_mean){.on = (double)(high.on_ns - low.on_ns) / length,
                                  .ready = (double)(high.ready_ns - low.ready_ns) / length,
                                  .awaiting =
                                      (double)(high.awaiting_ns - low.awaiting_ns) / length};
}
