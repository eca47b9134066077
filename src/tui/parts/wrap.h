/* Text on several lines (draw/wrap.h) in a box. */
#ifndef GS_TUI_PARTS_WRAP_H
#define GS_TUI_PARTS_WRAP_H

#include "draw/wrap.h"
#include "tui/parts/box.h"

static inline int gs_wrap_draw(struct gs_canvas *canvas, struct gs_box box, unsigned role,
                               unsigned style, const char *text)
{
    return gs_wrap_text(canvas, box.x, box.y, box.width, box.height, role, style, text);
}

#endif
