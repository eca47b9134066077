#include "export/tell/story.h"

#include "base/merge.h"
#include "timeline/explain/facts.h"
#include "timeline/turns.h"

#include <stdlib.h>

/* A wait is worth a sentence when it takes at least this part of the run. */
enum { LONG_WAIT_PART = 20 };

/* So many births or deaths are a crowd, if between two no more happens than that. */
enum { LEAST_CROWD = 5, MOST_BETWEEN = 8 };

/* An interpreter that comes and goes with its process is no news. */
static const struct gs_lane *process_of(const struct gs_timeline *timeline,
                                        const struct gs_lane *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    const struct gs_actor_row *row = tables->actor(tables, lane->actor);
    bool interpreter = row && row->kind == GS_ACTOR_INTERPRETER;
    return interpreter ? gs_timeline_lane(timeline, row->parent) : NULL;
}

static void add_life(struct gs_story *story, const struct gs_timeline *timeline,
                     const struct gs_lane *lane)
{
    const struct gs_lane *process = process_of(timeline, lane);
    if (lane->born && !(process && process->birth == lane->birth))
        gs_long_push(&story->list, ((struct gs_happening){.time = lane->birth,
                                                          .actor = lane->actor,
                                                          .other = lane->creator,
                                                          .kind = GS_HAPPENING_BORN}));
    if (lane->died && !(process && process->death == lane->death))
        gs_long_push(&story->list, ((struct gs_happening){.time = lane->death,
                                                          .actor = lane->actor,
                                                          .why = (uint8_t)lane->how,
                                                          .kind = GS_HAPPENING_DIED}));
}

static unsigned kind_of(const struct gs_tables *tables, const struct gs_lane *lane)
{
    const struct gs_actor_row *row = tables->actor(tables, lane->actor);
    return row ? row->kind : 0;
}

/* The loop waits in its selector: nobody has the turn, and it calls nobody else. */
static bool is_selecting(const struct gs_timeline *timeline, uint32_t loop, uint64_t time)
{
    const struct gs_span *span = gs_explain_span(timeline, loop, time);
    return span && span->state == GS_STATE_IO && !gs_explain_hold(timeline, loop, time, NULL) &&
           !gs_turn_callback(timeline, loop, time);
}

/* A loop of the thread's is in its selector, or a task on one has its turn: they tell of it. */
static bool is_told_by_loop(const struct gs_timeline *timeline, uint32_t thread, uint64_t time)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    for (uint32_t id = thread + 1; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (row && row->kind == GS_ACTOR_LOOP && row->parent == thread &&
            (is_selecting(timeline, id, time) || gs_explain_hold(timeline, id, time, NULL)))
            return true;
    }
    return false;
}

static bool waits(unsigned state)
{
    return state == GS_STATE_IO || state == GS_STATE_SLEEPING || state == GS_STATE_WAITING;
}

/* What a loop does, but for its selector, and a thread while a task has its turn, that task does.
 */
static bool is_wait(const struct gs_timeline *timeline, const struct gs_lane *lane,
                    const struct gs_span *span)
{
    switch ((enum gs_actor_kind)kind_of(gs_timeline_tables(timeline), lane)) {
    case GS_ACTOR_TASK:
        return span->state == GS_STATE_AWAITING || waits(span->state);
    case GS_ACTOR_LOOP:
        return is_selecting(timeline, lane->actor, span->start);
    case GS_ACTOR_PROCESS:
    case GS_ACTOR_INTERPRETER:
    case GS_ACTOR_THREAD:
        break;
    }
    return waits(span->state) && !is_told_by_loop(timeline, lane->actor, span->start);
}

static void add_waits(struct gs_story *story, const struct gs_timeline *timeline,
                      const struct gs_lane *lane)
{
    uint64_t least = gs_timeline_end(timeline) / LONG_WAIT_PART;
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t lasts = gs_span_end(timeline, span) - span->start;
        if (lasts > 0 && lasts >= least && is_wait(timeline, lane, span))
            gs_long_push(&story->list, ((struct gs_happening){.time = span->start,
                                                              .actor = lane->actor,
                                                              .kind = GS_HAPPENING_WAIT,
                                                              .index = i}));
    }
}

static bool computes(const struct gs_span *most)
{
    return most && most->state == GS_STATE_RUNNING;
}

static void add_block(struct gs_story *story, const struct gs_lane *loop, uint64_t time,
                      uint32_t actor, size_t index)
{
    gs_long_push(&story->list, ((struct gs_happening){.time = time,
                                                      .actor = actor,
                                                      .other = loop->actor,
                                                      .kind = GS_HAPPENING_BLOCK,
                                                      .index = index}));
}

/* Who waits tells of it himself. */
static void add_blocks(struct gs_story *story, const struct gs_timeline *t,
                       const struct gs_lane *lane)
{
    uint64_t least = gs_timeline_end(t) / LONG_WAIT_PART;
    least = least > GS_TURN_LONG ? least : GS_TURN_LONG;
    if (kind_of(gs_timeline_tables(t), lane) != GS_ACTOR_LOOP)
        return;
    for (size_t i = 0; i < lane->holds.count; i++) {
        const struct gs_hold *turn = &lane->holds.items[i];
        if (gs_hold_end(t, turn) - turn->start >= least && computes(gs_turn_longest(t, turn)))
            add_block(story, lane, turn->start, turn->owner, i);
    }
    for (size_t i = 0; i < lane->labels.count; i++) {
        const struct gs_label *callback = &lane->labels.items[i];
        if (gs_label_end(t, callback) - callback->start >= least &&
            computes(gs_callback_longest(t, lane->actor, callback)))
            add_block(story, lane, callback->start, lane->actor, i);
    }
}

/* Of a GIL. Turns on a loop are told by what its tasks await. */
static void add_handoffs(struct gs_story *story, const struct gs_tables *tables,
                         const struct gs_lane *lane)
{
    if (kind_of(tables, lane) != GS_ACTOR_INTERPRETER)
        return;
    for (size_t i = 1; i < lane->holds.count; i++) {
        const struct gs_hold *before = &lane->holds.items[i - 1];
        const struct gs_hold *hold = &lane->holds.items[i];
        if (hold->owner != before->owner)
            gs_long_push(&story->list, ((struct gs_happening){.time = hold->start,
                                                              .actor = hold->owner,
                                                              .other = before->owner,
                                                              .kind = GS_HAPPENING_HANDOFF,
                                                              .why = before->why,
                                                              .let_go = before->end,
                                                              .index = i,
                                                              .interpreter = lane->actor}));
    }
}

static bool is_said(unsigned kind)
{
    return gs_event_says(kind) || kind == GS_EVENT_LOST || kind == GS_EVENT_GIL_INTERVAL;
}

static void add_said(struct gs_story *story, const struct gs_timeline *timeline)
{
    for (unsigned kind = 0; kind < GS_EVENT_KINDS; kind++) {
        if (!is_said(kind))
            continue;
        struct gs_points points = gs_timeline_points(timeline, kind);
        for (size_t i = 0; i < points.list.count; i++)
            gs_long_push(&story->list, ((struct gs_happening){.time = points.list.items[i].time,
                                                              .actor = points.list.items[i].actor,
                                                              .kind = GS_HAPPENING_SAID,
                                                              .index = i,
                                                              .event = points.list.items[i]}));
        gs_vec_free(&points.list);
    }
}

/* A hand-off begins a turn; what is said in it comes before an end. */
static int rank(const struct gs_happening *h)
{
    static const int ranks[] = {
        [GS_HAPPENING_HANDOFF] = 0, [GS_HAPPENING_BORN] = 1,  [GS_HAPPENING_SAID] = 2,
        [GS_HAPPENING_WAIT] = 3,    [GS_HAPPENING_BLOCK] = 4, [GS_HAPPENING_DIED] = 5};
    return ranks[h->kind];
}

#define ORDER(a, b)                                                                                \
    if ((a) != (b))                                                                                \
    return (a) < (b) ? -1 : 1

static int in_order(const void *left, const void *right)
{
    const struct gs_happening *a = left, *b = right;
    ORDER(a->time, b->time);
    ORDER(a->turn, b->turn);
    ORDER(rank(a), rank(b));
    ORDER(a->interpreter, b->interpreter);
    if (a->kind == GS_HAPPENING_HANDOFF)
        ORDER(a->index, b->index);
    ORDER(a->actor, b->actor);
    ORDER(a->event.kind, b->event.kind);
    ORDER(a->index, b->index);
    return 0;
}

/* In whose turn it happens, of those that the hand-offs of its instant begin; 0: before them all,
 * as what their first owner did. */
static uint32_t turn_of(const struct gs_happening *h, const struct gs_happening *handoffs,
                        size_t count)
{
    uint32_t doer = h->kind == GS_HAPPENING_BORN ? h->other : h->actor;
    for (size_t i = 0; i < count; i++) {
        if (handoffs[i].other == doer)
            return 0;
        if (handoffs[i].actor == doer)
            return (uint32_t)i + 1;
    }
    return 0;
}

/* The virtual clock has instants in which a GIL is handed on, to somebody who does much and ends:
 * that comes behind the hand-off, what led to it before. Sorted, an instant's hand-offs come first.
 */
static void take_turns(struct gs_happening *h, size_t count)
{
    size_t handoffs = 0;
    while (handoffs < count && h[handoffs].kind == GS_HAPPENING_HANDOFF)
        handoffs++;
    for (size_t n = handoffs; n < count; n++)
        h[n].turn = turn_of(&h[n], h, handoffs);
    for (size_t k = 0; k < handoffs; k++)
        h[k].turn = (uint32_t)k + 1;
}

struct instant {
    GS_VEC(struct gs_happening) list;
};

static void append_instant(struct gs_story *to, struct instant *instant)
{
    struct gs_happening *h = instant->list.items;
    size_t count = instant->list.count;
    if (count)
        qsort(h, count, sizeof *h, in_order);
    take_turns(h, count);
    if (count)
        qsort(h, count, sizeof *h, in_order);
    for (size_t i = 0; i < count; i++)
        gs_long_push(&to->list, h[i]);
    instant->list.count = 0;
}

/* What happens from then until then, in order. A sort of all would take memory for all. */
static struct gs_story in_time(const struct gs_story *all, uint64_t from, uint64_t until)
{
    struct gs_story story = {0};
    struct gs_merge merge = {0};
    struct gs_merged at;
    struct instant instant = {0};
    uint64_t now = 0;
    gs_merge_add_stretches(&merge, gs_sorted_items(&all->list, time), all->list.count);
    while (gs_merge_next(&merge, &at) && at.value <= until) {
        if (at.value != now)
            append_instant(&story, &instant);
        now = at.value;
        if (now >= from)
            gs_vec_push(&instant.list, all->list.items[at.index]);
    }
    append_instant(&story, &instant);
    gs_vec_free(&instant.list);
    gs_merge_free(&merge);
    return story;
}

static bool is_between(const struct gs_happening *h)
{
    return h->kind == GS_HAPPENING_HANDOFF || h->kind == GS_HAPPENING_WAIT ||
           h->kind == GS_HAPPENING_BLOCK;
}

static uint32_t actor_kind(const struct gs_tables *tables, uint32_t actor)
{
    const struct gs_actor_row *row = tables->actor(tables, actor);
    return row ? row->kind : 0;
}

/* From a birth (a death) on to the last one of its like that little but hand-offs and waits
 * separate from it; 1 if those are too few to be told together. */
static size_t crowd(const struct gs_tables *tables, const struct gs_happening *h, size_t count)
{
    uint32_t kind = actor_kind(tables, h->actor);
    size_t lives = 1, last = 0;
    for (size_t i = 1; i < count && i - last <= MOST_BETWEEN; i++) {
        if (h[i].kind == h[0].kind && h[i].other == h[0].other &&
            actor_kind(tables, h[i].actor) == kind) {
            lives++;
            last = i;
        } else if (!is_between(&h[i])) {
            break;
        }
    }
    return lives >= LEAST_CROWD ? last + 1 : 1;
}

static void append(struct gs_story *to, struct gs_happening h, uint32_t crowd)
{
    h.crowd = crowd;
    gs_long_push(&to->list, h);
}

/* Kind by kind, in the order in which they begin. */
static void append_sorted(struct gs_story *to, const struct gs_happening *h, size_t count,
                          uint32_t crowd)
{
    bool done[GS_HAPPENING_SAID + 1] = {0};
    for (size_t first = 0; first < count; first++) {
        if (done[h[first].kind])
            continue;
        done[h[first].kind] = true;
        for (size_t i = first; i < count; i++)
            if (h[i].kind == h[first].kind)
                append(to, h[i], crowd);
    }
}

/* A thousand threads that start one by one, each with its hand-offs, would be thousands of
 * sentences: where lives crowd, they are put together, and so are the waits and the hand-offs. */
static struct gs_story gather(const struct gs_story *from, const struct gs_tables *tables)
{
    struct gs_story to = {0};
    uint32_t crowds = 0;
    for (size_t i = 0, n; i < from->list.count; i += n) {
        const struct gs_happening *h = &from->list.items[i];
        bool life = h->kind == GS_HAPPENING_BORN || h->kind == GS_HAPPENING_DIED;
        n = life ? crowd(tables, h, from->list.count - i) : 1;
        append_sorted(&to, h, n, n > 1 ? ++crowds : 0);
    }
    return to;
}

struct gs_story gs_story_collect(const struct gs_timeline *timeline, uint64_t from, uint64_t until)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    struct gs_story all = {0};
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_lane *lane = gs_timeline_lane(timeline, id);
        if (!lane)
            continue;
        add_life(&all, timeline, lane);
        add_waits(&all, timeline, lane);
        add_blocks(&all, timeline, lane);
        add_handoffs(&all, tables, lane);
    }
    add_said(&all, timeline);
    struct gs_story story = in_time(&all, from, until);
    gs_long_free(&all.list);
    struct gs_story gathered = gather(&story, tables);
    gs_long_free(&story.list);
    return gathered;
}
