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

/* explain_gil.c */
void gs_explain_running(struct gs_instant *x);
void gs_explain_wants_gil(struct gs_instant *x);
void gs_explain_interpreter(struct gs_say *say, uint32_t interpreter, uint64_t time);
/* The rules of an interpreter's GIL. */
enum gs_gil_profile gs_explain_profile(const struct gs_timeline *timeline, uint32_t interpreter);
/* The hold of an interpreter's GIL that covers time; NULL: it is free. index may be NULL. */
const struct gs_hold *gs_explain_hold(const struct gs_timeline *timeline, uint32_t interpreter,
                                      uint64_t time, size_t *index);

/* explain_wait.c */
void gs_explain_waiting(struct gs_instant *x);
/* Who has the lock that the span waits for; 0: nobody, or it is nothing that can be had. */
uint32_t gs_explain_lock_owner(const struct gs_timeline *timeline, const struct gs_span *span,
                               uint64_t time);
/* What ended a state in an interpreter, as a clause: "Thread-1 woke it", "its sleep is over";
 * ahead: what will have ended it, seen from before ("Thread-1 wakes it"). NULL: nothing did. */
const char *gs_explain_end_clause(struct gs_say *say, uint32_t interpreter, unsigned state,
                                  uint32_t cause, bool ahead);
/* " It ends in 5.0 ms: CLAUSE." for a stretch that has ended. */
void gs_explain_end(struct gs_instant *x);
/* " has been sleeping for 3.0 ms", or " goes to sleep" at the stretch's first instant. */
void gs_explain_since(struct gs_instant *x, const char *has_been, const char *begins);
/* What an actor does at an instant, after its name: "is running", "waits for Lock 1". */
const char *gs_explain_doing(struct gs_say *say, uint32_t actor, uint64_t time);
/* The same where it lets go of an interpreter's GIL for it: who then wants one goes to another
 * interpreter. */
const char *gs_explain_blocking(struct gs_say *say, uint32_t actor, uint32_t interpreter,
                                uint64_t time);

#endif
