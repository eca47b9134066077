/* The consumer of all rings: takes what has arrived, merges it by time, hands it on one event at a
 * time. Never blocks; for one thread at a time (see intake.h).
 *
 * Order: the events of one actor come in their order, always. Between actors the order of one drain
 * is by time, but an event can arrive a drain later than another thread's newer one; who needs
 * order between actors has to insert. */
#ifndef GS_TRACE_COLLECTOR_H
#define GS_TRACE_COLLECTOR_H

#include "trace/segment.h"

#include <sys/types.h>

struct gs_collector; /* borrows the segment */

struct gs_collector *gs_collector_new(struct gs_segment *segment);
void gs_collector_free(struct gs_collector *collector);

typedef void gs_collector_sink(void *context, const struct gs_event *event);

/* Takes at most `most` events (0: all that are there now); returns how many it took. Losses that
 * no LOST event tells of any more, because their thread is gone, are told by one made here. */
uint64_t gs_collector_drain(struct gs_collector *collector, uint64_t most, gs_collector_sink *sink,
                            void *context);

/* How long the caller can leave the rings alone after a drain, in ns: half of the time since a ring
 * was last found half full, at most `most`. So a producer in a hurry is followed closely, one that
 * waits for room does so no longer than it was slow before, and a calm run costs a look each
 * `most`. */
uint64_t gs_collector_rest(const struct gs_collector *collector, uint64_t most);

/* Once the stage is gone: what its rings still owe is told, owned or not. */
uint64_t gs_collector_finish(struct gs_collector *collector, gs_collector_sink *sink,
                             void *context);

/* Behind that: a run that had begun and could not tell its end has it told here, with what waitpid
 * said of the stage. Not for one that was ended from here. */
uint64_t gs_collector_end(struct gs_collector *collector, int status, gs_collector_sink *sink,
                          void *context);

#endif
