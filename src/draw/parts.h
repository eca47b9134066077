/* What the parts of the lanes picture share: one struct for the picture being drawn, one for a
 * column of a lane. Private to draw/. */
#ifndef GS_DRAW_PARTS_H
#define GS_DRAW_PARTS_H

#include "draw/lanes.h"
#include "timeline/owners.h"

#include <string.h>

/* How much of a column's truth its state tells. A change that the neighbours show (one state ends,
 * the next begins) is no secret; a span that begins and ends inside the column is. */
enum gs_column_mix {
    GS_COLUMN_PURE,
    GS_COLUMN_OTHERS, /* one state has most of it, others hide in it */
    GS_COLUMN_RAN,    /* the same, and what hides is that it ran */
    GS_COLUMN_MIXED   /* no state has most of it */
};

/* A screen has thousands of them: 8 bytes. */
struct gs_column {
    uint8_t state;   /* the one with the largest share; NONE: the actor is not there */
    uint8_t mix : 2; /* enum gs_column_mix */
    uint8_t two : 1; /* it has halves: one state ends in it and the next begins, or the life does */
    uint8_t unused : 5;     /* 0: what is before the span is compared as a whole */
    uint8_t before, behind; /* their states; MIXED: the two that have most */
    int32_t span;           /* index of the one span that fills or dominates it; -1: several do */
};

/* Whether both are filled in the same way. */
static inline bool gs_column_alike(const struct gs_column *a, const struct gs_column *b)
{
    return memcmp(a, b, offsetof(struct gs_column, span)) == 0;
}

/* A column, and where the life that was seen in it goes on: in the column before, in the next one,
 * or in both. One that goes on and has less than half of the column only reaches in: it begins or
 * ends where the other column does, and its labels too. */
struct gs_settled {
    struct gs_column column;
    uint64_t alive;
    bool before, behind, reaches_in;
};

/* Where somebody cancelled a task. */
#define GS_CANCELLED "⊘"

/* A thread as an owner of a GIL, a task as one of a loop. */
struct gs_sign {
    char glyph[2]; /* no two that live at once have the same, up to 62 */
    uint8_t role;
    bool plain; /* the sign is the end or the beginning of its name */
};

struct gs_picture {
    struct gs_canvas *canvas;
    struct gs_lanes_view view; /* title_width filled in */
    int left;                  /* canvas column of the lanes' first one */
    int columns;
    uint64_t *edges;           /* columns + 1 times: column c covers edges[c] … edges[c + 1] */
    uint64_t two_columns;      /* ns, rounded down */
    struct gs_column *column;  /* the lane being drawn: those that are kept of it, or fresh */
    struct gs_column *fresh;   /* its columns that were looked at */
    struct gs_kept_lane *kept; /* of that lane; NULL: nothing is */
    int stands;                /* so many of its columns are what they were in the last frame */
    bool *taken;               /* its columns that text stands on */
    int shown;                 /* columns from here on are after the playhead */
    int lines;                 /* that the row being drawn takes, from y on */
    struct gs_sign *signs;     /* by actor */
    uint32_t sign_count;
    struct gs_lanes_signs seen; /* in the columns that are shown */
};

/* False: there is no room for a single column. Borrows canvas. */
bool gs_picture_init(struct gs_picture *picture, struct gs_canvas *canvas,
                     const struct gs_lanes_view *view);
void gs_picture_destroy(struct gs_picture *picture);
/* The column of a time, clamped to 0 … columns. */
int gs_picture_column(const struct gs_picture *picture, uint64_t time);
/* The column whose left edge is nearest to a time, likewise: where something begins or ends. */
int gs_picture_edge(const struct gs_picture *picture, uint64_t time);

/* How many of the columns a … b - 1 are not behind the playhead. */
uint32_t gs_picture_shown(const struct gs_picture *picture, int a, int b);

/* columns.c: fills picture->column for the lane. */
void gs_columns_take(struct gs_picture *picture, const struct gs_lane *lane);

/* calming.c: calms picture->fresh from the column first on, up to end; where the stretch there
 * began before, among the columns that are kept, those as well. Then what the next frame is to know
 * of the columns first … end - 1, which are kept from now on. */
void gs_calm(struct gs_picture *picture, int first, int end);
void gs_calm_note(struct gs_kept_lane *kept, int first, int end);

/* axis.c */
void gs_axis_draw(const struct gs_picture *picture, int y);

/* states.c: a lane's states; what hides in a column as one glyph for all lanes. */
void gs_states_draw(struct gs_picture *picture, const struct gs_lane *lane, int y);
const char *gs_states_glyph(const struct gs_column *column, bool ascii);
/* … and the sign where an actor failed, was killed or cancelled. */
void gs_states_failure(struct gs_picture *picture, const struct gs_lane *lane, int y);

/* idle.c: a process that did nothing: how it ended, where it did. */
void gs_idle_draw(struct gs_picture *picture, const struct gs_lane *process, int y);

/* signs.c: works out the signs of all threads and tasks; the one of an actor. */
void gs_signs_take(struct gs_picture *picture);
struct gs_sign gs_signs_of(const struct gs_picture *picture, uint32_t actor);
/* The role in which its name stands: TEXT where it has no sign. */
unsigned gs_signs_role(const struct gs_picture *picture, uint32_t actor);

/* crowd.c: all tasks of a loop. */
void gs_crowd_draw(struct gs_picture *picture, const struct gs_lane *loop, int y);

/* owners.c: a GIL's owners, those of a loop's turns, or a lock's, in boxes. */
void gs_owners_draw(struct gs_picture *picture, const struct gs_owned *owned, int y);
/* … and one such box: its border, then from the cell `gap` on what fits of it. */
struct gs_owner_box {
    int column, width, gap;
    unsigned role;
    const char *name;
};
void gs_owners_box(struct gs_picture *picture, int y, const struct gs_owner_box *box);

/* callbacks.c: likewise what a loop calls that is no task's step, over what is there. */
void gs_callbacks_draw(struct gs_picture *picture, const struct gs_lane *loop, int y);

/* labels.c, waits.c: [labels] and the words of waits, over the states of picture->column. */
void gs_labels_draw(struct gs_picture *picture, const struct gs_lane *lane, int y);
void gs_waits_draw(struct gs_picture *picture, const struct gs_lane *lane, int y);

/* lanes.c: the lines that a row takes. */
int gs_row_lines(const struct gs_row *row, int tall);

/* messages.c: over that many rows of lanes, from the canvas row top on. */
void gs_messages_draw(const struct gs_picture *picture, int top, size_t lanes);

/* around.c: on the axis the range, above the lanes the phases, below them marks and the cursor, the
 * total. */
bool gs_phases_any(const struct gs_picture *picture);
void gs_phases_draw(const struct gs_picture *picture, int y);
bool gs_marks_any(const struct gs_picture *picture);
void gs_marks_draw(const struct gs_picture *picture, int y);
void gs_range_draw(const struct gs_picture *picture, int y);
void gs_total_draw(const struct gs_picture *picture, int y);

#endif
