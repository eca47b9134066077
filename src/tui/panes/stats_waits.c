#include "tui/panes/stats_waits.h"

#include "base/text.h"
#include "draw/shorten.h"
#include "timeline/names.h"

#include <inttypes.h>
#include <stdio.h>

/* A line each wait, and one for who ended them. */
static int lines_of(const struct gs_lane_figures *lane)
{
    return (int)lane->waits.count + (lane->causes.count > 0);
}

int gs_stats_waits_lines(const struct gs_stats *stats)
{
    int lines = 0;
    for (size_t i = 0; i < stats->lanes.count; i++)
        lines += lines_of(&stats->lanes.items[i]);
    return lines + 1;
}

static const char *times(char *buffer, size_t size, uint64_t count)
{
    snprintf(buffer, size, count == 1 ? "once" : "%" PRIu64 " times", count);
    return buffer;
}

/* "25.2 ms wants-gil, 6 times, 5.0 ms at most" */
static void wait_words(char *buffer, size_t size, const struct gs_timeline *timeline,
                       const struct gs_lane_figures *lane, const struct gs_wait_figure *wait)
{
    char total[32], longest[32], count[32], what[GS_NAME_SIZE];
    int used =
        snprintf(buffer, size, "%s %s, %s", gs_text_duration(total, sizeof total, wait->total),
                 gs_stats_wait_name(what, sizeof what, timeline, lane->actor, wait),
                 times(count, sizeof count, wait->count));
    if (wait->count > 1)
        snprintf(buffer + used, size - (size_t)used, ", %s at most",
                 gs_text_duration(longest, sizeof longest, wait->longest));
}

/* "ended by Thread 2 5 times, by main once" */
static void cause_words(char *buffer, size_t size, const struct gs_timeline *timeline,
                        const struct gs_lane_figures *lane)
{
    size_t used = (size_t)snprintf(buffer, size, "ended ");
    for (size_t i = 0; i < lane->causes.count && used < size; i++) {
        const struct gs_cause_figure *cause = &lane->causes.items[i];
        char name[GS_NAME_SIZE], count[32];
        used += (size_t)snprintf(
            buffer + used, size - used, "%sby %s %s", i ? ", " : "",
            gs_stats_cause_name(name, sizeof name, timeline, (uint32_t)cause->cause),
            times(count, sizeof count, cause->count));
    }
}

void gs_stats_waits_draw(struct gs_canvas *canvas, struct gs_box box, int names,
                         const struct gs_timeline *timeline, const struct gs_stats *stats,
                         int index)
{
    char name[GS_NAME_SIZE], words[512];
    if (index-- == 0) {
        gs_canvas_text(canvas, box.x, box.y, box.width, GS_ROLE_TITLE, 0, "who waited for what");
        return;
    }
    const struct gs_lane_figures *lane = stats->lanes.items;
    for (; index >= lines_of(lane); lane++)
        index -= lines_of(lane);
    bool last = (size_t)index == lane->waits.count;
    if (index == 0)
        gs_canvas_name(canvas, box.x, box.y, names, GS_ROLE_TEXT, 0,
                       gs_name_actor(name, sizeof name, timeline, lane->actor));
    if (last)
        cause_words(words, sizeof words, timeline, lane);
    else
        wait_words(words, sizeof words, timeline, lane, &lane->waits.items[index]);
    gs_canvas_text(canvas, box.x + names + 1, box.y, box.width - names - 1,
                   last ? GS_ROLE_DIM : GS_ROLE_TEXT, 0, words);
}
