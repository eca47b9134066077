/* What a run says of itself, by time: notes, marks, phases, output, and its troubles. */
#ifndef GS_TUI_RUN_TOLD_H
#define GS_TUI_RUN_TOLD_H

#include "base/vec.h"
#include "trace/event.h"

#include <stddef.h>

struct gs_told {
    GS_VEC(struct gs_event) words;    /* notes, marks, phases, checks that hold, output */
    GS_VEC(struct gs_event) asked;    /* of those again the notes, marks and questions */
    GS_VEC(struct gs_event) output;   /* likewise what was printed, with the errors below */
    GS_VEC(struct gs_event) troubles; /* failed checks, errors, deadlocks */
    unsigned checks, failed;          /* how many of either there are */
};

/* The last note, mark or question up to a time; NULL: there is none yet. Stays until more is taken.
 */
const struct gs_event *gs_told_asked(const struct gs_told *told, uint64_t time);
/* … and the last word of all, phases apart: of several at one instant what is asked. */
const struct gs_event *gs_told_word(const struct gs_told *told, uint64_t time);

/* Keeps what belongs here; events come in any order. */
void gs_told_take(struct gs_told *told, const struct gs_event *event);
void gs_told_free(struct gs_told *told);

#endif
