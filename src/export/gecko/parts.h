/* The parts of the exporter for the Firefox Profiler: the profile around its threads, a thread, and
 * the markers in it. Private to export/gecko/. */
#ifndef GS_EXPORT_GECKO_PARTS_H
#define GS_EXPORT_GECKO_PARTS_H

#include "export/json.h"
#include "export/shown.h"
#include "export/tracks.h"

/* Places in the profile's list of categories: those that CPython's profiler writes, in its order,
 * and behind them what it does not see. */
enum gs_gecko_category {
    GS_GECKO_OTHER = 0,
    GS_GECKO_PYTHON = 1,
    GS_GECKO_NATIVE = 2,
    GS_GECKO_GIL = 4,
    GS_GECKO_CPU = 5,
    GS_GECKO_CODE_TYPE = 6,
    GS_GECKO_WAIT = 9,
    GS_GECKO_LABEL = 10,
    GS_GECKO_TASK = 11,
    GS_GECKO_SAID = 12
};

/* A thread's possession of a GIL, whosever: it can go from one interpreter to another; and a loop
 * of its. */
struct gs_gecko_hold {
    uint64_t thread, start, end;
};

struct gs_gecko_loop {
    uint64_t thread;
    uint32_t loop;
};

struct gs_gecko {
    struct gs_json json;
    const struct gs_timeline *timeline;
    struct gs_shown shown;
    struct gs_tracks tracks;
    uint64_t from, until; /* ns */
    json_t *strings;      /* the table of all names … */
    json_t *places;       /* … and where in it each stands */
    /* By thread, of each by time or number: found once, for there may be thousands of all. */
    GS_LONG(struct gs_gecko_hold) holds;
    GS_VEC(struct gs_gecko_loop) loops;
};

/* Where the text stands in the table; it is added if it does not. */
uint32_t gs_gecko_string(struct gs_gecko *g, const char *text);
json_t *gs_gecko_time(uint64_t ns); /* in ms */

/* owned.c: fills in what threads own, and gives it back. */
void gs_gecko_take_owned(struct gs_gecko *g);
void gs_gecko_free_owned(struct gs_gecko *g);

/* Writes the profile's object of a thread, with its markers. */
void gs_gecko_write_thread(struct gs_gecko *g, uint32_t actor);

/* Writes the table of its markers, by their beginnings. */
void gs_gecko_write_markers(struct gs_gecko *g, uint32_t actor);

/* What the profiler is to show of the markers that CPython's profiler does not have. */
json_t *gs_gecko_schemas(void);

#endif
