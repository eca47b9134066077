/* The picture of a run: its lanes, and around them header, panes, banner, sentence, note and
 * footer. */
#ifndef GS_TUI_VIEWS_LANES_DRAW_H
#define GS_TUI_VIEWS_LANES_DRAW_H

#include "tui/views/lanes/state.h"

void gs_lanes_view_draw(struct gs_ui *ui, void *state);

#endif
