/* Steps in time: to the next event of a lane, the next hand-off of a GIL or of the turn on a loop,
 * the next mark. On the virtual clock a step past the end of what has run lets the program run,
 * until there is one: that is a search, and can be stopped. */
#ifndef GS_TUI_LOOK_STEPS_H
#define GS_TUI_LOOK_STEPS_H

#include "tui/look/look.h"

void gs_step_take(struct gs_look *look, enum gs_action action);
/* A step that waits for the virtual clock: tried again after every frame, which lasted wall_ns of
 * wall clock. True: it says something new. */
bool gs_step_retry(struct gs_look *look, uint64_t wall_ns);
/* Ends the search that is under way and says how far it went. False: there is none. */
bool gs_step_stop(struct gs_look *look);

#endif
