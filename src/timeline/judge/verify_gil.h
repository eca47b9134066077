/* The rules of a GIL: one owner at a time, and whoever runs is it. */
#ifndef GS_TIMELINE_JUDGE_VERIFY_GIL_H
#define GS_TIMELINE_JUDGE_VERIFY_GIL_H

#include "timeline/judge/judge.h"

/* One owner at a time. */
void gs_judge_holds(struct gs_judge *j, const struct gs_lane *gil);

/* Nobody runs, in the span of that index, without owning the interpreter's GIL. */
void gs_judge_ownership(struct gs_judge *j, const struct gs_lane *lane, size_t index,
                        uint32_t interpreter);

/* Whether others than the lane's actor owned the GIL during a span. */
bool gs_judge_others_owned(const struct gs_judge *j, const struct gs_lane *lane,
                           const struct gs_span *span, uint32_t interpreter);

/* Whether the one who let go of the GIL last, in time for the end of the lane's span, is `who`. */
bool gs_judge_let_go(const struct gs_judge *j, const struct gs_lane *lane,
                     const struct gs_span *span, uint32_t interpreter, uint32_t who);

/* Events may be missing that would tell so: its take can be older than the wish. */
bool gs_judge_let_go_unseen(const struct gs_judge *j, const struct gs_span *span,
                            uint32_t interpreter, uint32_t who);

#endif
