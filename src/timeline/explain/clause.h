/* Clauses that the sentences about the GIL, about waits and about events share. */
#ifndef GS_TIMELINE_EXPLAIN_CLAUSE_H
#define GS_TIMELINE_EXPLAIN_CLAUSE_H

#include "timeline/explain/parts.h"

/* What ended a state in an interpreter, as a clause: "Thread-1 woke it", "its sleep is over";
 * ahead: what will have ended it, seen from before ("Thread-1 wakes it"). NULL: nothing did. */
const char *gs_explain_end_clause(struct gs_say *say, uint32_t interpreter, unsigned state,
                                  uint32_t cause, bool ahead);
/* " This ends in 5.0 ms: CLAUSE." for a stretch that has ended. */
void gs_explain_end(struct gs_instant *x);
/* " has been sleeping for 3.0 ms", or " goes to sleep" at the stretch's first instant. */
void gs_explain_since(struct gs_instant *x, const char *has_been, const char *begins);
/* What an actor does at an instant, after its name: "is running", "waits for Lock 1"; doing: and
 * that a task blocks its loop by it. */
const char *gs_explain_deed(struct gs_say *say, uint32_t actor, uint64_t time);
const char *gs_explain_doing(struct gs_say *say, uint32_t actor, uint64_t time);
/* How an actor that has died came to its end, where that was no ordinary one: ": its process was
 * killed by signal 9 (SIGKILL)", ": main cancelled it". "": it was, or a thread's error, which each
 * sentence has words of its own for. */
const char *gs_explain_ending(struct gs_say *say, const struct gs_lane *lane);
/* What an actor does, as gs_explain_doing, where it lets go of an interpreter's GIL for it: who
 * then wants one goes to another interpreter. */
const char *gs_explain_blocking(struct gs_say *say, uint32_t actor, uint32_t interpreter,
                                uint64_t time);

#endif
