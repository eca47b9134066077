#include "timeline/members.h"

#include "timeline/messages.h"

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

uint64_t gs_members_handed(const struct gs_timeline *t, uint32_t task, const struct gs_span *span)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    if (!lane || span->state != GS_STATE_AWAITING)
        return 0;
    size_t i = first_point(lane, span->start);
    const struct gs_event *e = next_member(lane, &i, gs_span_end(t, span));
    return e && e->flags & GS_MEMBER_HANDED ? e->a : 0;
}

static bool is_in_label(const struct gs_timeline *t, uint32_t actor, uint64_t since, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, actor);
    long at = lane ? gs_lane_label_at(lane, time) : -1;
    const struct gs_label *label = at < 0 ? NULL : &lane->labels.items[at];
    return label && label->start >= since;
}

struct gs_taker gs_members_taker(const struct gs_timeline *t, uint64_t item, uint64_t time)
{
    const struct gs_message *message =
        gs_timeline_message(t, (uint32_t)item, (uint32_t)(item >> 32));
    bool taken = message && message->to && message->received <= time;
    if (!taken)
        return (struct gs_taker){0};
    return (struct gs_taker){.actor = message->to,
                             .runs = is_in_label(t, message->to, message->received, time)};
}
