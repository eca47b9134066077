/* Timeline → canvas: the time axis, the lanes, the GIL's owners, labels in brackets, the total's
 * bracket. Used by the lanes view, by `--print lanes` and by every exporter that draws. */
#ifndef GS_DRAW_LANES_H
#define GS_DRAW_LANES_H

#include "draw/canvas.h"
#include "draw/kept.h"
#include "timeline/rows.h"

struct gs_lanes_view {
    const struct gs_timeline *timeline;
    const struct gs_rows *rows;
    uint64_t from, until; /* the window of time, ns; until > from */
    int x, y, width, height;
    int title_width; /* columns left of the lanes; 0: as wide as the longest title, or the longest
                        without "(work)", at most two sevenths of the width or 14 */
    int tall; /* lines that a lane takes: of more than one the first has its words, the others its
                 states; 0: 1. Owners take 2 at most; groups, and tasks that are one lane, 1 */
    size_t first_row;                 /* of rows that are not pinned: scrolled by so many */
    const char *absent_key;           /* that shows lanes which were not there in the window */
    long selected;                    /* row under the cursor, or -1 */
    uint64_t cursor;                  /* time under the cursor; UINT64_MAX: none */
    uint64_t range_from, range_until; /* a range that somebody chose; equal: none */
    bool totals;                      /* a bracket with the total time under the lanes */
    uint64_t now;         /* the playhead: what comes after it is not shown yet; 0: all is */
    bool no_axis;         /* it stands elsewhere: lanes of other runs have the same */
    bool no_marks;        /* their row is needed otherwise, … */
    bool no_phases;       /* … or this one's */
    struct gs_kept *kept; /* what earlier frames have found out; NULL: nothing is kept */
};

/* An owner of a GIL in boxes too narrow for its name, and how many columns they fill. */
struct gs_owner_sign {
    uint32_t actor, columns;
    char glyph[2];
    uint8_t role;
};

/* What a picture shows that a legend can tell: how many columns each sign fills, 0: none. */
struct gs_lanes_signs {
    uint32_t states[GS_STATES];
    uint32_t mixed, ran, cancelled;
    uint32_t others; /* underlined: a state's, in which others hide */
    uint32_t held,
        free; /* on a plain canvas: columns of a GIL's owner, and behind one of nobody's */
    uint32_t ready, ready_most; /* bars of a loop's tasks; what the highest one stands for */
    /* Owners whose sign is not the end or the beginning of the name. Of more than a line has room
     * for the first ones. */
    struct gs_owner_sign owners[16];
    unsigned owner_count;
    struct gs_owner_sign plain; /* the first one whose sign is; columns: of all of them */
    bool plain_others;          /* … and there are more */
};

/* Draws phases (where there are any), axis, lanes, marks and cursor, the total. A column shows the
 * state with the largest share; one that hides others is underlined, one where a lane ran for a
 * moment has a glyph of its own as long as that is rare, so has one where no state has most. A
 * GIL's column is its owner's, or nobody's, and so is that of a loop's turns, where who blocks the
 * loop is pointed out. Labels are drawn as [label]
 * where they fit, the word of a wait in its line. Returns the rows used, and in signs, unless
 * it is NULL, what the legend is to tell. */
int gs_lanes_draw(struct gs_canvas *canvas, const struct gs_lanes_view *view,
                  struct gs_lanes_signs *signs);

/* The role that a thread's or a task's name has wherever it stands; TEXT of what is neither. Looks
 * at all actors before it. */
unsigned gs_lanes_role(const struct gs_timeline *timeline, uint32_t actor);

/* Columns count from 0 at the left edge of the lanes, which is the canvas column
 * x + gs_lanes_title_width(). Time of a column's left edge, and the column of a time (-1: outside).
 */
uint64_t gs_lanes_time(const struct gs_lanes_view *view, int column);
int gs_lanes_column(const struct gs_lanes_view *view, uint64_t time);
/* How many lines of lanes the view has room for, beside what stands above and below them. Needs no
 * more of the view than its timeline, window, height, rows and what it is to show. */
size_t gs_lanes_room(const struct gs_lanes_view *view);
/* How many rows from first on so many lines have room for; and the lines that all rows take. */
size_t gs_lanes_fit(const struct gs_rows *rows, int tall, size_t first, size_t lines);
size_t gs_lanes_lines(const struct gs_rows *rows, int tall);
/* The index of the row that stands in a canvas row; -1: none does. Needs as much of the view. */
long gs_lanes_row_at(const struct gs_lanes_view *view, int y);
/* Columns left of the lanes. Looks at every title while view->title_width is 0. */
int gs_lanes_title_width(const struct gs_lanes_view *view);

/* Whether in a third of the cells of three columns a row changes more than once, in a picture of so
 * many columns from a time on: then its single stretches are lost. */
bool gs_lanes_crowded(const struct gs_timeline *timeline, const struct gs_row *row, int columns,
                      uint64_t from, uint64_t span);

/* The axis alone, in the first row of the view. */
void gs_lanes_axis(struct gs_canvas *canvas, const struct gs_lanes_view *view);

/* Glyph and word of every sign that the picture shows, in one line; where they do not fit, without
 * those that fill the least of it. Returns the column behind it. */
int gs_lanes_legend(struct gs_canvas *canvas, const struct gs_timeline *timeline,
                    const struct gs_lanes_signs *signs, int x, int y, int width);

/* The same on as many lines as it takes, but at most so many, of which the last is the row bottom,
 * for a canvas that is looked at: what is underlined is told as well. Returns the lines. */
int gs_lanes_legend_above(struct gs_canvas *canvas, const struct gs_timeline *timeline,
                          const struct gs_lanes_signs *signs, int x, int bottom, int width,
                          int most);

#endif
