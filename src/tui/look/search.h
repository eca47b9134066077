/* The search: names and coroutines of lanes, labels, notes and output, by time; where a state of
 * the text's name begins, and where something of that name begins to be waited for. */
#ifndef GS_TUI_LOOK_SEARCH_H
#define GS_TUI_LOOK_SEARCH_H

#include "tui/look/look.h"

/* To the first one from the cursor on. */
void gs_search_start(struct gs_look *look, const char *text);
void gs_search_go(struct gs_look *look, int direction);

#endif
