/* One run as it is played: its feed, the timeline that it is drained into, and the playhead. Ticked
 * by the screen's loop; never blocks. */
#ifndef GS_TUI_RUN_RUN_H
#define GS_TUI_RUN_RUN_H

#include "timeline/timeline.h"
#include "tui/run/feed.h"
#include "tui/run/playback.h"
#include "tui/run/told.h"

struct gs_run {
    struct gs_feed *feed; /* NULL: there is no run */
    struct gs_timeline *timeline;
    struct gs_playback playback;
    struct gs_pace pace; /* as it was begun with, or as somebody chose since */
    struct gs_told told;
    uint64_t births;      /* grows when a lane is born or ends, or becomes what the run is about */
    uint64_t ahead;       /* how far a search lets the virtual clock pass the playhead */
    uint64_t horizon;     /* how far the feed was last allowed to go */
    size_t passed;        /* notes and marks that the playhead has passed */
    bool pauses_at_marks; /* it stops at each mark that it comes to, as at each question */
    bool asks;            /* it stands at one … */
    struct gs_event question; /* … this one */
    bool caught_up;           /* it has got there, and all that it did on its way has been taken */
    bool at_live;             /* the playhead keeps to the live end, whatever the speed */
    bool gone;                /* who wrote the events has ended … */
    bool drained;             /* … and all of them have been taken */
    struct gs_feed_end end;   /* once it is gone */
};

/* Plays a feed, which belongs to the run from now on; a run before must have been stopped. Without
 * a pace it is live on the real clock, and what fits on the virtual one. */
void gs_run_start(struct gs_run *run, struct gs_feed *feed, struct gs_pace pace);
/* To the next speed, slower or faster, from now on. */
void gs_run_change_speed(struct gs_run *run, int steps);
void gs_run_stop(struct gs_run *run); /* harmless when there is none */

/* Takes what has arrived, for at most budget_ns; true: there is more, or soon will be. */
bool gs_run_drain(struct gs_run *run, uint64_t budget_ns);

/* One frame: notices the feed's end, moves the playhead by wall_ns of wall clock and with it how
 * far the feed may go. */
void gs_run_advance(struct gs_run *run, uint64_t wall_ns);

/* Stops at the last mark or question before the playhead, at the start if there is none. */
void gs_run_back(struct gs_run *run);

/* Goes to the next mark or question, however much has to run for that, or to the live end. */
void gs_run_hurry(struct gs_run *run);

/* Moves the playhead to time, or as near as the run has come, and off the live end. */
void gs_run_seek(struct gs_run *run, uint64_t time);

/* Lets the virtual clock pass the playhead, further than it did before: to the next instant at
 * which something can happen and a little more, most ns at most. Not before the run has got where
 * it may go already, and all has been taken that it did on its way. */
void gs_run_let_on(struct gs_run *run, uint64_t most);

/* Goes to the live end and stays there; the virtual clock may run as far as it likes. */
void gs_run_to_live(struct gs_run *run);

struct gs_feed_facts gs_run_facts(const struct gs_run *run);
uint64_t gs_run_live(const struct gs_run *run);
bool gs_run_virtual(const struct gs_run *run);
bool gs_run_complete(const struct gs_run *run); /* the trace has its end */
bool gs_run_over(const struct gs_run *run);     /* nothing more will come, and all was played */
bool gs_run_at_end(const struct gs_run *run);   /* the playhead is at the end of a complete run */

/* How soon the next frame can show something new, in seconds; 0: never, without a key. */
double gs_run_next_frame(const struct gs_run *run);

int gs_run_status(const struct gs_run *run); /* exit status, 0 while it runs */

#endif
