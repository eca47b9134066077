/* The first line of a run: what runs, by which rules, how fast it plays, where the playhead is. */
#ifndef GS_TUI_VIEWS_HEADER_H
#define GS_TUI_VIEWS_HEADER_H

#include "tui/look/look.h"
#include "tui/parts/box.h"

/* "virtual · GIL 3.12 · 2 cores", in as many cells as there are: the last rules give way first. */
void gs_header_rules(const struct gs_look *look, bool ascii, int width, char *buffer, size_t size);

void gs_header_draw(struct gs_canvas *canvas, const struct gs_look *look, struct gs_box box);

#endif
