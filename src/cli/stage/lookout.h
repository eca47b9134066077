/* Watches a family of Python processes on the real clock from outside, as watchdog.h does on the
 * virtual one: whether all of its threads wait, have done so for a second, and for what nobody but
 * one of them could bring about. Then one is asked to tell it. It is no stall as long as somebody
 * else might help: who has the other end of a pipe, a socket's peer, a child that is no Python, a
 * thread that is none of Python's. A process whose threads wait for its own locks alone needs not
 * wait for the others. */
#ifndef GS_CLI_STAGE_LOOKOUT_H
#define GS_CLI_STAGE_LOOKOUT_H

#include "trace/segment.h"

struct gs_lookout;

/* Free with free. */
struct gs_lookout *gs_lookout_new(void);

/* Called often by whoever follows the run; looks ten times a second. */
void gs_lookout_look(struct gs_lookout *lookout, struct gs_segment *segment);

#endif
