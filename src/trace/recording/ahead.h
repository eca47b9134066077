/* A recording's blocks in their order, read ahead: a thread of its own reads, unpacks and takes
 * apart the next few while the caller does something with the last one. What it costs to make a
 * timeline of events is about what it costs to unpack them, so two cores are twice as quick.
 *
 * Everything here is for the one thread that has the reader; the thread behind it touches nothing
 * of the reader's but its source and its list of blocks, which do not change. */
#ifndef GS_TRACE_RECORDING_AHEAD_H
#define GS_TRACE_RECORDING_AHEAD_H

#include "trace/recording/reader.h"

/* A block of EVENTS, ROWS or FILE: others are none of a run's course, and are passed over. */
struct gs_ahead_block {
    enum gs_block_kind kind;
    bool damaged;              /* then there is nothing in it */
    struct gs_unpacked events; /* EVENTS */
    struct gs_bytes content;   /* ROWS, FILE */
};

struct gs_ahead; /* free with gs_ahead_free */

/* Borrows the reader. Where there can be no other thread, its work is done in gs_ahead_next. */
struct gs_ahead *gs_ahead_new(const struct gs_reader *reader);
void gs_ahead_free(struct gs_ahead *ahead); /* waits for the block that is being read */

/* Whether there is another block. */
bool gs_ahead_has_more(const struct gs_ahead *ahead);

/* The next one, which there is; waits for it. It stays until the next call. */
const struct gs_ahead_block *gs_ahead_next(struct gs_ahead *ahead);

#endif
