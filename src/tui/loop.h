/* The screen's event loop: keys, frames, signals, and one repaint a wake. */
#ifndef GS_TUI_LOOP_H
#define GS_TUI_LOOP_H

#include "tui/term/term.h"
#include "tui/ui.h"

/* From now until the loop runs, the signals that end the screen wait for it: curses has handlers of
 * its own, which end the process with a status that says nothing. Or until they are let go. */
void gs_loop_hold_ends(void);
void gs_loop_let_ends_go(void);

/* Runs until the user quits (0), a signal ends the screen (its number) or the terminal goes away
 * (SIGHUP). */
int gs_loop_run(struct gs_ui *ui, struct gs_term *term);

#endif
