/* The file of a recording as it is written: blocks are appended, each by one write, so that
 * whatever ends the process leaves whole ones. What was written outlives the process at once; it
 * outlives the machine once gs_writer_sync is through, and else as soon as the system writes it
 * back by itself, some seconds later, in any order: a reader holds every block against its
 * checksum.
 *
 * For one thread at a time, but for gs_writer_sync. */
#ifndef GS_TRACE_RECORDING_WRITER_H
#define GS_TRACE_RECORDING_WRITER_H

#include "base/error.h"
#include "trace/recording/about.h"
#include "trace/recording/format.h"

struct gs_writer; /* free with gs_writer_close */

/* Begins a recording in the file at path; NULL: in one without a name, for gs_writer_move. A file
 * that is there and is no recording is not overwritten. */
struct gs_writer *gs_writer_open(const char *path, struct gs_error *err);
/* Closes as it is: without gs_writer_end it is a recording that was cut. */
void gs_writer_close(struct gs_writer *writer);

/* Appends a block of that kind. False with err: the disk is full, say. Then everything up to the
 * block before is in the file, and nothing can be appended any more. */
bool gs_writer_put(struct gs_writer *writer, enum gs_block_kind kind,
                   const struct gs_bytes *content, struct gs_error *err);
/* … of events, at most GS_BLOCK_MOST_EVENTS; live: how far the run's clock is. */
bool gs_writer_put_events(struct gs_writer *writer, const struct gs_event *events, size_t count,
                          uint64_t live, struct gs_error *err);
/* … with the text of the file at path, if it is one to read. */
bool gs_writer_put_file(struct gs_writer *writer, const char *path, struct gs_error *err);
/* How it ended, and the index; nothing is appended afterwards. */
bool gs_writer_end(struct gs_writer *writer, const struct gs_recorded_end *end,
                   struct gs_error *err);

/* Copies what there is into a new file at path and goes on there. False with err: it goes on where
 * it was, and leaves nothing of itself at path. */
bool gs_writer_move(struct gs_writer *writer, const char *path, struct gs_error *err);

/* Blocks until the disk has what was appended before the call. From any thread, while others
 * append; not during gs_writer_move. */
void gs_writer_sync(const struct gs_writer *writer);

uint64_t gs_writer_bytes(const struct gs_writer *writer);
uint64_t gs_writer_room(const struct gs_writer *writer); /* bytes that its disk still takes */
uint64_t gs_writer_events(const struct gs_writer *writer);

#endif
