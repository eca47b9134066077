/* The parts that gs_verify is made of; one file a subject. */
#ifndef GS_TIMELINE_JUDGE_VERIFY_PARTS_H
#define GS_TIMELINE_JUDGE_VERIFY_PARTS_H

#include "timeline/judge/verify.h"
#include "timeline/store.h"

enum { GS_JUDGE_TIME = 32, GS_JUDGE_NAME = 48 };

struct gs_loss {
    uint64_t time;
    uint32_t carrier; /* 0: anybody's */
};

struct gs_judge {
    const struct gs_timeline *t;
    struct gs_violations *found;
    GS_VEC(struct gs_loss) losses; /* by time */
};

/* Names and times for one violation's text; as many as the longest sentence has. */
struct gs_judge_words {
    char actor[GS_JUDGE_NAME], other[GS_JUDGE_NAME], gil[GS_JUDGE_NAME];
    char time[GS_JUDGE_TIME], length[GS_JUDGE_TIME];
};

/* verify.c */
const char *gs_judge_name(const struct gs_judge *j, char buffer[GS_JUDGE_NAME], uint32_t actor);
const char *gs_judge_duration(char buffer[GS_JUDGE_TIME], uint64_t ns);
void gs_judge_violate(struct gs_judge *j, uint64_t time, uint32_t actor, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Events that tell of the actor were lost between the two instants, both included. */
bool gs_judge_lost(const struct gs_judge *j, uint32_t actor, uint64_t from, uint64_t until);

/* verify_gil.c: one owner at a time; nobody runs, in the span of that index, without owning it;
 * whether others than the lane's actor owned it during a span. */
void gs_judge_holds(struct gs_judge *j, const struct gs_lane *gil);
void gs_judge_ownership(struct gs_judge *j, const struct gs_lane *lane, size_t index,
                        uint32_t interpreter);
bool gs_judge_others_owned(const struct gs_judge *j, const struct gs_lane *lane,
                           const struct gs_span *span, uint32_t interpreter);

#endif
