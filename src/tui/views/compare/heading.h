/* The line above a run's lanes: its letter and name, the rules by which it went, how far it is, and
 * what is wrong with it. */
#ifndef GS_TUI_VIEWS_COMPARE_HEADING_H
#define GS_TUI_VIEWS_COMPARE_HEADING_H

#include "tui/look/comparison.h"
#include "tui/parts/box.h"

/* In the first row of box. lanes: "  2-6/9" if not all are shown, else "". */
void gs_compare_heading(struct gs_canvas *canvas, const struct gs_comparison *c, size_t run,
                        const char *lanes, struct gs_box box);

#endif
