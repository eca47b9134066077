/* What a turn that blocks its loop comes to, in words: where it computed, and whom it kept waiting.
 * For all who tell of one. */
#ifndef GS_TIMELINE_EXPLAIN_BUSY_H
#define GS_TIMELINE_EXPLAIN_BUSY_H

#include "timeline/timeline.h"

#include <stddef.h>

enum { GS_BUSY_SIZE = 256 };

/* "at line 14, in crunch", "mostly at line 14, in crunch, which calls json.dumps": of a BUSY event.
 * Safe to print. Returns buffer. */
const char *gs_busy_words(char *buffer, size_t size, const struct gs_timeline *timeline,
                          const struct gs_event *busy);

/* "; it keeps 3 tasks waiting: fetch-1, fetch-2 and fetch-3": who stands in a loop's queue at that
 * time, and "2 more tasks" beside one of them, but, whom the sentence is about; "": nobody does.
 * Likewise. */
const char *gs_kept_words(char *buffer, size_t size, const struct gs_timeline *timeline,
                          uint32_t loop, uint64_t time, uint32_t but);

#endif
