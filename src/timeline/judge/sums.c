#include "timeline/judge/sums.h"

#include "timeline/judge/stats.h"

struct gs_sums gs_sums_take(const struct gs_timeline *timeline, uint64_t from, uint64_t until)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    struct gs_stats stats;
    gs_stats_take(&stats, timeline, from, until);
    struct gs_sums sums = {.ns = stats.duration};
    for (size_t i = 0; i < stats.lanes.count; i++) {
        const struct gs_lane_figures *lane = &stats.lanes.items[i];
        const struct gs_actor_row *row = tables->actor(tables, lane->actor);
        for (unsigned s = 0; row && row->kind == GS_ACTOR_THREAD && s < GS_STATES; s++)
            sums.state_ns[s] += lane->state_ns[s];
        sums.sent_bytes += lane->sent_bytes;
    }
    for (size_t i = 0; i < stats.gils.count; i++)
        sums.hand_offs += stats.gils.items[i].hand_offs;
    for (size_t i = 0; i < stats.loops.count; i++)
        sums.turns += stats.loops.items[i].turns;
    for (size_t i = 0; i < stats.processes.count; i++)
        sums.memory += stats.processes.items[i].memory;
    uint64_t busy = sums.state_ns[GS_STATE_RUNNING] + sums.state_ns[GS_STATE_NATIVE];
    sums.cores = sums.ns ? (double)busy / (double)sums.ns : 0;
    gs_stats_free(&stats);
    return sums;
}
