/* Who and what the events speak of: actors, objects, places and strings. Readers look them up
 * through this one interface, whether the trace lies in a live segment or came out of a file. */
#ifndef GS_TRACE_TABLES_H
#define GS_TRACE_TABLES_H

#include "trace/control.h"
#include "trace/event.h"

struct gs_actor_row {
    uint32_t kind;        /* enum gs_actor_kind */
    uint32_t parent;      /* process of an interpreter, interpreter of a thread, thread of a loop,
                             loop of a task; 0: none */
    uint32_t interpreter; /* the one whose GIL it takes first; itself for an interpreter */
    uint32_t name;        /* string */
    uint32_t what;        /* string: a task's coroutine, "Client.get"; 0: no task, or not known */
    uint32_t flags;       /* GS_ACTOR_… */
    uint32_t gil;         /* an interpreter's: enum gs_gil_profile */
    uint64_t interval_ns; /* … and its switch interval, until a GIL_INTERVAL tells another */
};

#define GS_ACTOR_DAEMON 1u
/* Python's own: a thread that serves a pool, a queue, a manager; a process that does nothing but
 * serve others; a task in which a loop tidies up. */
#define GS_ACTOR_HELPER 2u

/* Each interpreter has rules of its own: a free-threaded one may stand beside one with a GIL. row
 * may be NULL. */
static inline bool gs_actor_has_gil(const struct gs_actor_row *row)
{
    return row && row->gil != GS_GIL_UNSET && row->gil != GS_GIL_OFF;
}

struct gs_object_row {
    uint32_t kind;  /* enum gs_object_kind */
    uint32_t name;  /* string; never empty: "Lock 1" if the scene gave none */
    uint32_t line;  /* where the scene made it */
    uint32_t of;    /* a semaphore's units, a barrier's parties, a queue's size; 0: no limit */
    uint32_t actor; /* whose end a thread's, a process's and a task's is */
    uint32_t whole; /* the queue that a room and tasks are parts of */
};

/* Where a line is: an event's place is such a row's id, or 0: in the program's own file, in no call
 * of the library's. */
struct gs_place_row {
    uint32_t file; /* string: its path; 0: the program's own */
    uint32_t call; /* string: the library's function that the line calls, "Queue.get"; 0: none */
};

/* By what rules the run goes: chosen in the end, from the order and the scene. */
struct gs_facts {
    uint32_t clock; /* enum gs_clock_kind; 0: the run has not begun, and nothing is known yet */
    uint32_t gil;   /* enum gs_gil_profile of the first interpreter */
    uint32_t cores;
    uint32_t python; /* what runs: 0x030b02 is Python 3.11.2, 0 the embedded Lua */
    uint64_t interval_ns;
    uint64_t seed;
};

/* Rows and strings stay where they are until the trace is closed. Ids that name nothing give NULL
 * (strings: "?"), and a parent's id is smaller than its child's: a stage that was killed in mid-air
 * must not take its reader with it. */
struct gs_tables {
    const struct gs_actor_row *(*actor)(const struct gs_tables *, uint32_t id);
    const struct gs_object_row *(*object)(const struct gs_tables *, uint32_t id);
    const char *(*string)(const struct gs_tables *, uint32_t id);
    const struct gs_place_row *(*place)(const struct gs_tables *, uint16_t id); /* never NULL */
    uint32_t (*actors)(const struct gs_tables *);              /* ids are 1 … actors() */
    uint32_t (*objects)(const struct gs_tables *);             /* ids are 1 … objects() */
    const struct gs_facts *(*facts)(const struct gs_tables *); /* never NULL */
    /* Rows and strings that the trace had no room for; events that speak of them say 0. */
    uint64_t (*left_out)(const struct gs_tables *);
};

/* Names for printing, as the scene gave them: not made safe for a terminal yet. */
const char *gs_tables_actor_name(const struct gs_tables *tables, uint32_t id);
const char *gs_tables_object_name(const struct gs_tables *tables, uint32_t id);

/* The process that an actor is in, itself if it is one; 0: none. */
uint32_t gs_tables_process(const struct gs_tables *tables, uint32_t actor);

#endif
