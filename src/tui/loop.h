/* The screen's event loop: keys, frames, signals, and one repaint a wake. */
#ifndef GS_TUI_LOOP_H
#define GS_TUI_LOOP_H

#include "tui/term.h"
#include "tui/ui.h"

/* Runs until the user quits (0), a signal ends the screen (its number) or the terminal goes away
 * (SIGHUP). */
int gs_loop_run(struct gs_ui *ui, struct gs_term *term);

#endif
