#include "timeline/members.h"

static bool has_ended(const struct gs_timeline *t, uint32_t task, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    return lane && lane->died && lane->death <= time;
}

static size_t first_point(const struct gs_lane *lane, uint64_t time)
{
    return time ? (size_t)(gs_lane_point_at(lane, time - 1) + 1) : 0;
}

struct gs_members gs_members_at(const struct gs_timeline *t, uint32_t task,
                                const struct gs_span *span, uint64_t time, uint32_t *undone,
                                size_t most)
{
    const struct gs_lane *lane = gs_timeline_lane(t, task);
    struct gs_members members = {0};
    if (!lane || span->state != GS_STATE_AWAITING)
        return members;
    uint64_t end = gs_span_end(t, span);
    for (size_t i = first_point(lane, span->start); i < lane->points.count; i++) {
        const struct gs_event *e = &lane->points.items[i].event;
        if (e->time > end)
            break;
        if (e->kind != GS_EVENT_MEMBER)
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
