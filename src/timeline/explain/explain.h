/* The sentence that explains an instant of a lane: what the actor does, since when, why, who holds
 * what it waits for and what ends the wait. "Thread-2 has wanted the GIL for 4.8 ms. Thread-1
 * holds it; the request is set; Thread-1 lets go at its next loop jump (line 12)." */
#ifndef GS_TIMELINE_EXPLAIN_EXPLAIN_H
#define GS_TIMELINE_EXPLAIN_EXPLAIN_H

#include "timeline/timeline.h"

/* Writes one to three sentences, safe to print; at the end of a span they tell who ended it. For
 * an interpreter the sentence is about its GIL. What it promises about the next hand-over goes by
 * the rules of the GIL in question. Returns buffer. */
const char *gs_explain(char *buffer, size_t size, const struct gs_timeline *timeline,
                       uint32_t actor, uint64_t time);

/* The same of a lock: who has it, who waits for it. */
const char *gs_explain_lock(char *buffer, size_t size, const struct gs_timeline *timeline,
                            uint32_t lock, uint64_t time);

/* One event as a sentence: "Thread-2 took the GIL (line 12)."; for the events pane and text. */
const char *gs_explain_event(char *buffer, size_t size, const struct gs_timeline *timeline,
                             const struct gs_event *event);

/* Where Enter goes: to what the sentence at time names as the cause, whose deed it is and when it
 * was or will be done. False: nobody else caused it. */
bool gs_explain_cause(const struct gs_timeline *timeline, uint32_t actor, uint64_t time,
                      uint32_t *cause_actor, uint64_t *cause_time);

/* What all tasks of a loop do at an instant, for the lane that they have together. Returns buffer.
 */
const char *gs_explain_tasks_of(char *buffer, size_t size, const struct gs_timeline *timeline,
                                uint32_t loop, uint64_t time);

#endif
