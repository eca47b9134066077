/* What a recording's ROWS blocks have in them: the tails of a trace's tables, collected while it is
 * recorded, and put on a shelf when it is read. */
#ifndef GS_TRACE_RECORDING_TAILS_H
#define GS_TRACE_RECORDING_TAILS_H

#include "trace/event.h"
#include "trace/recording/bytes.h"
#include "trace/recording/shelf.h"

/* An id is handed out before its row is filled; whose writer was killed in between has none for
 * ever. So many of them are looked at again, then the oldest is given up. */
enum { GS_TAILS_MISSING = 64 };

struct gs_missing {
    uint32_t ids[GS_TAILS_MISSING];
    size_t count;
};

/* One recorder's; for the thread that has the tables. */
struct gs_tails {
    const struct gs_tables *tables;
    struct gs_bytes bytes;    /* what was collected; the caller takes it and sets the count to 0 */
    uint32_t actors, objects; /* looked at so far */
    uint64_t text_bytes;      /* of the strings that were written */
    struct gs_missing missing_actors, missing_objects;
    uint64_t left_out;
    GS_VEC(uint64_t) known;                       /* strings that were written: a bit an id */
    uint64_t known_places[(UINT16_MAX + 1) / 64]; /* likewise */
    GS_VEC(const char *) files;                   /* paths in places that came up; the tables' */
};

/* Collects the strings that the event speaks of, and its place. */
void gs_tails_mention(struct gs_tails *rows, const struct gs_event *event);

/* Collects the rows that are new, some megabytes of them at a time. True: there are more. */
bool gs_tails_collect(struct gs_tails *rows);

void gs_tails_free(struct gs_tails *rows);

/* False: the bytes are broken; what stood in front of that is on the shelf. */
bool gs_tails_read(struct gs_bytes_in *in, struct gs_shelf *shelf);

#endif
