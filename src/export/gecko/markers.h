/* The markers of a thread as they are found, and as they are written. Private to export/gecko/. */
#ifndef GS_EXPORT_GECKO_MARKERS_H
#define GS_EXPORT_GECKO_MARKERS_H

#include "base/long.h"
#include "export/gecko/parts.h"

/* In the profiler's words: what has a length, and what has none. */
enum gs_gecko_phase { INSTANT = 0, INTERVAL = 1 };

/* What its payload tells of. */
enum gs_gecko_payload {
    OF_STRETCH, /* as CPython's has it */
    OF_WAIT,    /* a span of the lane */
    OF_LABEL,   /* one of its labels */
    OF_TURN,    /* of the task that it is called by */
    OF_WORDS,   /* a point of it */
    OF_LOSS     /* one of those that are lost */
};

/* The payload is made when it is written: a thread may have millions. */
struct gs_gecko_marker {
    uint64_t start, end; /* ns */
    size_t index;        /* of what it tells of */
    uint32_t name;       /* in the profile's table */
    uint8_t payload, phase, category;
};

struct gs_gecko_markers {
    struct gs_gecko *gecko;
    uint32_t thread;
    const struct gs_lane *lane; /* NULL: it has none */
    struct gs_points lost;
    GS_LONG(struct gs_gecko_marker) list; /* in the order in which they were found */
};

/* Writes them by their beginnings, of those that begin at once the one first that was found first;
 * each payload with its marker's type. */
void gs_gecko_write_table(const struct gs_gecko_markers *m);

#endif
