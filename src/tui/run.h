/* One run as the screen sees it: the stage's segment, the timeline that it is drained into, and
 * the playhead. Ticked by the screen's loop; never blocks. */
#ifndef GS_TUI_RUN_H
#define GS_TUI_RUN_H

#include "timeline/timeline.h"
#include "trace/collector.h"
#include "tui/playback.h"
#include "tui/tui.h"

/* What the run says in words, by time. */
struct gs_told {
    GS_VEC(struct gs_event) list;
};

/* How many of them are not after time. */
size_t gs_told_until(const struct gs_told *told, uint64_t time);

struct gs_run {
    const struct gs_tui_host *host;
    struct gs_order order;
    struct gs_segment *segment; /* the host's; NULL: nothing was started */
    struct gs_control *control;
    struct gs_collector *collector;
    struct gs_timeline *timeline;
    struct gs_playback playback;
    struct gs_told told;     /* notes, marks, phases, checks that hold, output */
    struct gs_told troubles; /* failed checks, errors, deadlocks */
    unsigned checks, failed; /* how many of either there are */
    uint64_t births;         /* grows when a lane is born */
    uint64_t ahead;          /* how far a step lets the virtual clock pass the playhead */
    uint64_t horizon;        /* as last set */
    bool at_live;            /* the playhead keeps to the live end, whatever the speed */
    bool gone;               /* the stage's process has ended … */
    bool drained;            /* … and everything it wrote has been taken */
    int status;              /* of its process */
    char message[1024];      /* what it wrote on stderr, as it came */
};

/* Starts the order; speed 0: 1 on the real clock, 0.02 on the virtual one. */
bool gs_run_start(struct gs_run *run, const struct gs_tui_host *host, const struct gs_order *order,
                  double speed, struct gs_error *err);
void gs_run_stop(struct gs_run *run);

/* Takes what has arrived, for at most budget_ns; true: there is more, or soon will be. */
bool gs_run_drain(struct gs_run *run, uint64_t budget_ns);

/* One frame: notices the stage's end, moves the playhead by wall_ns of wall clock and the virtual
 * clock's horizon with it. */
void gs_run_advance(struct gs_run *run, uint64_t wall_ns);

/* Moves the playhead to time, or as near as the run has come, and off the live end. */
void gs_run_seek(struct gs_run *run, uint64_t time);

/* Goes to the live end and stays there; the virtual clock may run as far as it likes. */
void gs_run_to_live(struct gs_run *run);

uint64_t gs_run_live(const struct gs_run *run);
bool gs_run_virtual(const struct gs_run *run);
bool gs_run_complete(const struct gs_run *run); /* the trace has its end */
bool gs_run_over(const struct gs_run *run);     /* nothing more will come, and all was played */

/* How soon the next frame can show something new, in seconds; 0: never, without a key. */
double gs_run_next_frame(const struct gs_run *run);

int gs_run_status(const struct gs_run *run); /* exit status, 0 while it runs */

#endif
