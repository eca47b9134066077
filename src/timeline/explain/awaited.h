/* What a wait is for, for all who tell of one: the sentences, the lanes, the statistics. */
#ifndef GS_TIMELINE_EXPLAIN_AWAITED_H
#define GS_TIMELINE_EXPLAIN_AWAITED_H

#include "timeline/names.h"
#include "timeline/timeline.h"

/* A thread's start and its end are waited for by the same object; this tells the two apart: by the
 * library's function that waits, where it says so, else by who ended the wait, and while it goes on
 * by whether the thread had run before. span is one of the lane's. */
bool gs_awaited_start(const struct gs_timeline *timeline, const struct gs_lane *lane,
                      const struct gs_span *span);

/* Room for the words below; GS_NAME_SIZE of them are a name. */
enum { GS_AWAITED_SIZE = GS_NAME_SIZE + 32 };

/* Behind "for": "Lock 1", "the end of Thread-1", "somebody to set Event 2"; safe to print. Returns
 * buffer. */
const char *gs_awaited_words(char *buffer, size_t size, const struct gs_timeline *timeline,
                             const struct gs_lane *lane, const struct gs_span *span);

#endif
