/* The table of what differs between the runs that are compared. */
#ifndef GS_TUI_VIEWS_COMPARE_DIFFERENCES_H
#define GS_TUI_VIEWS_COMPARE_DIFFERENCES_H

#include "draw/table.h"
#include "tui/look/comparison.h"
#include "tui/parts/box.h"

struct gs_differences_pane {
    struct gs_table table;
    uint64_t version, taken; /* of what it was taken, and when, ns of the wall clock */
};

/* The lines that it would like: a heading, the titles, a run each. */
int gs_differences_lines(const struct gs_comparison *c);
/* Draws as many of them as there is room for, that of the selected run always among them. */
void gs_differences_draw(struct gs_differences_pane *pane, const struct gs_comparison *c,
                         struct gs_canvas *canvas, struct gs_box box);
void gs_differences_forget(struct gs_differences_pane *pane);

#endif
