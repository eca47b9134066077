/* The rule of a message: who received it did so after it was sent, and got all of it. */
#ifndef GS_TIMELINE_JUDGE_VERIFY_MESSAGE_H
#define GS_TIMELINE_JUDGE_VERIFY_MESSAGE_H

#include "timeline/judge/judge.h"

/* All that went through the object. */
void gs_judge_messages(struct gs_judge *j, uint32_t object);

#endif
