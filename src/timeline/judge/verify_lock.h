/* The rule of a lock: one owner at a time. */
#ifndef GS_TIMELINE_JUDGE_VERIFY_LOCK_H
#define GS_TIMELINE_JUDGE_VERIFY_LOCK_H

#include "timeline/judge/judge.h"

void gs_judge_lock(struct gs_judge *j, uint32_t object);

#endif
