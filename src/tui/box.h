/* Where things stand on the screen: header, lanes, panes, banner, sentence, note, footer. Pure
 * arithmetic on cells. */
#ifndef GS_TUI_BOX_H
#define GS_TUI_BOX_H

#include <stdbool.h>

/* Below this the screen only says how large it has to be. */
#define GS_LEAST_WIDTH  40
#define GS_LEAST_HEIGHT 10

/* From this width on the panes stand beside the lanes instead of under them. */
#define GS_BESIDE_WIDTH 110

struct gs_box {
    int x, y, width, height; /* height 0: not shown */
};

enum gs_pane { GS_PANE_LANES, GS_PANE_SOURCE, GS_PANE_STATS, GS_PANE_EVENTS, GS_PANES };

struct gs_layout_wish {
    int width, height;
    bool source;
    enum gs_pane extra; /* STATS or EVENTS; LANES: neither */
    enum gs_pane focus; /* the one that stays where there is room for one only */
    int banner;         /* lines that it would like */
};

struct gs_layout {
    struct gs_box header, panes[GS_PANES], banner, sentence, note, footer;
};

void gs_layout_compute(struct gs_layout *layout, const struct gs_layout_wish *wish);

#endif
