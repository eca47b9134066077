/* A question that the program asks whoever looks on, with answers to choose from: what its event's
 * string says. Nobody's answer gets back to the program. */
#ifndef GS_TIMELINE_QUESTION_H
#define GS_TIMELINE_QUESTION_H

#include "trace/event.h"
#include "trace/tables.h"

#include <stddef.h>

struct gs_question {
    char text[512]; /* safe to print, as the answers are */
    char answers[GS_ANSWERS_MOST][128];
    unsigned count, right; /* right: its index, from 0; count: it is not said */
};

void gs_question_read(struct gs_question *question, const struct gs_tables *tables,
                      const struct gs_event *event);

/* What an event of those that say something says, safe to print; a question in one line, with its
 * answers and the right one. Returns buffer. */
const char *gs_question_said(char *buffer, size_t size, const struct gs_tables *tables,
                             const struct gs_event *event);

#endif
