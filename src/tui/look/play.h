/* Playing a run as the keys do it. Who lets it go on looks on: the cursor follows the playhead. */
#ifndef GS_TUI_LOOK_PLAY_H
#define GS_TUI_LOOK_PLAY_H

#include "tui/look/look.h"

/* Neither paused nor at its end. */
bool gs_play_goes_on(const struct gs_run *run);

/* Pauses, or goes on from the playhead; at the end plays again, from the cursor or the start. */
void gs_play_toggle(struct gs_look *look);

/* To the live end, and along with it. A program that is paused is not let go for that. */
void gs_play_live(struct gs_look *look);

#endif
