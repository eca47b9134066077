#include "export/tell/tell.h"

#include "base/text.h"
#include "timeline/explain/awaited.h"
#include "trace/where.h"

#include <inttypes.h>
#include <stdlib.h>

/* Of more lanes than that, one by one, nobody would hear the end. */
enum { MOST_LANES = 40 };

static void tell_percent(const struct gs_teller *t, double percent)
{
    if (percent < 1)
        gs_print(&t->print, "under 1 %");
    else
        gs_printf(&t->print, "%.0f %%", percent);
}

/* "half of the turns are longer than 5.0 ms"; where half of them took no time, the longest says
 * more. one: "its one turn", many: "the turns". */
static void tell_lengths(const struct gs_teller *t, const char *one, const char *many,
                         uint64_t count, uint64_t median, uint64_t longest)
{
    char text[32];
    if (count == 1)
        gs_printf(&t->print, "%s lasts %s", one, gs_text_duration(text, sizeof text, longest));
    else if (median)
        gs_printf(&t->print, "half of %s are longer than %s", many,
                  gs_text_duration(text, sizeof text, median));
    else if (longest)
        gs_printf(&t->print, "half of %s are over at once, the longest lasts %s", many,
                  gs_text_duration(text, sizeof text, longest));
    else
        gs_printf(&t->print, "%s are over at once", many);
}

static void tell_hand_offs(const struct gs_teller *t, const struct gs_gil_figures *gil)
{
    if (gil->hand_offs > 1)
        gs_printf(&t->print, " and changes hands %" PRIu64 " times", gil->hand_offs);
    else
        gs_print(&t->print,
                 gil->hand_offs ? " and changes hands once" : " and never changes hands");
    if (gil->hand_offs > 1 && gil->hand_offs_second >= 0.5)
        gs_printf(&t->print, ", %.0f a second", gil->hand_offs_second);
}

static void tell_gil(const struct gs_teller *t, const struct gs_gil_figures *gil)
{
    gs_print(&t->print, "Over all, ");
    gs_tell_gil(t, gil->interpreter);
    if (!gil->holds) {
        gs_print(&t->print, " is never held.\n");
        return;
    }
    gs_print(&t->print, " is held ");
    tell_percent(t, 100 * gil->utilisation);
    gs_print(&t->print, " of the time");
    tell_hand_offs(t, gil);
    gs_print(&t->print, "; ");
    tell_lengths(t, "its one turn", "the turns", gil->holds, gil->hold_p50, gil->hold_max);
    gs_print(&t->print, ", ");
    if (gil->wait_max)
        tell_lengths(t, "the one wait for it", "the waits for it", gil->waits, gil->wait_p50,
                     gil->wait_max);
    else
        gs_print(&t->print, "nobody waits for it");
    gs_print(&t->print, ".\n");
}

static void tell_states(const struct gs_teller *t, const struct gs_lane_figures *lane)
{
    const char *between = ": ";
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        if (!lane->state_ns[s])
            continue;
        gs_print(&t->print, between);
        tell_percent(t, 100.0 * (double)lane->state_ns[s] / (double)lane->alive);
        gs_printf(&t->print, " %s", gs_state_word(s));
        between = ", ";
    }
}

static const char *ready_words(const struct gs_teller *t, uint32_t actor)
{
    return gs_tell_kind(t, actor) == GS_ACTOR_TASK ? "for its turn on the loop" : "for a core";
}

/* What a wait was for, in words; its state's name is for tables. */
static const char *wait_words(char *buffer, size_t size, const struct gs_teller *t, uint32_t actor,
                              const struct gs_wait_figure *wait)
{
    const struct gs_lane *lane = gs_timeline_lane(t->timeline, actor);
    const struct gs_span *span = &lane->spans.items[wait->longest_span];
    char what[GS_AWAITED_SIZE];
    if (span->on)
        snprintf(buffer, size, "for %s",
                 gs_awaited_words(what, sizeof what, t->timeline, lane, span));
    else
        snprintf(buffer, size, "%s",
                 span->state == GS_STATE_WANTS_GIL  ? "for the GIL"
                 : span->state == GS_STATE_SLEEPING ? "asleep"
                 : span->state == GS_STATE_IO       ? "for a socket or pipe"
                 : span->state == GS_STATE_READY    ? ready_words(t, actor)
                                                    : "for somebody");
    return buffer;
}

static void tell_wait(const struct gs_teller *t, const char *whose, uint32_t actor,
                      const struct gs_wait_figure *wait)
{
    char text[32], what[GS_AWAITED_SIZE + 8];
    if (wait && wait->longest)
        gs_printf(&t->print, "; %s longest wait is %s, %s", whose,
                  gs_text_duration(text, sizeof text, wait->longest),
                  wait_words(what, sizeof what, t, actor, wait));
}

static void tell_lane(const struct gs_teller *t, const struct gs_lane_figures *lane)
{
    char text[32];
    gs_tell_name(t, lane->actor);
    gs_printf(&t->print, " is there for %s", gs_text_duration(text, sizeof text, lane->alive));
    tell_states(t, lane);
    tell_wait(t, "its", lane->actor, gs_stats_longest_wait(lane));
    gs_print(&t->print, ".\n");
}

/* "; the longest lasts 5.0 ms, that of fetch (line 12)". */
static void tell_step(const struct gs_teller *t, const struct gs_step_figure *step)
{
    char text[32], where[GS_WHERE_SIZE];
    if (!step->of)
        return;
    gs_printf(&t->print, "; the longest lasts %s, that of ",
              gs_text_duration(text, sizeof text, step->ns));
    gs_tell_name(t, step->of);
    const struct gs_where_figure *at = &step->where;
    if (at->line && at->state == GS_STATE_RUNNING && !at->computed)
        gs_printf(&t->print, " (on from %s)",
                  gs_where_line(where, sizeof where, t->tables, at->line, at->place));
    else if (at->line)
        gs_printf(&t->print, " (%s)",
                  gs_where_text(where, sizeof where, t->tables, at->line, at->place));
}

static void tell_loop(const struct gs_teller *t, const struct gs_loop_figures *loop)
{
    char text[32];
    bool one = loop->tasks == 1;
    gs_tell_name(t, loop->loop);
    gs_printf(&t->print, " has %" PRIu64 " task%s, which ha%s %" PRIu64 " turn%s and take%s ",
              loop->tasks, one ? "" : "s", one ? "s" : "ve", loop->turns,
              loop->turns == 1 ? "" : "s", one ? "s" : "");
    tell_percent(t, 100 * loop->utilisation);
    gs_print(&t->print, " of its time");
    tell_step(t, &loop->longest);
    if (loop->wait_max)
        gs_printf(&t->print, "; who is ready waits for its turn for up to %s",
                  gs_text_duration(text, sizeof text, loop->wait_max));
    gs_print(&t->print, ".\n");
}

/* All lanes as if they were one. */
static void tell_crowd(const struct gs_teller *t, const struct gs_stats *stats)
{
    struct gs_lane_figures all = {0};
    const struct gs_wait_figure *longest = NULL;
    for (size_t i = 0; i < stats->lanes.count; i++) {
        const struct gs_lane_figures *lane = &stats->lanes.items[i];
        const struct gs_wait_figure *wait = gs_stats_longest_wait(lane);
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
    for (size_t i = 0; i < stats.loops.count; i++)
        tell_loop(t, &stats.loops.items[i]);
    gs_stats_free(&stats);
}
