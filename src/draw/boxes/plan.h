/* Which box stands where. Private to draw/boxes/. */
#ifndef GS_DRAW_BOXES_PLAN_H
#define GS_DRAW_BOXES_PLAN_H

#include "draw/boxes/boxes.h"

/* What is told of threads; each takes less room than the one before. */
enum gs_boxes_detail {
    GS_BOXES_ALL,
    GS_BOXES_LIVING, /* of an interpreter at most `most`, and sums of the others */
    GS_BOXES_SUMS,
    GS_BOXES_SLIM /* … without a box around them */
};

struct gs_box_interpreter {
    uint32_t actor;
    long heading;        /* row of its group or of its GIL; -1: it has neither */
    size_t first, end;   /* of the plan's lanes: those that are in it at the instant */
    size_t alive, ended; /* how many of them live at the instant, and how many have lived */
    uint32_t folded;     /* lanes that are not among them; … */
    bool helpers;        /* … they are helpers */
};

struct gs_box_process {
    uint32_t actor; /* 0: interpreters that are in none */
    long heading;   /* row */
    size_t first, end;
    uint32_t folded;
    bool helpers;
};

struct gs_boxes_plan {
    GS_VEC(struct gs_box_process) processes;
    GS_VEC(struct gs_box_interpreter) interpreters;
    GS_VEC(size_t) lanes; /* rows, by interpreter */
    enum gs_boxes_detail detail;
    size_t most;
    size_t columns; /* of boxes beside each other */
    size_t first;   /* process from which on there is room; a multiple of columns … */
    size_t end;     /* … and up to where */
    int height;     /* of what is drawn, with the line that tells of the others */
};

void gs_boxes_plan(struct gs_boxes_plan *plan, const struct gs_boxes_view *view);
void gs_boxes_plan_free(struct gs_boxes_plan *plan);

/* Lines of a box with its edges; and of the boxes that stand beside the one of process `first`. */
int gs_boxes_lines(const struct gs_boxes_plan *plan, const struct gs_box_interpreter *interpreter);
int gs_boxes_tier(const struct gs_boxes_plan *plan, size_t first);

/* Whether the actor of a row is there at the instant: it has begun; and it has not ended. */
bool gs_boxes_begun(const struct gs_boxes_view *view, size_t row);
bool gs_boxes_alive(const struct gs_boxes_view *view, size_t row);

#endif
