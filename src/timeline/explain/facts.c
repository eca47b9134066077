/* What is so at an instant: the sentences are made of it. */
#include "timeline/explain/facts.h"

#include "timeline/members.h"
#include "timeline/store.h"

uint64_t gs_explain_hold_end(const struct gs_timeline *t, const struct gs_hold *hold)
{
    const struct gs_lane *owner = gs_timeline_lane(t, hold->owner);
    if (!hold->open)
        return hold->end;
    return owner && owner->died ? owner->death : UINT64_MAX;
}

const struct gs_hold *gs_explain_hold(const struct gs_timeline *t, uint32_t interpreter,
                                      uint64_t time, size_t *index)
{
    const struct gs_lane *gil = gs_timeline_lane(t, interpreter);
    long at = gil ? gs_lane_hold_at(gil, time) : -1;
    if (at < 0 || gs_explain_hold_end(t, &gil->holds.items[at]) <= time)
        return NULL;
    if (index)
        *index = (size_t)at;
    return &gil->holds.items[at];
}

enum gs_gil_profile gs_explain_profile(const struct gs_timeline *t, uint32_t interpreter)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_actor_row *row = tables->actor(tables, interpreter);
    return row ? (enum gs_gil_profile)row->gil : GS_GIL_UNSET;
}

const struct gs_span *gs_explain_span(const struct gs_timeline *t, uint32_t actor, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, actor);
    long at = lane ? gs_lane_span_at(lane, time) : -1;
    const struct gs_span *span = at < 0 ? NULL : &lane->spans.items[at];
    return span && (span->open || span->end > time) ? span : NULL;
}

const struct gs_object_row *gs_explain_object(const struct gs_timeline *t, uint32_t object)
{
    static const struct gs_object_row unknown;
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_object_row *row = tables->object(tables, object);
    return row ? row : &unknown;
}

/* Of several who have a share nobody is the one. */
static uint32_t only_owner(const struct gs_timeline *t, uint32_t object, uint64_t time)
{
    struct gs_claim claims[2];
    size_t count = gs_timeline_claims(t, object, time, claims, 2);
    return count && (count == 1 || (count == 2 && claims[0].owner == claims[1].owner))
               ? claims[0].owner
               : 0;
}

/* Of several that are awaited the last one. */
static uint32_t only_member(const struct gs_timeline *t, uint32_t actor, const struct gs_span *span,
                            uint64_t time)
{
    uint32_t one = 0;
    struct gs_members members = gs_members_at(t, actor, span, time, &one, 1);
    return members.undone == 1 && members.untold == 0 ? one : 0;
}

/* Who runs what a thread was given to do; of several, the last one. */
static uint32_t who_runs_it(const struct gs_timeline *t, uint32_t actor, const struct gs_span *span,
                            uint64_t time)
{
    uint32_t one = 0;
    struct gs_members_handed handed = gs_members_handed(t, actor, span, time, &one, 1);
    return handed.run == 1 && handed.untaken == 0 ? one : 0;
}

uint32_t gs_explain_blocker(const struct gs_timeline *t, uint32_t actor, const struct gs_span *span,
                            uint64_t time)
{
    if (span->state != GS_STATE_WAITING && span->state != GS_STATE_AWAITING)
        return 0;
    const struct gs_object_row *row = gs_explain_object(t, span->on);
    switch (row->kind) {
    case GS_OBJECT_LOCK:
    case GS_OBJECT_RLOCK:
    case GS_OBJECT_SEMAPHORE:
    case GS_OBJECT_TASKS:
        return only_owner(t, span->on, time);
    case GS_OBJECT_THREAD:
    case GS_OBJECT_TASK:
        return row->actor;
    case GS_OBJECT_FUTURE: {
        uint32_t runs = who_runs_it(t, actor, span, time);
        return runs ? runs : only_member(t, actor, span, time);
    }
    }
    return 0;
}

uint32_t gs_explain_lock_owner(const struct gs_timeline *t, const struct gs_span *span,
                               uint64_t time)
{
    uint32_t kind = gs_explain_object(t, span->on)->kind;
    return kind == GS_OBJECT_LOCK || kind == GS_OBJECT_RLOCK ? gs_explain_blocker(t, 0, span, time)
                                                             : 0;
}

bool gs_explain_has_ended(const struct gs_timeline *t, uint32_t actor, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, actor);
    return lane && lane->died && lane->death <= time;
}

uint32_t gs_explain_circle(const struct gs_timeline *t, uint32_t actor, uint64_t time)
{
    enum { LONGEST = 64 };
    uint32_t at = actor;
    for (uint32_t length = 1; length <= LONGEST; length++) {
        const struct gs_span *span = gs_explain_span(t, at, time);
        at = span ? gs_explain_blocker(t, at, span, time) : 0;
        if (!at)
            return 0;
        if (at == actor)
            return length;
    }
    return 0;
}
