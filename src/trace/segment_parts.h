/* The inside of a segment, for the files that fill it (segment.c, rows.c) and the one that reads
 * its tables for a screen (mirror.c). */
#ifndef GS_TRACE_SEGMENT_PARTS_H
#define GS_TRACE_SEGMENT_PARTS_H

#include "trace/channels.h"
#include "trace/mirror.h"
#include "trace/segment.h"

/* A row is readable once its flag is set: ids are handed out before rows are filled. */
struct gs_actor_slot {
    struct gs_actor_row row;
    _Atomic uint32_t filled;
};

struct gs_object_slot {
    struct gs_object_row row;
    _Atomic uint32_t filled;
};

struct gs_place_slot {
    struct gs_place_row row;
    _Atomic uint32_t filled;
};

struct gs_facts_slot {
    struct gs_facts row;
    _Atomic uint32_t filled;
};

struct gs_segment_header {
    uint64_t magic;
    struct gs_segment_conf conf; /* for who attaches; nobody looks at it again */
    struct gs_control control;
    _Atomic uint32_t actors, objects, places;
    _Atomic uint32_t string_end; /* strings start at 1: 0 is no string */
    _Atomic uint32_t rings;      /* rings ever opened */
    struct gs_facts_slot facts;
    _Atomic uint64_t left_out; /* rows and strings that there was no room for */
};

/* Everything in here lies in the process's own memory; what it points to is shared, and whoever
 * runs a scene can write anything there at any time. */
struct gs_segment {
    int fd;
    size_t size;
    struct gs_segment_conf conf;
    struct gs_segment_header *header;
    struct gs_actor_slot *actors;
    struct gs_object_slot *objects;
    struct gs_place_slot *places;
    char *strings;
    struct gs_channel *channels;
    char *scheduler;
    struct gs_ring_shared *rings;
    struct gs_event *events;
    struct gs_mirror mirror;
};

#endif
