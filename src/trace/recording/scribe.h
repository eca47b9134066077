/* The threads behind a recorder: the scribe, who packs what he is given and writes it, and the
 * syncer, who asks the disk to keep what was written. */
#ifndef GS_TRACE_RECORDING_SCRIBE_H
#define GS_TRACE_RECORDING_SCRIBE_H

#include "trace/recording/recorder.h"
#include "trace/recording/writer.h"

/* What there is to write, in this order. */
struct gs_work {
    struct gs_bytes about, rows;
    GS_VEC(char *) files; /* paths; the work's */
    GS_VEC(struct gs_event) events;
    uint64_t live;
    char *name;                  /* to go on under this one; the work's */
    struct gs_recorded_end *end; /* likewise */
};

struct gs_scribe;

/* The writer belongs to the scribe from now on. It ends early, with a message, when an unnamed file
 * has more than unnamed_most bytes. */
struct gs_scribe *gs_scribe_start(struct gs_writer *writer, bool named, uint64_t unnamed_most);

/* Takes all that is in the work, which is empty then. Waits while too much is not written yet. */
void gs_scribe_give(struct gs_scribe *scribe, struct gs_work *work);

/* Waits until all that was given is written. */
void gs_scribe_await(struct gs_scribe *scribe);

struct gs_recorder_state gs_scribe_state(struct gs_scribe *scribe);

/* Waits likewise, and ends the threads. */
void gs_scribe_end(struct gs_scribe *scribe);

#endif
