/* The rules of event loops and tasks: who is on a loop does what the loop's thread does. */
#ifndef GS_TIMELINE_JUDGE_VERIFY_TASK_H
#define GS_TIMELINE_JUDGE_VERIFY_TASK_H

#include "timeline/judge/judge.h"

/* The spans of a task or a loop. */
void gs_judge_on_loop(struct gs_judge *j, const struct gs_lane *lane);

/* What a loop calls that is no task's step: nobody has his turn then. */
void gs_judge_callbacks(struct gs_judge *j, const struct gs_lane *loop);

#endif
