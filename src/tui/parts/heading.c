#include "tui/parts/heading.h"

int gs_heading_draw(struct gs_canvas *canvas, struct gs_box box, bool focused, const char *title)
{
    const char *line = canvas->ascii ? "-" : "─", *sign = canvas->ascii ? "> " : "▸ ";
    gs_canvas_fill(canvas, box.x, box.y, box.width, line, GS_ROLE_DIM, 0);
    return gs_canvas_textf(canvas, box.x + 1, box.y, box.width - 2, GS_ROLE_TITLE,
                           focused ? GS_STYLE_REVERSE : 0, " %s%s ", focused ? sign : "", title);
}
