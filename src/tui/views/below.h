/* The words right below the lanes: a question with its answers, a trouble, how it ended and every
 * check; where it is presented, what was said last. */
#ifndef GS_TUI_VIEWS_BELOW_H
#define GS_TUI_VIEWS_BELOW_H

#include "draw/canvas.h"
#include "tui/look/look.h"

/* Words into buffer ("": there are none); returns their role. */
unsigned gs_below_words(const struct gs_look *look, const struct gs_canvas *canvas, bool presents,
                        char *buffer, size_t size);

#endif
