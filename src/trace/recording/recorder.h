/* Records a run while it is followed: the same events that its timeline gets, in the same order,
 * and who and what they speak of. A thread of its own packs and writes them, so whoever follows the
 * run never waits for a disk; it waits only where so many events are not written yet that memory
 * would fill.
 *
 * Some 50 ms after an event was given to gs_recorder_flush it is in the file, and there it outlives
 * the process, whatever ends that. Another thread asks the disk at once to keep it (fdatasync),
 * which is what it takes to outlive the machine: how long that takes is the disk's business, and
 * one that says "done" too early is believed.
 *
 * Everything here is called from the thread that has the tables. */
#ifndef GS_TRACE_RECORDING_RECORDER_H
#define GS_TRACE_RECORDING_RECORDER_H

#include "base/error.h"
#include "trace/event.h"
#include "trace/recording/about.h"
#include "trace/tables.h"

/* That time goes on without an event is told so often. */
#define GS_RECORDER_PULSE_NS 100000000u

struct gs_recorder; /* free with gs_recorder_free */

/* What an order says of a run. title and speed are its scene's; "" and 0: none. */
struct gs_about gs_recorder_about(const struct gs_order *order, const char *title, double speed);

/* What is in the file stays until it follows a run. path NULL: into a file without a name, which
 * gs_recorder_name can give one later, and which is given up when it gets larger than a temporary
 * file should. NULL with err: it cannot be begun. */
struct gs_recorder *gs_recorder_new(const char *path, const struct gs_about *about,
                                    struct gs_error *err);
/* Whose tables they are, before the first event; the facts of the run are added once these have
 * them. Borrowed until it is finished. */
void gs_recorder_follow(struct gs_recorder *recorder, const struct gs_tables *tables);

/* Takes an event; has the shape of gs_collector_sink, with the recorder as context. */
void gs_recorder_put(void *recorder, const struct gs_event *event);
/* After each drain: what was taken is handed on; live: how far the run's clock is, in ns. */
void gs_recorder_flush(struct gs_recorder *recorder, uint64_t live);

/* Puts all that there is into the file at path and goes on there; returns at once, and what came of
 * it is seen in the state. */
void gs_recorder_name(struct gs_recorder *recorder, const char *path);

struct gs_recorder_state {
    uint64_t events, bytes; /* in the file so far */
    bool named, naming;     /* it has a name; is about to get one */
    bool over;              /* nothing is taken any more */
    bool failed;            /* it is over too early; … */
    bool nameless;          /* … did not get the name that was asked for last: … */
    struct gs_error err;    /* … why */
};
struct gs_recorder_state gs_recorder_state(struct gs_recorder *recorder);

/* The run is over: writes what is left, the end and the index, and waits for that. False with err:
 * it was over too early. Nothing is taken any more; a name can still be given. */
bool gs_recorder_finish(struct gs_recorder *recorder, const struct gs_recorded_end *end,
                        struct gs_error *err);

/* Waits for what was asked of it. One that was not finished is a recording that was cut. Harmless
 * with NULL. */
void gs_recorder_free(struct gs_recorder *recorder);

#endif
