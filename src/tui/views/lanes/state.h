/* What the lanes view knows from frame to frame. Drawing finds out what the keys need: how many
 * rows and columns there are. */
#ifndef GS_TUI_VIEWS_LANES_STATE_H
#define GS_TUI_VIEWS_LANES_STATE_H

#include "draw/lanes.h"
#include "draw/overview.h"
#include "tui/panes/panes.h"
#include "tui/ui.h"

/* The sentence as it stands while the picture plays. */
struct gs_standing {
    char text[1024];        /* "": none does */
    struct gs_row_name row; /* that it is about, … */
    uint64_t time;          /* … and the instant */
    uint64_t until;         /* ui->shown_for that it stands */
};

/* The note or mark that stands in the note's line. */
struct gs_asked {
    uint64_t time;
    uint64_t text;  /* string; 0: none does */
    uint64_t until; /* ui->shown_for that nothing else than another one takes its place */
};

enum { GS_LANES_TALLEST = 3 };

struct gs_lanes_state {
    struct gs_panes panes;
    struct gs_standing sentence;
    struct gs_overview whole; /* the line above the lanes … */
    bool whole_shown;         /* … which is there */
    struct gs_kept kept;      /* of the lanes that are drawn */
    bool boxes;               /* in place of the lanes */
    struct gs_asked asked;
    bool range_opened;          /* the statistics, since a range was chosen */
    int tall;                   /* lines a lane, by the user; 0: as many as there is room for … */
    size_t around;              /* lines above and below the lanes that belong to their picture */
    int taken;                  /* … which were so many, as last drawn */
    struct gs_layout layout;    /* as last drawn … */
    struct gs_lanes_view drawn; /* … with these lanes; of height 0: none are … */
    struct gs_lanes_signs signs; /* … whose legend … */
    bool quiet;                  /* lanes have the sentence's lines, which has no news at the end */
    bool legend_due;             /* … has found no row yet */
    int answers_y;               /* the row of a question's first answer; -1: none has one */
    bool drags;                  /* a range is being drawn with the mouse, … */
    uint64_t drag_from;          /* … from here on */
    size_t first_row;
    uint64_t read_again; /* playhead from which on it is time to see if all can be read */
    int columns;         /* of time, as last drawn */
    int visible_rows;
    int title_width;    /* of all rows … */
    int titles_for;     /* … for a box of this width; 0: look again */
    unsigned titles_of; /* … and look.built */
};

#endif
