/* Events as columns of differences, and back: what an EVENTS block of a recording has in it, see
 * format.h. Neighbours in a column are alike, which is what zstd lives on. */
#ifndef GS_TRACE_RECORDING_COLUMNS_H
#define GS_TRACE_RECORDING_COLUMNS_H

#include "trace/event.h"
#include "trace/recording/bytes.h"

/* Appends the columns of events[0 .. count), whose earliest time is `from`. */
void gs_columns_write(struct gs_bytes *bytes, const struct gs_event *events, size_t count,
                      uint64_t from);

/* Fills events[0 .. count). False: the bytes are not what gs_columns_write makes of so many; then
 * what is in events means nothing. Kinds and ids in them can be anything, as a timeline expects. */
bool gs_columns_read(struct gs_bytes_in *in, struct gs_event *events, size_t count, uint64_t from);

#endif
