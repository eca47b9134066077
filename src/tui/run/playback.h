/* The playhead: which instant of the run the screen is at. It advances with the wall clock, faster
 * or slower, and never past the live end. Pure arithmetic. */
#ifndef GS_TUI_RUN_PLAYBACK_H
#define GS_TUI_RUN_PLAYBACK_H

#include <stdbool.h>
#include <stdint.h>

/* How fast to play, in ns of the run a ns of wall clock; 0: not said. What a scene asks for is for
 * the virtual clock, whose lengths it knows; what is asked by whoever looks on goes for both. */
struct gs_pace {
    double asked, scenes;
};

struct gs_playback {
    double speed; /* ns of the run a ns of wall clock */
    bool paused;
    uint64_t now;    /* ns of the run */
    double fraction; /* of a ns, so that the slowest speeds move at all */
};

/* Returns whether the playhead moved. */
bool gs_playback_advance(struct gs_playback *playback, uint64_t wall_ns, uint64_t live);

/* For a run of which nobody knows how long it is: slow at first, and the faster the longer it has
 * been going on, so that an hour of it is no day. */
void gs_playback_fit(struct gs_playback *playback);

/* To the next of 0.001, 0.002, 0.005 … 10; steps < 0 is slower. A speed that is already farther
 * that way, by the command line, stays. */
void gs_playback_change_speed(struct gs_playback *playback, int steps);

/* How far the virtual clock may be ahead of the playhead: what two frames at 60 Hz will need. */
uint64_t gs_playback_lead(const struct gs_playback *playback);

#endif
