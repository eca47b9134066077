#include "export/tell.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>

static void tell_share(const struct gs_teller *t, uint64_t part, uint64_t whole)
{
    double percent = 100.0 * (double)part / (double)whole;
    if (percent < 1)
        gs_print(&t->print, "under 1 %");
    else
        gs_printf(&t->print, "%.0f %%", percent);
}

static void tell_gil(const struct gs_teller *t, const struct gs_gil_figures *gil)
{
    char hold[32], wait[32];
    gs_print(&t->print, "Over all, ");
    gs_tell_gil(t, gil->interpreter);
    gs_printf(&t->print, " is held %.0f %% of the time and changes hands %" PRIu64 " times",
              100 * gil->utilisation, gil->hand_offs);
    if (gil->hand_offs)
        gs_printf(&t->print, ", %.0f a second", gil->hand_offs_second);
    gs_printf(&t->print,
              "; half of the turns are longer than %s, half of the waits for it than %s.\n",
              gs_text_duration(hold, sizeof hold, gil->hold_p50),
              gs_text_duration(wait, sizeof wait, gil->wait_p50));
}

static void tell_lane(const struct gs_teller *t, const struct gs_lane_figures *lane)
{
    char text[32], what[160];
    const char *between = ": ";
    gs_tell_name(t, lane->actor);
    gs_printf(&t->print, " is there for %s", gs_text_duration(text, sizeof text, lane->alive));
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        if (!lane->state_ns[s])
            continue;
        gs_print(&t->print, between);
        tell_share(t, lane->state_ns[s], lane->alive);
        gs_printf(&t->print, " %s", gs_state_word(s));
        between = ", ";
    }
    const struct gs_wait_figure *longest = gs_export_longest_wait(lane);
    if (longest)
        gs_printf(&t->print, "; its longest wait is %s, %s",
                  gs_text_duration(text, sizeof text, longest->longest),
                  gs_stats_wait_name(what, sizeof what, t->timeline, longest));
    gs_print(&t->print, ".\n");
}

void gs_tell_totals(const struct gs_teller *t, uint64_t from, uint64_t until)
{
    struct gs_stats stats = {0};
    gs_stats_take(&stats, t->timeline, from, until);
    for (size_t i = 0; i < stats.gils.count; i++)
        tell_gil(t, &stats.gils.items[i]);
    for (size_t i = 0; i < stats.lanes.count; i++)
        if (stats.lanes.items[i].alive)
            tell_lane(t, &stats.lanes.items[i]);
    gs_stats_free(&stats);
}
