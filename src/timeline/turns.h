/* An event loop and its tasks: whose turn it is, and how many stand by. One task is on its loop at
 * a time, but for those that are begun at once inside another one's step (eager tasks): of these
 * the innermost has the turn. The turns are the holds of the loop's lane, as a GIL's owners are of
 * its interpreter's; all of this is derived from the tasks' states. */
#ifndef GS_TIMELINE_TURNS_H
#define GS_TIMELINE_TURNS_H

#include "timeline/timeline.h"

/* A task in such a state is on its loop: its thread is in the same one. */
static inline bool gs_state_has_turn(unsigned state)
{
    return state != GS_STATE_NONE && state != GS_STATE_READY && state != GS_STATE_AWAITING &&
           state != GS_STATE_UNKNOWN;
}

/* A turn that is longer is too long: asyncio's own measure, of debug mode's slow_callback_duration.
 */
#define GS_TURN_LONG 100000000u

/* Whether whose turn it is blocks its loop: the thread waits or sleeps for most of it, up to `now`,
 * or it lasts for too long. */
bool gs_turn_blocks(const struct gs_timeline *timeline, const struct gs_hold *turn, uint64_t now);

/* The owner's span that most of the turn went into; NULL: it is of no length. */
const struct gs_span *gs_turn_longest(const struct gs_timeline *timeline,
                                      const struct gs_hold *turn);

/* What else a loop calls than its tasks' steps is a label of its lane: the one that it is in at an
 * instant, in which no task has its turn; NULL: none. */
const struct gs_label *gs_turn_callback(const struct gs_timeline *timeline, uint32_t loop,
                                        uint64_t time);

/* Whether a callback blocks its loop, as a turn does; and what of the loop's most of it went into,
 * NULL: it is of no length. */
bool gs_callback_blocks(const struct gs_timeline *timeline, uint32_t loop,
                        const struct gs_label *callback, uint64_t now);
const struct gs_span *gs_callback_longest(const struct gs_timeline *timeline, uint32_t loop,
                                          const struct gs_label *callback);

/* Where most of what the actor computed went in a turn from start until end, a task's, or in a
 * callback, of a loop's: a BUSY event, the last by then of those that a long one has. NULL: that
 * was little. */
const struct gs_event *gs_turn_busy(const struct gs_timeline *timeline, uint32_t actor,
                                    uint64_t start, uint64_t end);

/* Of a loop's tasks, how many are in their turn (more than one where they are nested), in the ready
 * queue, suspended. */
struct gs_crowd {
    uint32_t on, ready, awaiting;
};

/* At an instant, after what happened in it. */
struct gs_crowd gs_crowd_at(const struct gs_timeline *timeline, uint32_t loop, uint64_t time);

/* How many tasks sleep or await something although their time has come: the loop had no turn yet to
 * wake them. Two binary searches. */
uint32_t gs_turn_late_count(const struct gs_timeline *timeline, uint32_t loop, uint64_t time);

/* Until when a task that sleeps at this instant does; 0: it does not, or nobody knows. */
uint64_t gs_turn_due(const struct gs_timeline *timeline, uint32_t task, uint64_t time);

/* Whom a turn keeps waiting: those in the ready queue, and sleepers whose time has come. How many
 * they are; and as many as fit into tasks, by when they were made: gives how many it filled in. */
uint32_t gs_turn_kept_count(const struct gs_timeline *timeline, uint32_t loop, uint64_t time);
size_t gs_turn_kept(const struct gs_timeline *timeline, uint32_t loop, uint64_t time,
                    uint32_t *tasks, size_t room);

/* When to ask who is kept waiting by a turn from start until end: who was there for a tenth of it
 * at least, and not who was made in its last moment. */
static inline uint64_t gs_turn_late(uint64_t start, uint64_t end)
{
    return end - (end - start) / 10 - (end > start);
}

/* On average between two instants. Costs two binary searches. */
struct gs_crowd_mean {
    double on, ready, awaiting;
};
struct gs_crowd_mean gs_crowd_between(const struct gs_timeline *timeline, uint32_t loop,
                                      uint64_t from, uint64_t until);

#endif
