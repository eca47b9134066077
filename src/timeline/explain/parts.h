/* The parts that gs_explain is made of; one file a subject. */
#ifndef GS_TIMELINE_EXPLAIN_PARTS_H
#define GS_TIMELINE_EXPLAIN_PARTS_H

#include "timeline/explain/explain.h"
#include "timeline/explain/say.h"

/* An instant of a lane, with what is found there. */
struct gs_instant {
    struct gs_say *say;
    const struct gs_timeline *t;
    const struct gs_lane *lane;
    uint32_t actor, interpreter;
    uint64_t time;
    const struct gs_span *span;
    size_t index;   /* of span */
    uint64_t since; /* when the state began; spans that only change the line are one stretch */
    uint64_t until; /* when that stretch ends, or the timeline's end while it is open */
    size_t last;    /* index of the stretch's last span: the one that tells who ended it */
};

/* explain.c: fills in what is found at x's time on x's lane, from `interpreter` on. False: no state
 * covers it. */
bool gs_instant_find(struct gs_instant *x);

/* event.c: a message, and its other end. */
void gs_explain_message(struct gs_say *say, const struct gs_event *e);

/* gil.c */
void gs_explain_running(struct gs_instant *x);
void gs_explain_wants_gil(struct gs_instant *x);
void gs_explain_interpreter(struct gs_say *say, uint32_t interpreter, uint64_t time);

/* task.c: a task that is suspended, that stands in its loop's queue, that has its turn. */
void gs_explain_awaiting(struct gs_instant *x);
void gs_explain_task_ready(struct gs_instant *x);
void gs_explain_turn(struct gs_instant *x);

/* loop.c: a loop; and who has the turn on one, as a sentence. */
void gs_explain_loop(struct gs_instant *x);
void gs_explain_keeper(struct gs_instant *x, uint32_t loop);

/* wait.c */
void gs_explain_waiting(struct gs_instant *x);

/* share.c: what is said of a wait for what many have a share of. */
void gs_explain_units(struct gs_instant *x);
void gs_explain_tasks(struct gs_instant *x);
void gs_explain_barrier(struct gs_instant *x);

#endif
