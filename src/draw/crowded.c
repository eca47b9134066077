#include "draw/lanes.h"

/* Index of the stretch of a row at a time: spans of a lane, owners of a GIL. */
static long stretch_at(const struct gs_row *row, const struct gs_lane *lane, uint64_t time)
{
    return row->kind == GS_ROW_GIL ? gs_lane_hold_at(lane, time) : gs_lane_span_at(lane, time);
}

/* A burst in one place, short beside the whole, is no loss; nor are the turns on a loop, which are
 * short as a rule, and told by its tasks' lanes. */
bool gs_lanes_crowded(const struct gs_timeline *timeline, const struct gs_row *row, int columns,
                      uint64_t from, uint64_t span)
{
    const struct gs_lane *lane = gs_timeline_lane(timeline, row->actor);
    uint64_t cells = (uint64_t)(columns > 30 ? columns / 3 : 10), full = 0;
    if (!lane || (row->kind != GS_ROW_LANE && row->kind != GS_ROW_GIL))
        return false;
    long before = stretch_at(row, lane, from);
    for (uint64_t i = 1; i <= cells; i++) {
        long here = stretch_at(row, lane, from + span / cells * i);
        full += here - before >= 2;
        before = here;
    }
    return full * 3 > cells;
}
