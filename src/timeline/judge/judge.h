/* What the rules of a trace share: the trace, what was found to break one, the words to say so, and
 * where events are missing. Each subject's rules are in a file of their own, verify_*.c; verify.c
 * lets them all judge. */
#ifndef GS_TIMELINE_JUDGE_JUDGE_H
#define GS_TIMELINE_JUDGE_JUDGE_H

#include "timeline/judge/verify.h"
#include "timeline/store.h"

enum { GS_JUDGE_TIME = 32, GS_JUDGE_NAME = 48 };

/* Where events of one ring are missing: between two that are there. The loss itself is told at the
 * one or at the other. */
struct gs_hole {
    uint64_t from, told, until;
};

/* Somebody woke an actor; whose ring tells it. */
struct gs_waking {
    uint64_t time;
    uint32_t carrier;
};

/* What the trace says of an actor, but not on its own lane. */
struct gs_judge_notes {
    GS_VEC(struct gs_hole) holes;      /* of its ring, by `told` */
    GS_LONG(struct gs_waking) wakings; /* that woke it, by time */
};

struct gs_judge {
    const struct gs_timeline *t;
    struct gs_violations *found;
    struct gs_judge_notes *notes; /* by actor; [0]: of anybody */
    uint32_t actors;
};

/* Names and times for one violation's text; as many as the longest sentence has. */
struct gs_judge_words {
    char actor[GS_JUDGE_NAME], other[GS_JUDGE_NAME], gil[GS_JUDGE_NAME];
    char time[GS_JUDGE_TIME], length[GS_JUDGE_TIME];
};

void gs_judge_init(struct gs_judge *j, const struct gs_timeline *timeline,
                   struct gs_violations *found);
void gs_judge_destroy(struct gs_judge *j);

const char *gs_judge_name(const struct gs_judge *j, char buffer[GS_JUDGE_NAME], uint32_t actor);
const char *gs_judge_duration(char buffer[GS_JUDGE_TIME], uint64_t ns);
void gs_judge_violate(struct gs_judge *j, uint64_t time, uint32_t actor, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The span whose event told of this one. What a lane lost its core for is told afterwards, by an
 * event of another time: then it is the one before all of that. */
size_t gs_judge_told(const struct gs_lane *lane, size_t span);

/* Events that tell of the actor may be missing between the two instants. */
bool gs_judge_lost(const struct gs_judge *j, uint32_t actor, uint64_t from, uint64_t until);

/* The waker woke the actor between the two instants, both included. */
bool gs_judge_woke(const struct gs_judge *j, uint32_t waker, uint32_t actor, uint64_t from,
                   uint64_t until);

#endif
