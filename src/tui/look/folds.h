/* Groups that are folded, and loops whose tasks are one lane: their rows are left out until
 * somebody unfolds them. Where a group has helpers, it is unfolded in two steps: they come last. */
#ifndef GS_TUI_LOOK_FOLDS_H
#define GS_TUI_LOOK_FOLDS_H

#include "tui/look/look.h"

void gs_fold_toggle(struct gs_look *look);
/* Left and Right on a group's row; false: they mean something else here. */
bool gs_fold_by_arrow(struct gs_look *look, bool folded);

/* Pins the selected lane: it stands first, and stays in sight; or lets go of it. */
void gs_fold_pin(struct gs_look *look);

/* Lanes that were not there in the window: shown, or left out again. */
void gs_fold_absent(struct gs_look *look);

#endif
