#include "timeline/judge/verify_gil.h"

static bool excused(const struct gs_judge *j, const struct gs_hold *first,
                    const struct gs_hold *second)
{
    uint64_t end = gs_hold_end(j->t, first), other_end = gs_hold_end(j->t, second);
    end = end > other_end ? end : other_end;
    if (first->open) /* its drop may be in any hole behind */
        end = UINT64_MAX;
    return gs_judge_lost(j, first->owner, first->start, end) ||
           gs_judge_lost(j, second->owner, first->start, end);
}

static void tell_two_owners(struct gs_judge *j, const struct gs_lane *gil,
                            const struct gs_hold *first, const struct gs_hold *second)
{
    struct gs_judge_words w;
    gs_judge_name(j, w.gil, gil->actor);
    gs_judge_name(j, w.actor, second->owner);
    gs_judge_name(j, w.other, first->owner);
    gs_judge_duration(w.time, second->start);
    if (first->open)
        gs_judge_violate(j, second->start, second->owner,
                         "Two owners of the GIL of %s: %s took it at %s, and %s has not let go.",
                         w.gil, w.actor, w.time, w.other);
    else
        gs_judge_violate(j, second->start, second->owner,
                         "Two owners of the GIL of %s: %s took it at %s, %s before %s let go.",
                         w.gil, w.actor, w.time,
                         gs_judge_duration(w.length, first->end - second->start), w.other);
}

/* Who has it and was in a state stays in one until he has let go. */
static void judge_owner(struct gs_judge *j, const struct gs_lane *gil, const struct gs_hold *hold)
{
    const struct gs_lane *owner = gs_timeline_lane(j->t, hold->owner);
    if (hold->open || hold->start == hold->end || !owner)
        return;
    long at = gs_lane_span_at(owner, hold->end - 1);
    if (at < 0)
        return;
    uint64_t left = gs_span_end(j->t, &owner->spans.items[at]);
    if (left >= hold->end || gs_judge_lost(j, hold->owner, hold->start, hold->end))
        return;
    struct gs_judge_words w;
    gs_judge_name(j, w.actor, hold->owner);
    gs_judge_name(j, w.gil, gil->actor);
    uint64_t from = left > hold->start ? left : hold->start;
    gs_judge_violate(
        j, from, hold->owner, "%s is in no state at %s, for %s, and has the GIL of %s.", w.actor,
        gs_judge_duration(w.time, from), gs_judge_duration(w.length, hold->end - from), w.gil);
}

/* One owner at a time. `widest` is the earlier hold that lasts longest: the next one need not be
 * the neighbour of what it overlaps. */
void gs_judge_holds(struct gs_judge *j, const struct gs_lane *gil)
{
    size_t widest = 0;
    for (size_t i = 0; i < gil->holds.count; i++)
        judge_owner(j, gil, &gil->holds.items[i]);
    for (size_t i = 1; i < gil->holds.count; i++) {
        const struct gs_hold *before = &gil->holds.items[widest], *hold = &gil->holds.items[i];
        bool overlap = before->open || before->end > hold->start;
        if (overlap && before->owner != hold->owner && !excused(j, before, hold))
            tell_two_owners(j, gil, before, hold);
        if (before->open || hold->open || hold->end >= before->end)
            widest = i;
    }
}

/* A task runs by right of the thread that owns the GIL. */
static bool owns(const struct gs_judge *j, const struct gs_hold *hold, uint32_t actor)
{
    return hold->owner == actor || hold->owner == gs_store_carrier(j->t->tables, actor);
}

/* How far from `from` on the actor owns the GIL without a gap, as far as anybody wants to know;
 * `from` itself: not at all. */
static uint64_t owned_until(const struct gs_judge *j, const struct gs_lane *gil, uint32_t actor,
                            uint64_t from, uint64_t far)
{
    enum { LOOK_BACK = 8 }; /* holds that a broken trace has on top of the actor's own */
    long at = gs_lane_hold_at(gil, from);
    uint64_t until = from;
    for (long i = at; i >= 0 && i > at - LOOK_BACK; i--) {
        const struct gs_hold *hold = &gil->holds.items[i];
        uint64_t end = hold->open ? UINT64_MAX : hold->end;
        if (!owns(j, hold, actor) || end <= from)
            continue;
        until = end;
        at = i;
        break;
    }
    if (until == from)
        return from;
    for (size_t i = (size_t)at + 1; i < gil->holds.count && until < far; i++) {
        const struct gs_hold *hold = &gil->holds.items[i];
        if (hold->start != until || !owns(j, hold, actor))
            break;
        until = gs_hold_end(j->t, hold);
    }
    return until;
}

void gs_judge_ownership(struct gs_judge *j, const struct gs_lane *lane, size_t index,
                        uint32_t interpreter)
{
    const struct gs_span *span = &lane->spans.items[index];
    uint64_t end = gs_span_end(j->t, span);
    const struct gs_actor_row *row = j->t->tables->actor(j->t->tables, interpreter);
    if (span->start == end || !gs_actor_has_gil(row))
        return;
    const struct gs_lane *gil = gs_timeline_lane(j->t, interpreter);
    uint64_t owned = gil ? owned_until(j, gil, lane->actor, span->start, end) : span->start;
    if (owned >= end)
        return;
    /* Its take may be what was lost: then nothing is known since the state before. */
    size_t told = gs_judge_told(lane, index);
    uint64_t known_from =
        told ? lane->spans.items[gs_judge_told(lane, told - 1)].start : lane->birth;
    if (gs_judge_lost(j, lane->actor, known_from, end))
        return;
    struct gs_judge_words w;
    gs_judge_name(j, w.actor, lane->actor);
    gs_judge_name(j, w.gil, interpreter);
    if (owned > span->start)
        gs_judge_violate(j, owned, lane->actor,
                         "%s runs on at %s, for %s, after it let go of the GIL of %s.", w.actor,
                         gs_judge_duration(w.time, owned), gs_judge_duration(w.length, end - owned),
                         w.gil);
    else
        gs_judge_violate(j, span->start, lane->actor,
                         "%s runs at %s, for %s, without the GIL of %s.", w.actor,
                         gs_judge_duration(w.time, span->start),
                         gs_judge_duration(w.length, end - span->start), w.gil);
}

bool gs_judge_others_owned(const struct gs_judge *j, const struct gs_lane *lane,
                           const struct gs_span *span, uint32_t interpreter)
{
    const struct gs_lane *gil = gs_timeline_lane(j->t, interpreter);
    if (!gil || span->start == span->end)
        return false;
    long last = gs_lane_hold_at(gil, span->end - 1);
    for (long i = last; i >= 0 && i > last - 4; i--) {
        const struct gs_hold *hold = &gil->holds.items[i];
        if (!owns(j, hold, lane->actor) && gs_hold_end(j->t, hold) > span->start)
            return true;
    }
    return false;
}

/* The start of the last hold that is known to be the actor's. */
static uint64_t last_take(const struct gs_judge *j, const struct gs_lane *gil, uint32_t actor,
                          uint64_t until)
{
    for (long i = gil ? gs_lane_hold_at(gil, until) : -1; i >= 0; i--) {
        if (owns(j, &gil->holds.items[i], actor))
            return gil->holds.items[i].start;
    }
    return 0;
}

bool gs_judge_let_go_unseen(const struct gs_judge *j, const struct gs_span *span,
                            uint32_t interpreter, uint32_t who)
{
    if (!gs_timeline_lost(j->t))
        return false;
    const struct gs_lane *gil = gs_timeline_lane(j->t, interpreter);
    return gs_judge_lost(j, who, last_take(j, gil, who, span->end), span->end + 1);
}

bool gs_judge_let_go(const struct gs_judge *j, const struct gs_lane *lane,
                     const struct gs_span *span, uint32_t interpreter, uint32_t who)
{
    const struct gs_lane *gil = gs_timeline_lane(j->t, interpreter);
    for (long i = gil ? gs_lane_hold_at(gil, span->end) : -1; i >= 0; i--) {
        const struct gs_hold *hold = &gil->holds.items[i];
        if (gs_hold_end(j->t, hold) < span->start)
            return false;
        if (owns(j, hold, who) && gs_hold_end(j->t, hold) <= span->end)
            return true;
        /* Of what begins and ends at one instant nobody knows which was the last, and what begins
         * at the wish's end may be the next. */
        if (!owns(j, hold, lane->actor) && hold->start != hold->end && hold->start < span->end)
            return false;
    }
    return false;
}
