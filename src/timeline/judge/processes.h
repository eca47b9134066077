/* What each process cost, and one beside a thread: private to gs_stats_take. */
#ifndef GS_TIMELINE_JUDGE_PROCESSES_H
#define GS_TIMELINE_JUDGE_PROCESSES_H

#include "timeline/judge/stats.h"

/* Fills in the figures of processes and starts from those of the lanes, and from what began between
 * these times, both included. */
void gs_stats_take_processes(struct gs_stats *stats, const struct gs_timeline *timeline,
                             uint64_t from, uint64_t until);

#endif
