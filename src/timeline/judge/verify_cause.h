/* The rules of what ends a wait: somebody or something does, exists, and could. */
#ifndef GS_TIMELINE_JUDGE_VERIFY_CAUSE_H
#define GS_TIMELINE_JUDGE_VERIFY_CAUSE_H

#include "timeline/judge/judge.h"

void gs_judge_cause(struct gs_judge *j, const struct gs_lane *lane, const struct gs_span *span);

#endif
