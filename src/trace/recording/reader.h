/* A recording's file as it is read: which blocks it has, and what is in one of them. Trusts nothing
 * that stands there; a block that is damaged is passed over and counted. For one thread. */
#ifndef GS_TRACE_RECORDING_READER_H
#define GS_TRACE_RECORDING_READER_H

#include "base/error.h"
#include "trace/recording/unpack.h"

struct gs_reader; /* free with gs_reader_close */

/* By its index, or where that is missing or no good, from head to head. NULL with err: the file
 * cannot be read, is empty, is no recording, or is of a version that is newer than this program. */
struct gs_reader *gs_reader_open(const char *path, struct gs_error *err);
/* The same of an open file, which belongs to the reader from then on; called so in messages. */
struct gs_reader *gs_reader_open_fd(int fd, const char *called, struct gs_error *err);
void gs_reader_close(struct gs_reader *reader);

/* In the order of the file; the index is none of them. They stay, and other threads may look at
 * them and at the source. */
const struct gs_block *gs_reader_blocks(const struct gs_reader *reader, size_t *count);
const struct gs_source *gs_reader_source(const struct gs_reader *reader);

/* Whether the file has its index: it was ended, not cut. */
bool gs_reader_is_whole(const struct gs_reader *reader);
/* Bytes between blocks that belong to none, and blocks that could not be read so far. */
uint64_t gs_reader_damaged(const struct gs_reader *reader);
/* One was unpacked out of its source, and could not be read. */
void gs_reader_found_damage(struct gs_reader *reader);

/* The first block of events that has one at that time or behind it; the number of blocks: none. */
size_t gs_reader_at(const struct gs_reader *reader, uint64_t time);

/* What is in the i-th block; it lies there until the next call. False: it is damaged. */
bool gs_reader_content(struct gs_reader *reader, size_t i, struct gs_bytes_in *content);

#endif
