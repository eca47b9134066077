/* A run without a screen: the stage is started, its trace drained into a timeline until it is
 * gone. What it says on stderr passes through, line by line, made safe to print. */
#ifndef GS_CLI_STAGE_HEADLESS_H
#define GS_CLI_STAGE_HEADLESS_H

#include "cli/stage/stage_process.h"
#include "timeline/timeline.h"
#include "trace/recording/recorder.h"

struct gs_headless {
    struct gs_stage_process
        stage; /* gone, but its segment is there: the timeline reads its names */
    struct gs_timeline *timeline;
    struct gs_recorder *recorder; /* NULL: it is not recorded */
    uint64_t until;               /* as ordered; UINT64_MAX: to its end */
    uint64_t now;                 /* how far its clock came */
    int status;  /* for the command to exit with: the stage's, or as said in gs_headless_run */
    int signal;  /* that ended the run from outside; 0: none */
    bool cut;    /* the run would have gone on */
    bool beyond; /* … and was behind the cut already when it was ended */
};

/* Blocks until the run is over, or its own clock is at `until` (ns; 0: never): then it is cut
 * there, and the status is 1 if a claim had failed, an error or a deadlock had come by then. INT,
 * TERM and HUP end the stage: the status is then 128 + n. So it is of a stage that was killed,
 * which is told on stderr; the trace so far is there all the same, and lasts until
 * gs_headless_free. A run that takes long and has no `until` is told of on stderr, once. False with
 * err: it could not be started. recorder, or NULL, is the caller's; it records the run and is
 * finished. */
bool gs_headless_run(struct gs_headless *run, const struct gs_order *order, uint64_t until,
                     struct gs_recorder *recorder, struct gs_error *err);
void gs_headless_free(struct gs_headless *run);

#endif
