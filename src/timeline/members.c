#include "timeline/members.h"

#include "timeline/messages.h"
#include "timeline/store.h"

static bool has_ended(const struct gs_timeline *t, uint32_t task, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    return lane && lane->died && lane->death <= time;
}

static size_t first_point(const struct gs_lane *lane, uint64_t time)
{
    return time ? (size_t)(gs_lane_point_at(lane, time - 1) + 1) : 0;
}

/* From the i-th point on; NULL: there is none by then. */
static const struct gs_event *next_member(const struct gs_lane *lane, size_t *i, uint64_t end)
{
    while (*i < lane->points.count) {
        const struct gs_event *e = &lane->points.items[(*i)++].event;
        if (e->time > end)
            return NULL;
        if (e->kind == GS_EVENT_MEMBER)
            return e;
    }
    return NULL;
}

struct gs_members gs_members_at(const struct gs_timeline *t, uint32_t task,
                                const struct gs_span *span, uint64_t time, uint32_t *undone,
                                size_t most)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    struct gs_members members = {0};
    if (!lane || span->state != GS_STATE_AWAITING)
        return members;
    size_t i = first_point(lane, span->start);
    for (const struct gs_event *e; (e = next_member(lane, &i, gs_span_end(t, span)));) {
        if (e->flags & GS_MEMBER_HANDED)
            continue;
        members.of = (uint32_t)e->b;
        members.untold = (uint32_t)(e->b >> 32);
        if (has_ended(t, (uint32_t)e->a, time))
            continue;
        if (members.undone < most)
            undone[members.undone] = (uint32_t)e->a;
        members.undone++;
    }
    return members;
}

/* An item is a label of who runs it, which may have run others before and may since. */
static bool is_in_its_label(const struct gs_timeline *t, uint32_t actor, uint64_t since,
                            uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, actor);
    size_t at = lane && since ? gs_sorted_until(&lane->labels, start, since - 1) : 0;
    if (!lane || at >= lane->labels.count)
        return false;
    const struct gs_label *label = &lane->labels.items[at];
    return label->start <= time && gs_label_end(t, label) > time;
}

struct gs_taker gs_members_taker(const struct gs_timeline *t, uint64_t item, uint64_t time)
{
    const struct gs_message *message =
        gs_timeline_message(t, (uint32_t)item, (uint32_t)(item >> 32));
    bool taken = message && message->to && message->received <= time;
    if (!taken)
        return (struct gs_taker){0};
    return (struct gs_taker){.actor = message->to,
                             .runs = is_in_its_label(t, message->to, message->received, time)};
}

struct gs_members_handed gs_members_handed(const struct gs_timeline *t, uint32_t task,
                                           const struct gs_span *span, uint64_t time,
                                           uint32_t *runners, size_t most)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    struct gs_members_handed handed = {0};
    if (!lane || span->state != GS_STATE_AWAITING)
        return handed;
    size_t i = first_point(lane, span->start);
    for (const struct gs_event *e; (e = next_member(lane, &i, gs_span_end(t, span)));) {
        if (!(e->flags & GS_MEMBER_HANDED))
            continue;
        struct gs_taker taker = gs_members_taker(t, e->a, time);
        bool undone = taker.runs || !taker.actor;
        if (!handed.first || (undone && handed.run + handed.untaken == 0))
            handed.first = e->a;
        handed.of++;
        handed.untaken += !taker.actor;
        if (taker.runs && handed.run < most)
            runners[handed.run] = taker.actor;
        handed.run += taker.runs;
    }
    return handed;
}
