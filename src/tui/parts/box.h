/* A rectangle of cells, and the sizes at which a screen is arranged otherwise. */
#ifndef GS_TUI_PARTS_BOX_H
#define GS_TUI_PARTS_BOX_H

/* Below this the screen only says how large it has to be. */
#define GS_LEAST_WIDTH  40
#define GS_LEAST_HEIGHT 10

/* From this width on, what belongs together stands side by side. */
#define GS_BESIDE_WIDTH 110

struct gs_box {
    int x, y, width, height; /* height 0: not shown */
};

#endif
