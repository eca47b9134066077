#include "export/tell.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>

/* Of more lanes than that, one by one, nobody would hear the end. */
enum { MOST_LANES = 40 };

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

static void tell_states(const struct gs_teller *t, const struct gs_lane_figures *lane)
{
    const char *between = ": ";
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        if (!lane->state_ns[s])
            continue;
        gs_print(&t->print, between);
        tell_share(t, lane->state_ns[s], lane->alive);
        gs_printf(&t->print, " %s", gs_state_word(s));
        between = ", ";
    }
}

static void tell_wait(const struct gs_teller *t, const char *whose, uint32_t lane,
                      const struct gs_wait_figure *wait)
{
    char text[32], what[160];
    if (wait)
        gs_printf(&t->print, "; %s longest wait is %s, %s", whose,
                  gs_text_duration(text, sizeof text, wait->longest),
                  gs_stats_wait_name(what, sizeof what, t->timeline, lane, wait));
}

static void tell_lane(const struct gs_teller *t, const struct gs_lane_figures *lane)
{
    char text[32];
    gs_tell_name(t, lane->actor);
    gs_printf(&t->print, " is there for %s", gs_text_duration(text, sizeof text, lane->alive));
    tell_states(t, lane);
    tell_wait(t, "its", lane->actor, gs_export_longest_wait(lane));
    gs_print(&t->print, ".\n");
}

/* All lanes as if they were one. */
static void tell_crowd(const struct gs_teller *t, const struct gs_stats *stats)
{
    struct gs_lane_figures all = {0};
    const struct gs_wait_figure *longest = NULL;
    for (size_t i = 0; i < stats->lanes.count; i++) {
        const struct gs_lane_figures *lane = &stats->lanes.items[i];
        const struct gs_wait_figure *wait = gs_export_longest_wait(lane);
        all.alive += lane->alive;
        for (unsigned s = 0; s < GS_STATES; s++)
            all.state_ns[s] += lane->state_ns[s];
        if (wait && (!longest || wait->longest > longest->longest)) {
            longest = wait;
            all.actor = lane->actor;
        }
    }
    char text[32];
    gs_printf(&t->print, "The %zu lanes are there for %s in all", stats->lanes.count,
              gs_text_duration(text, sizeof text, all.alive));
    if (all.alive)
        tell_states(t, &all);
    tell_wait(t, "the", all.actor, longest);
    if (longest) {
        gs_print(&t->print, ", of ");
        gs_tell_name(t, all.actor);
    }
    gs_print(&t->print, ".\n");
}

void gs_tell_totals(const struct gs_teller *t, uint64_t from, uint64_t until)
{
    struct gs_stats stats = {0};
    gs_stats_take(&stats, t->timeline, from, until);
    for (size_t i = 0; i < stats.gils.count; i++)
        tell_gil(t, &stats.gils.items[i]);
    if (stats.lanes.count > MOST_LANES)
        tell_crowd(t, &stats);
    for (size_t i = 0; i < stats.lanes.count && stats.lanes.count <= MOST_LANES; i++)
        if (stats.lanes.items[i].alive)
            tell_lane(t, &stats.lanes.items[i]);
    gs_stats_free(&stats);
}
