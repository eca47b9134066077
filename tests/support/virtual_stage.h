/* A virtual clock without a guest, for tests of the scheduler: the caller is its only actor. Once a
 * process, so each test opens it in a child of its own. */
#ifndef GS_TEST_VIRTUAL_STAGE_H
#define GS_TEST_VIRTUAL_STAGE_H

#include "sched/runner.h"
#include "sched/runtime.h"

/* What conf does not say is as in any run, but for the clock and the segment; costs included. The
 * caller calls gs_begin next. */
bool virtual_stage_open(struct gs_runner *self, struct gs_runtime_conf conf);

#endif
