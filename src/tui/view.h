/* What a view is: a table of operations on a private state. A new one is a file with such a table,
 * a line in views.def and its letter at its keys in keys.def. It draws on the screen's canvas and
 * answers actions; it knows no terminal, no event loop and no other view. */
#ifndef GS_TUI_VIEW_H
#define GS_TUI_VIEW_H

#include "tui/keys.h"
#include "tui/parts/prompt.h"
#include "tui/pointer.h"

struct gs_ui;

typedef void gs_view_act(struct gs_ui *ui, void *state);

struct gs_view_ops {
    size_t size; /* of its private state, which is zero at first */
    /* Draws all of the canvas, which is blank. */
    void (*draw)(struct gs_ui *ui, void *state);
    /* What it does for an action, by enum gs_action; NULL: nothing. */
    gs_view_act *const *acts;
    /* The answer to a key that works in the lanes but not here, for a view that looks much like
     * them; its help has its own keys only. NULL: it looks like itself. */
    const char *elsewhere;
    /* The answer to any key that does nothing here: which ones do. NULL: none is needed. */
    const char *dead;
    /* What follows may be NULL. */
    void (*shown)(struct gs_ui *ui, void *state);   /* it comes in place of another */
    void (*begin)(struct gs_ui *ui, void *state);   /* a run begins, in place of another or none */
    void (*resized)(struct gs_ui *ui, void *state); /* the canvas has another size */
    /* A key went to the prompt that the view had opened. */
    void (*answered)(struct gs_ui *ui, void *state, enum gs_prompt_purpose purpose,
                     enum gs_prompt_answer answer);
    /* The mouse did something, outside the footer. */
    void (*pointed)(struct gs_ui *ui, void *state, const struct gs_pointer *pointer);
    void (*forget)(void *state); /* frees what the state holds */
};

#endif
