/* What the files that count have in common. Private to judge/. */
#ifndef GS_TIMELINE_JUDGE_STATS_PARTS_H
#define GS_TIMELINE_JUDGE_STATS_PARTS_H

#include "timeline/judge/stats.h"

/* What is counted: from … until, the latter one excluded. */
struct gs_stats_window {
    const struct gs_timeline *t;
    uint64_t from, until;
};

typedef GS_LONG(uint64_t) gs_durations;

static inline bool gs_stats_is_inside(const struct gs_stats_window *w, uint64_t time)
{
    return time >= w->from && time < w->until;
}

/* What of [start, end) lies in the window. */
static inline uint64_t gs_stats_clip(const struct gs_stats_window *w, uint64_t start, uint64_t end)
{
    start = start > w->from ? start : w->from;
    end = end < w->until ? end : w->until;
    return end > start ? end - start : 0;
}

/* The lane's span from which on to count. */
size_t gs_stats_first_span(const struct gs_stats_window *window, const struct gs_lane *lane);

/* Each time that somebody says a text it is another string: the same for the same text. */
uint64_t gs_stats_text_key(const struct gs_tables *tables, uint32_t string);

/* Sorts, and gives the smallest value that is not below so many hundredths of all. */
void gs_stats_sort(gs_durations *durations);
uint64_t gs_stats_percentile(const gs_durations *sorted, unsigned hundredths);

/* stats_blocks.c: where a stretch of the actor's went that most is the longest span of: for what
 * computes the line that it was in. And adds what blocks a loop. */
struct gs_where_figure gs_stats_where(const struct gs_timeline *timeline, uint32_t actor,
                                      const struct gs_span *most, uint64_t start, uint64_t end);
void gs_stats_add_blocks(struct gs_stats *stats, const struct gs_stats_window *window,
                         const struct gs_lane *loop);

/* stats_tasks.c: adds the figures of a loop, of its tasks, and of what they run. */
void gs_stats_add_loop(struct gs_stats *stats, const struct gs_stats_window *window,
                       const struct gs_lane *loop);

#endif
