/* The first line of a run: what runs, by which rules, how fast it plays, where the playhead is. */
#ifndef GS_TUI_VIEWS_HEADER_H
#define GS_TUI_VIEWS_HEADER_H

#include "tui/look/look.h"
#include "tui/parts/box.h"

void gs_header_draw(struct gs_canvas *canvas, const struct gs_look *look, struct gs_box box);

#endif
