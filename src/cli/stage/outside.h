/* What comes out of the run's standard output: all that no thread of a Python of ours has printed,
 * which tells that itself, see python/watch/output.h. So it is other programs' and C code's. It
 * becomes the run's first process's, line by line, at the time at which it comes. */
#ifndef GS_CLI_STAGE_OUTSIDE_H
#define GS_CLI_STAGE_OUTSIDE_H

#include "base/by_line.h"
#include "trace/segment.h"

struct gs_outside {
    int fd; /* non-blocking read end; -1: none, or all who could write have closed it */
    struct gs_ring ring;
    struct gs_by_line lines;
    uint64_t time; /* when the last of it came, on the run's clock, ns */
};

/* Takes what has arrived. Before a Python has begun there is no lane to put it in: then it is the
 * caller's, by sink. Never blocks. */
void gs_outside_read(struct gs_outside *outside, struct gs_segment *segment, gs_by_line_sink *sink,
                     void *context);

/* The stage is gone: what was begun of a last line is one. */
void gs_outside_finish(struct gs_outside *outside, struct gs_segment *segment);

/* Closes and frees. */
void gs_outside_close(struct gs_outside *outside);

#endif
