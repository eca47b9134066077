/* Where things stand around the lanes: header, panes, banner, sentence, note, footer. Pure
 * arithmetic on cells. */
#ifndef GS_TUI_PANES_LAYOUT_H
#define GS_TUI_PANES_LAYOUT_H

#include "tui/parts/box.h"

#include <stdbool.h>

/* The lanes have the arrow keys like a pane, and count as the first one. */
enum gs_pane {
    GS_PANE_LANES,
#define GS_PANE(name, ...) GS_PANE_##name,
#include "tui/panes/panes.def"
#undef GS_PANE
    GS_PANES
};

/* Panes stand under the lanes. From GS_PANES_WIDE columns on they can stand beside them, which
 * leaves the lanes as many as a usual screen has, and there can be two at a time. Less than
 * GS_PANE_LINES under the lanes are not worth a pane that nobody has asked for, if lanes can have
 * them, and less than GS_PANE_SPARE never are. */
enum { GS_PANES_WIDE = 136, GS_PANE_LINES = 10, GS_PANE_SPARE = 6 };

struct gs_layout_wish {
    int width, height;
    bool source, beside;
    enum gs_pane extra; /* the one beside or in place of the source; LANES: none */
    enum gs_pane focus; /* the one that stays where there is room for one only */
    int banner;         /* lines that it would like, … */
    int lines[GS_PANES]; /* … and that the lanes and the open panes can fill, headings among them */
    bool ended;          /* nothing more is to come: the banner may have more */
    bool quiet;          /* the sentence has nothing to say: a legend may have its line */
    bool asks;           /* the banner is a question: it has the place of all words */
    bool presents;       /* there are lanes, and the banner as their caption, and no more */
};

struct gs_layout {
    struct gs_box header, panes[GS_PANES], banner, sentence, note, footer;
};

/* Lines that the banner has at most. */
int gs_layout_banner(int height, bool ended);
/* … as a question or a caption. */
int gs_layout_words(int height);

void gs_layout_compute(struct gs_layout *layout, const struct gs_layout_wish *wish);

#endif
