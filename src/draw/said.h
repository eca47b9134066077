/* What a run says of itself as a line of a picture: a sign, then the text of a note, a mark, a
 * check, an error. What it is, is told by the sign; the role has its colour. Any thread. */
#ifndef GS_DRAW_SAID_H
#define GS_DRAW_SAID_H

#include "timeline/timeline.h"

#include <stddef.h>

/* An event whose kind says something (gs_event_says), into buffer, safe to print; a question with
 * its answers and the right one. Returns the role. */
unsigned gs_said(const struct gs_timeline *timeline, const struct gs_event *event, bool ascii,
                 char *buffer, size_t size);

#endif
