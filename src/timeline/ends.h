/* How a process came to an end that is no ordinary one, in words. */
#ifndef GS_TIMELINE_ENDS_H
#define GS_TIMELINE_ENDS_H

#include "timeline/timeline.h"

/* Room for it; a longer program's path is cut. */
enum { GS_END_SIZE = 192 };

/* "killed by signal 9 (SIGKILL)", "killed" where nobody knows by what, "replaced by /bin/sh
 * (exec)": what has become of the process that the actor is in, or is, or of its thread alone. "":
 * nothing of the kind.
 * Returns buffer. */
const char *gs_end_of_process(char *buffer, size_t size, const struct gs_timeline *timeline,
                              uint32_t actor);

/* The same of a run that is complete: of its first process, and of what took that over. */
const char *gs_end_of_run(char *buffer, size_t size, const struct gs_timeline *timeline);

/* Whether the run came to stand still and was to: it claims that, the claim holds, and so does all
 * else that it claims; no error was left over. */
bool gs_end_was_expected(const struct gs_timeline *timeline);

/* The exit status of a complete run: 0 for one that stood still as expected, though its process had
 * to be ended. */
int gs_end_status(const struct gs_timeline *timeline);

/* Whether a claim does not hold, or an error was left over: Python itself thinks nothing of one
 * that ended a thread. */
bool gs_end_failed(const struct gs_timeline *timeline);

/* The exit status of whoever ran it, of a run whose own was status: 1 instead of 0 for one that
 * failed, whether a screen showed it or not. */
int gs_end_verdict(const struct gs_timeline *timeline, int status);

/* Whether it is a task that nobody ever finished, though its process went on. */
bool gs_end_was_forgotten(const struct gs_timeline *timeline, const struct gs_lane *lane);

/* Whether its process was killed, and the actor with it. */
bool gs_end_was_violent(const struct gs_timeline *timeline, const struct gs_lane *lane);

#endif
