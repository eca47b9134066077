/* The numbers of the fields of a Perfetto trace that we write, by the names that they have in
 * google/perfetto, protos/perfetto/trace/: trace_packet.proto, and track_descriptor.proto,
 * track_event.proto and their like in track_event/. As of v58.2; what is older than v57 leaves
 * state tracks out. */
#ifndef GS_EXPORT_PERFETTO_FIELDS_H
#define GS_EXPORT_PERFETTO_FIELDS_H

enum { TRACE_PACKET = 1 };

enum {
    PACKET_TIMESTAMP = 8, /* ns */
    PACKET_SEQUENCE_ID = 10,
    PACKET_TRACK_EVENT = 11,
    PACKET_SEQUENCE_FLAGS = 13,
    PACKET_TRACK_DESCRIPTOR = 60
};
enum { SEQ_INCREMENTAL_STATE_CLEARED = 1 };

enum {
    TRACK_UUID = 1,
    TRACK_NAME = 2,
    TRACK_PROCESS = 3,
    TRACK_THREAD = 4,
    TRACK_PARENT_UUID = 5,
    TRACK_COUNTER = 8,
    TRACK_CHILD_ORDERING = 11,
    TRACK_SIBLING_ORDER_RANK = 12,
    TRACK_SIBLING_MERGE_BEHAVIOR = 15,
    TRACK_SIBLING_MERGE_KEY = 17, /* a number */
    TRACK_STATE = 18,
    TRACK_PROCESS_ORDERING = 19,
    TRACK_THREAD_ORDERING = 20
};
/* Children, processes and threads by TRACK_SIBLING_ORDER_RANK. */
enum { CHILD_ORDERING_EXPLICIT = 3, PROCESS_ORDERING_EXPLICIT = 1, THREAD_ORDERING_EXPLICIT = 1 };
enum { SIBLING_MERGE_NONE = 2, SIBLING_MERGE_BY_KEY = 3 };

enum { PROCESS_PID = 1, PROCESS_NAME = 6 };
enum { THREAD_PID = 1, THREAD_TID = 2, THREAD_NAME = 5 };
enum { COUNTER_UNIT = 3 };
enum { UNIT_COUNT = 2, UNIT_SIZE_BYTES = 3 };

enum {
    EVENT_DEBUG_ANNOTATIONS = 4,
    EVENT_TYPE = 9,
    EVENT_TRACK_UUID = 11,
    EVENT_CATEGORIES = 22,
    EVENT_NAME = 23,
    EVENT_COUNTER_VALUE = 30,
    EVENT_FLOW_IDS = 47,
    EVENT_TERMINATING_FLOW_IDS = 48
};
enum {
    TYPE_SLICE_BEGIN = 1,
    TYPE_SLICE_END = 2,
    TYPE_INSTANT = 3,
    TYPE_COUNTER = 4,
    TYPE_STATE = 5 /* a new state, its name; without a name none */
};

enum { ANNOTATION_UINT = 3, ANNOTATION_STRING = 6, ANNOTATION_NAME = 10 };

#endif
