/* What a pane is: a table of operations on a private state. A new one is a file with such a table
 * and a line in panes.def. */
#ifndef GS_TUI_PANES_PANE_H
#define GS_TUI_PANES_PANE_H

#include "draw/canvas.h"
#include "tui/look/look.h"
#include "tui/parts/box.h"

struct gs_pane_ops {
    size_t size; /* of its private state, which is zero when a run begins */
    /* A run begins. May be NULL. */
    void (*begin)(void *state, const struct gs_look *look);
    /* It stands elsewhere or has another size from now on. May be NULL. */
    void (*moved)(void *state);
    /* Before each frame: the look may stand elsewhere. May be NULL. */
    void (*follow)(void *state, const struct gs_look *look);
    /* How many lines it can fill in a width, at most: what it does not fill is the lanes'. NULL: as
     * many as it gets. */
    int (*lines)(void *state, const struct gs_look *look, int width);
    /* Its name, for the line above it, safe to print. */
    void (*title)(const void *state, char *buffer, size_t size);
    /* Draws it into box; scroll is the line that the user went to, and is kept in bounds here. */
    void (*draw)(void *state, const struct gs_look *look, struct gs_canvas *canvas,
                 struct gs_box box, int *scroll);
    /* Frees what the state holds. May be NULL. */
    void (*forget)(void *state);
};

#endif
