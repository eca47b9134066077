/* What the mouse does, in cells of the screen. */
#ifndef GS_TUI_POINTER_H
#define GS_TUI_POINTER_H

enum gs_pointer_act {
    GS_POINTER_PRESS, /* the first button */
    GS_POINTER_DRAG,  /* moved with it held down */
    GS_POINTER_RELEASE,
    GS_POINTER_WHEEL_UP,
    GS_POINTER_WHEEL_DOWN
};

struct gs_pointer {
    enum gs_pointer_act act;
    int x, y; /* from 0 */
};

#endif
