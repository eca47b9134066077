#include "timeline/judge/verify_task.h"

#include "timeline/judge/verify_cause.h"
#include "timeline/names.h"

/* What a thread lost its core for, it tells afterwards, and of itself alone. */
static bool is_same(unsigned state, unsigned thread)
{
    return thread == state || (state == GS_STATE_RUNNING && thread == GS_STATE_READY);
}

/* A task that another one's first step runs in waits for that, whatever its thread does. */
static bool has_turn(const struct gs_judge *j, const struct gs_lane *lane, uint64_t time)
{
    uint32_t of = ((const struct gs_book *)lane)->loop;
    const struct gs_lane *loop = of ? gs_timeline_lane(j->t, of) : NULL;
    long at = loop ? gs_lane_hold_at(loop, time) : -1;
    return !loop || (at >= 0 && loop->holds.items[at].owner == lane->actor);
}

/* Where from `from` on the thread is not in the state, up to `until`; that: it always is. */
static uint64_t differs_at(const struct gs_judge *j, const struct gs_lane *lane,
                           const struct gs_lane *thread, unsigned state, uint64_t from,
                           uint64_t until)
{
    long at = gs_lane_span_at(thread, from);
    for (size_t i = at < 0 ? 0 : (size_t)at; i < thread->spans.count && from < until; i++) {
        const struct gs_span *span = &thread->spans.items[i];
        uint64_t end = gs_span_end(j->t, span);
        if (end <= from)
            continue;
        if ((span->start > from || !is_same(state, span->state)) && has_turn(j, lane, from))
            return from;
        from = end;
    }
    return from < until && has_turn(j, lane, from) ? from : until;
}

static void judge_mirror(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span)
{
    uint32_t carrier = gs_store_carrier(j->t->tables, lane->actor);
    const struct gs_lane *thread = gs_timeline_lane(j->t, carrier);
    uint64_t end = gs_span_end(j->t, span);
    uint64_t at = thread ? differs_at(j, lane, thread, span->state, span->start, end) : span->start;
    if (at >= end || gs_judge_lost(j, lane->actor, span->start, end))
        return;
    struct gs_judge_words w;
    gs_judge_violate(j, at, lane->actor, "%s is '%s' at %s, which its thread, %s, is not.",
                     gs_judge_name(j, w.actor, lane->actor), gs_state_word(span->state),
                     gs_judge_duration(w.time, at), gs_judge_name(j, w.other, carrier));
}

/* In it a task may be begun at once; one that had its turn before has it still. */
static void judge_callback(struct gs_judge *j, const struct gs_lane *loop,
                           const struct gs_label *callback)
{
    long at = gs_lane_hold_at(loop, callback->start);
    const struct gs_hold *turn = at < 0 ? NULL : &loop->holds.items[at];
    if (!turn || turn->start >= callback->start || gs_hold_end(j->t, turn) <= callback->start ||
        gs_judge_lost(j, turn->owner, turn->start, callback->start))
        return;
    struct gs_judge_words w;
    char text[GS_NAME_SIZE];
    gs_judge_violate(
        j, callback->start, loop->actor, "%s calls %s at %s, while %s has its turn on it.",
        gs_judge_name(j, w.actor, loop->actor),
        gs_name_string(text, sizeof text, j->t->tables, callback->text),
        gs_judge_duration(w.time, callback->start), gs_judge_name(j, w.other, turn->owner));
}

void gs_judge_callbacks(struct gs_judge *j, const struct gs_lane *loop)
{
    for (size_t i = 0; i < loop->labels.count; i++)
        judge_callback(j, loop, &loop->labels.items[i]);
}

void gs_judge_on_loop(struct gs_judge *j, const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        if (span->state == GS_STATE_AWAITING)
            gs_judge_cause(j, lane, span);
        else if (gs_state_has_turn(span->state))
            judge_mirror(j, lane, span);
    }
}
