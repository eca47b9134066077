/* The panes beside or under the lanes: which are open, which of them has the arrow keys, how far
 * each is scrolled. */
#ifndef GS_TUI_PANES_PANES_H
#define GS_TUI_PANES_PANES_H

#include "tui/panes/layout.h"
#include "tui/panes/pane.h"

struct gs_panes {
    void *states[GS_PANES];
    int scroll[GS_PANES];
    enum gs_pane extra;  /* of all but the source the one that is open; LANES: none */
    enum gs_pane focus;  /* which has the arrow keys */
    bool opened, closed; /* the source, by the user; else it is open where there is room: … */
    bool beside, under;  /* … beside the lanes, or under them */
};

/* A run begins: the same panes are open, and what they kept of the run before is forgotten. */
void gs_panes_begin(struct gs_panes *panes, const struct gs_look *look);
void gs_panes_free(struct gs_panes *panes);

/* Where the source stands where nobody has opened or closed it: beside the lanes, under them, or
 * neither. A pane that is not shown any more has no keys. */
void gs_panes_place(struct gs_panes *panes, const struct gs_canvas *canvas, bool beside,
                    bool under);
bool gs_panes_show_source(const struct gs_panes *panes);
void gs_panes_toggle(struct gs_panes *panes, enum gs_pane pane, const struct gs_canvas *canvas);
/* Gives the arrow keys to the next one; false: none is open. */
bool gs_panes_next(struct gs_panes *panes, const struct gs_canvas *canvas);
/* After a change of size. */
void gs_panes_resized(struct gs_panes *panes);
/* The arrow keys back to the lanes, else the pane that was opened last away; false: neither. */
bool gs_panes_back(struct gs_panes *panes);

/* Before each frame: the open ones go along with the look. Fills in how many lines each can fill,
 * its heading among them, where it stands under the lanes. */
void gs_panes_follow(struct gs_panes *panes, const struct gs_look *look,
                     const struct gs_canvas *canvas, int lines[GS_PANES]);

void gs_panes_draw(struct gs_panes *panes, const struct gs_look *look, struct gs_canvas *canvas,
                   const struct gs_layout *layout);

#endif
