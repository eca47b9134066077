/* The rings of a run are emptied by a thread of its own, which does nothing else: what is done with
 * the events may take its time. A thread's ring is full after 32 ms at a million events a second,
 * and what comes then is lost; whoever draws, writes to a disk or shares its core with others can
 * be away for longer. The events wait in between, in a queue that takes half a second of that.
 *
 * Everything here is for one thread, the one that has the timeline. It never waits for the other
 * one for longer than that needs to look through the rings. */
#ifndef GS_TRACE_INTAKE_H
#define GS_TRACE_INTAKE_H

#include "trace/collector.h"

struct gs_intake; /* borrows the segment */

struct gs_intake *gs_intake_new(struct gs_segment *segment);
void gs_intake_free(struct gs_intake *intake);

/* Hands on at most `most` events; returns how many there were. Less than `most`: what was in the
 * rings at the call has been handed on, all of it. Order and losses as gs_collector_drain says. */
uint64_t gs_intake_drain(struct gs_intake *intake, uint64_t most, gs_collector_sink *sink,
                         void *context);

/* The same without waiting for the thread, which may be at the rings and have lost its core there:
 * then less than what is there is handed on. */
uint64_t gs_intake_drain_at_once(struct gs_intake *intake, uint64_t most, gs_collector_sink *sink,
                                 void *context);

/* Whether events wait in the queue, or the last call could not look, or the thread is at the rings
 * now: a caller that has nothing else to do need not rest. Does not wait. */
bool gs_intake_has_more(struct gs_intake *intake);

/* Once the stage is gone: the rest of it, as gs_collector_finish and gs_collector_end. The thread
 * has ended afterwards. */
void gs_intake_finish(struct gs_intake *intake, gs_collector_sink *sink, void *context);
uint64_t gs_intake_end(struct gs_intake *intake, int status, gs_collector_sink *sink,
                       void *context);

#endif
