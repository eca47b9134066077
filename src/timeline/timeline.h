/* The timeline: events become lanes and spans that can be looked at at any zoom. One timeline
 * follows one run. It is fed by the collector's sink, one event at a time, in any order between
 * actors (each actor's own events come in order), and can be read between two events.
 *
 * Single-threaded: everything here is called from the screen's loop or from a command. */
#ifndef GS_TIMELINE_TIMELINE_H
#define GS_TIMELINE_TIMELINE_H

#include "base/long.h"
#include "trace/tables.h"

#include <stddef.h>

/* A stretch of one state. The last span of a living actor is open: its end is the timeline's end
 * (gs_timeline_end) and moves. Spans of a lane stand by start and never overlap; a stretch of state
 * `none` (before birth, after death) has no span. A span may be of no length. */
struct gs_span {
    uint64_t start, end; /* ns */
    uint32_t on;         /* object waited for, or 0; a wants-gil span's is 0 */
    uint32_t line;       /* where the actor was when the state began */
    uint32_t cause;      /* who ended this span: an actor or GS_CAUSE_…; NONE while open */
    uint16_t place;      /* of the line: struct gs_place_row */
    uint8_t state;       /* enum gs_state */
    bool open;
};

/* A labelled stretch (label(), or the runtime's own: pickle, send …). */
struct gs_label {
    uint64_t start, end;
    uint32_t text; /* string */
    uint32_t line;
    uint32_t coroutine; /* it belongs to, a number of the run's; 0: to the lane itself */
    uint32_t outer; /* the last one that had begun before and was open, whoever's: its index in the
                       lane's labels + 1; 0: none */
    uint16_t depth; /* 0 is the outermost of its coroutine */
    uint16_t place; /* of the line */
    bool open;
};

/* One ownership of a GIL, or one turn on a loop. Where a trace is whole, holds of one GIL do not
 * overlap. A hold can be open and yet not the last: its owner's drop has not arrived yet, or was
 * lost; then it counts as ended where the next one starts (gs_hold_end knows). */
struct gs_hold {
    uint64_t start, end;
    uint32_t owner;     /* actor */
    uint32_t end_line;  /* where it was let go of */
    uint16_t end_place; /* … and of which file that is */
    uint8_t why;        /* enum gs_drop; of no meaning while open */
    bool open;
    uint64_t asked; /* when a waiter first set the drop request; 0: nobody asked */
    uint32_t asked_by;
};

/* A point on a lane: note, mark, check, output, error, wake … kept whole. */
struct gs_point {
    struct gs_event event;
};

/* One actor's possession of a lock or of a unit of a semaphore, from its acquire to the release;
 * depth counts how often an RLock's owner took it. */
struct gs_claim {
    uint64_t start, end;
    uint32_t owner;
    uint32_t line;
    uint32_t depth;
    uint16_t place; /* of the line */
    bool open;
    bool put_back; /* an item of a queue that was not taken after all */
};

struct gs_zoom; /* the index that makes a column of a million spans cheap; timeline/zoom.c */

struct gs_lane {
    uint32_t actor;
    bool born, died;
    enum gs_death how; /* it died; 0: it just ended */
    uint32_t by; /* a process: the signal that killed it, the program that replaced it; a task: the
                    error that it failed with, the actor that cancelled it; 0: not known */
    uint64_t birth, death;
    uint32_t creator;     /* who started it; 0: nobody traced */
    uint32_t interpreter; /* whose code it runs now */
    GS_LONG(struct gs_span) spans;
    GS_LONG(struct gs_label) labels; /* by start; of one coroutine inner ones lie in outer ones */
    GS_LONG(struct gs_point)
    points; /* every event of this actor that is no STATE and no label,
               by time */
    GS_LONG(struct gs_hold)
    holds; /* by start; an interpreter's lane: its GIL's owners; a loop's: whose
              turn it was, see turns.h */
    struct gs_zoom *zoom;
};

struct gs_timeline; /* owns its lanes; borrows the tables */

struct gs_timeline *gs_timeline_new(const struct gs_tables *tables);
void gs_timeline_free(struct gs_timeline *timeline);
const struct gs_tables *gs_timeline_tables(const struct gs_timeline *timeline);

/* Has the shape of gs_collector_sink: context is the timeline. The event is copied. An event that
 * makes no sense (an unknown actor, kind or state) is counted and left out. */
void gs_timeline_add(void *timeline, const struct gs_event *event);

/* The virtual clock or a live run may be further than its last event: the end is the later one.
 * A complete run does not get longer any more, and one that was taken for longer than its last
 * event gets that event's time back. */
void gs_timeline_extend(struct gs_timeline *timeline, uint64_t now);
uint64_t gs_timeline_end(const struct gs_timeline *timeline);
bool gs_timeline_complete(const struct gs_timeline *timeline); /* the END event has come */
int gs_timeline_status(const struct gs_timeline *timeline);    /* its exit status */
int gs_timeline_signal(const struct gs_timeline *timeline);    /* that killed it; 0: none did */

uint64_t gs_timeline_events(const struct gs_timeline *timeline);
uint64_t gs_timeline_lost(const struct gs_timeline *timeline);
/* From then on the run is whole. 0: all of it is, or a recording is damaged (LOST events tell
 * where). Later, where there was room for what was before neither in memory nor on a disk. */
uint64_t gs_timeline_whole_from(const struct gs_timeline *timeline);
uint64_t gs_timeline_strays(const struct gs_timeline *timeline); /* … that made no sense */
/* Counts up with every change, so that a screen can tell whether to draw. */
uint64_t gs_timeline_version(const struct gs_timeline *timeline);

/* NULL if the actor has no events yet; ids are 1 … the tables' actors(). What concerns the whole
 * run (END, DEADLOCK) stands on the lane of who ended it; 0 is the lane of events without an actor,
 * which no run of ours has. Lanes stay where they are; their arrays may move with the next
 * gs_timeline_add. */
const struct gs_lane *gs_timeline_lane(const struct gs_timeline *timeline, uint32_t actor);

/* The interpreter whose code the lane runs at time, and 0 if it has none. */
uint32_t gs_lane_interpreter_at(const struct gs_lane *lane, uint64_t time);

/* The one whose code it has run for longest so far: who only makes an interpreter, or calls into it
 * for a moment, is at home where it was. */
uint32_t gs_lane_home(const struct gs_timeline *timeline, const struct gs_lane *lane);
/* Changes when that of some lane does. */
uint64_t gs_timeline_homes(const struct gs_timeline *timeline);

/* The interpreter whose GIL a `wants-gil` span of the lane is about. */
uint32_t gs_lane_wanted(const struct gs_timeline *timeline, const struct gs_lane *lane,
                        const struct gs_span *span);

/* The switch interval of an interpreter's GIL at an instant; 0: not known. */
uint64_t gs_timeline_interval(const struct gs_timeline *timeline, uint32_t interpreter,
                              uint64_t time);

/* Index of the span (label, hold) that covers time, or of the last one before it; -1: none. */
long gs_lane_span_at(const struct gs_lane *lane, uint64_t time);
long gs_lane_label_at(const struct gs_lane *lane, uint64_t time); /* the innermost that covers it */
long gs_lane_hold_at(const struct gs_lane *lane, uint64_t time);
long gs_lane_point_at(const struct gs_lane *lane, uint64_t time); /* the last one by then */

/* When a span, label or hold ends, open or not: `end` itself is only right for closed ones. */
uint64_t gs_span_end(const struct gs_timeline *timeline, const struct gs_span *span);
uint64_t gs_hold_end(const struct gs_timeline *timeline, const struct gs_hold *hold);
uint64_t gs_label_end(const struct gs_timeline *timeline, const struct gs_label *label);

/* Who has the object at an instant: as many as fit into claims, latest first; returns how many
 * there are. Locks, semaphores and the tasks of
 * queues only; other objects have no owners. */
size_t gs_timeline_claims(const struct gs_timeline *timeline, uint32_t object, uint64_t time,
                          struct gs_claim *claims, size_t room);

/* The i-th claim on it of all, by start. NULL: there are no more. They lie in a row. */
const struct gs_claim *gs_timeline_claim(const struct gs_timeline *timeline, uint32_t object,
                                         size_t i);
size_t gs_timeline_claim_count(const struct gs_timeline *timeline, uint32_t object);

/* How many of a queue's tasks were done by then, and how many were taken and are not done. */
void gs_timeline_tasks(const struct gs_timeline *timeline, uint32_t tasks, uint64_t time,
                       uint64_t *done, uint64_t *taken);

/* What a counter showed at an instant: a queue's length. False: it had not been told yet. */
bool gs_timeline_counter(const struct gs_timeline *timeline, uint32_t object, uint64_t time,
                         uint64_t *value);

/* Likewise, the most that it showed from then until then, both included. */
bool gs_timeline_counter_most(const struct gs_timeline *timeline, uint32_t object, uint64_t from,
                              uint64_t until, uint64_t *value);

/* The counter of a process's memory, in bytes; 0: there is none, as on the virtual clock. */
uint32_t gs_timeline_memory(const struct gs_timeline *timeline, uint32_t process);

/* ns that the lane spent in each state between from and until; the times of all states add up to
 * until - from, GS_STATE_NONE is when it was not there. Nothing lies behind the timeline's end, so
 * what the window shows of that is `none` too. Costs two binary searches and a
 * scan of at most two blocks, however many spans there are. */
void gs_lane_shares(const struct gs_timeline *timeline, const struct gs_lane *lane, uint64_t from,
                    uint64_t until, uint64_t ns[GS_STATES]);

/* The same, rougher and quicker, for a column of hundreds of spans: only blocks of 64 spans that
 * lie in the window as a whole are counted, so that ns are shares of that part and add up to its
 * length. False: there is none; then it is less than 128 spans. */
bool gs_lane_shares_rough(const struct gs_lane *lane, uint64_t from, uint64_t until,
                          uint64_t ns[GS_STATES]);

/* All points of all lanes of one kind, by time: marks, notes, checks, wakes. A copy: free with
 * gs_vec_free. Points of equal time stand in the order of their actors. */
struct gs_points {
    GS_VEC(struct gs_event) list;
};
struct gs_points gs_timeline_points(const struct gs_timeline *timeline, enum gs_event_kind kind);

#endif
