/* Who cancelled a task in what it awaited, for all who tell how a wait ended. */
#ifndef GS_TIMELINE_EXPLAIN_CANCELLED_H
#define GS_TIMELINE_EXPLAIN_CANCELLED_H

#include "timeline/names.h"
#include "timeline/timeline.h"

/* Room for the words below. */
enum { GS_CANCELLED_SIZE = 2 * GS_NAME_SIZE + 32 };

/* Whose deed it is that the span of the task's lane is over because the task was cancelled: "bad",
 * "its timeout", "Task.cancel, which loop calls,"; safe to print. NULL: it is not over, or has
 * ended otherwise, as far as is known. Returns buffer. */
const char *gs_cancelled_by(char *buffer, size_t size, const struct gs_timeline *timeline,
                            const struct gs_lane *lane, const struct gs_span *span);

#endif
