/* The inside of a timeline, for the files of this room that fill it. Readers elsewhere use
 * timeline.h. */
#ifndef GS_TIMELINE_STORE_H
#define GS_TIMELINE_STORE_H

#include "timeline/messages.h"
#include "timeline/owned_sums.h"
#include "timeline/timeline.h"
#include "timeline/turns.h"
#include "trace/namesakes.h"

/* What cannot be seen any more once the events are spans; verify tells of it. */
enum gs_oddity_rule {
    GS_ODD_TIME_BACK,   /* detail: the time it said; `time` is where the lane already was */
    GS_ODD_BORN_TWICE,  /* */
    GS_ODD_AFTER_DEATH, /* detail: the event's kind */
    GS_ODD_LABEL_END,   /* no label was open */
    GS_ODD_LABEL_OPEN,  /* died inside; detail: the label's string */
    GS_ODD_TAKE_TWICE,  /* took a GIL while it has one; detail: the interpreter it has */
    GS_ODD_DROP,        /* dropped what it does not have; detail: the interpreter */
    GS_ODD_TWO_TURNS    /* came on a loop on which another task is; detail: that one */
};

struct gs_oddity {
    uint64_t time, detail;
    uint32_t actor;
    enum gs_oddity_rule rule;
};

enum { GS_ODDITIES_KEPT = 100 };

/* Cumulative time by state, once every GS_ZOOM_BLOCK spans: entry k is what the spans before span
 * k * GS_ZOOM_BLOCK last in all. Those are closed when span k * GS_ZOOM_BLOCK begins, so an entry
 * never changes. The starts stand apart to keep the binary search within few cache lines. */
enum { GS_ZOOM_BLOCK = 64 };

struct gs_zoom_sum {
    uint64_t ns[GS_STATES];
};

struct gs_zoom {
    GS_LONG(uint64_t) starts;
    GS_LONG(struct gs_zoom_sum) sums;
    struct gs_zoom_sum now;    /* of all closed spans */
    struct gs_zoom_sum before; /* of none: not 0 once some were forgotten */
};

/* From `start` on the actor runs in another interpreter. */
struct gs_enter {
    uint64_t start;
    uint32_t interpreter;
};

/* An interpreter that the actor has run in and left, and for how long in all. */
struct gs_stay {
    uint32_t interpreter;
    uint64_t ns;
};

/* From `start` on a counter shows this, or a setting is it. */
struct gs_reading {
    uint64_t start, value;
};

/* What became of a loop's tasks up to `start`, in ns times tasks, and how many are what from then
 * on. */
struct gs_crowd_mark {
    uint64_t start, on_ns, ready_ns, awaiting_ns;
    struct gs_crowd crowd;
};

struct gs_due {
    uint64_t at;
};

/* A loop's, see turns.h. */
struct gs_turns {
    GS_VEC(uint32_t) on; /* tasks that are in their turn, each begun inside the one before */
    GS_LONG(struct gs_crowd_mark) marks; /* by start */
    GS_LONG(struct gs_due) dues;         /* of sleeps that were not cut short; … */
    GS_LONG(struct gs_due) woken;        /* … and when those of them that have ended did */
};

/* A lane with what only its filling needs. lane comes first: the two pointers are the same. */
struct gs_book {
    struct gs_lane lane;
    struct gs_zoom zoom;
    struct gs_owned_sums owned; /* of its holds */
    uint64_t last;              /* time of the actor's last event */
    uint64_t took;              /* start of the hold it has open, in the GIL of … */
    uint32_t holds_of;          /* … this interpreter; 0: none */
    bool announced;             /* its BORN has come */
    bool lossy;                 /* events of its ring were lost */
    bool interpreter;           /* it is one; false: not known yet, see holds.c */
    uint32_t first_interpreter;
    uint32_t loop;          /* a task's; 0: it is none */
    uint64_t due;           /* of the sleep that a task is in; 0: it is in none */
    struct gs_turns *turns; /* a loop's; NULL: it is none, or no task was told of yet */
    GS_VEC(struct gs_enter) enters;
    GS_VEC(struct gs_stay) stays;
    GS_VEC(struct gs_reading) intervals; /* an interpreter's: that its switch interval was set to */
    GS_VEC(uint32_t) in_labels;          /* indices of the open ones, in the order they began */
    uint32_t memory;                     /* a process's: the counter of it; 0: none has told */
};

/* A request that arrived before the take it is about. */
struct gs_early_request {
    uint64_t time;
    uint32_t interpreter, holder, by;
};

enum { GS_EARLY_REQUESTS = 16 };

/* What is told of an object. */
struct gs_record {
    const struct gs_object_row *row;     /* NULL: nobody has looked, or it was not there yet */
    GS_LONG(struct gs_claim) claims;     /* by start */
    size_t open;                         /* … and how many of them are */
    struct gs_owned_sums owned;          /* of the claims, once it is `awaited` */
    GS_LONG(struct gs_reading) readings; /* by start */
    GS_LONG(struct gs_message) messages; /* by number, from 1 + … */
    uint32_t forgotten_messages;         /* … so many that are forgotten */
    uint64_t forgotten_done;             /* claims that had ended, and not by putting back */
    bool awaited;                        /* a lock that somebody has waited for */
};

/* Which of its name something is: found out when somebody asks. */
struct gs_same_names {
    struct gs_namesakes actors, objects;
};

struct gs_timeline {
    const struct gs_tables *tables;
    struct gs_same_names *names;
    GS_VEC(struct gs_book *) books;     /* by actor id */
    GS_VEC(struct gs_record *) records; /* by object id */
    GS_VEC(uint32_t) locks;             /* that somebody has waited for */
    struct gs_points rare[GS_EVENT_KINDS];
    uint64_t rare_kinds;         /* those of which `rare` has all: a bit a kind */
    GS_VEC(uint32_t) travellers; /* actors that have run in several interpreters */
    uint64_t last;               /* time of the latest event: the end of a complete run */
    uint64_t end, events, lost, strays, version;
    uint64_t whole_from, forgotten; /* events before that time, see forget.c */
    unsigned gaps;                  /* in a recording that is damaged */
    bool complete, lossy;           /* lossy: events of nobody in particular were lost */
    int status, signal;
    struct gs_early_request early[GS_EARLY_REQUESTS];
    unsigned early_count;
    struct gs_oddity oddities[GS_ODDITIES_KEPT];
    uint64_t oddity_count;
};

/* The lane of an actor, made if need be. NULL: there is no such actor. */
struct gs_book *gs_store_make_book(struct gs_timeline *timeline, uint64_t actor);

static inline struct gs_book *gs_store_book(struct gs_timeline *timeline, uint64_t actor)
{
    if (actor < timeline->books.count && timeline->books.items[actor])
        return timeline->books.items[actor];
    return gs_store_make_book(timeline, actor);
}

/* stays.c: the actor goes into another interpreter than lane.interpreter, which is not set yet. */
void gs_stays_enter(struct gs_timeline *timeline, struct gs_book *book, uint64_t time);

/* The thread whose ring carries an actor's events: a task's and a loop's is the thread below
 * them; every other actor is its own. */
uint32_t gs_store_carrier(const struct gs_tables *tables, uint32_t actor);

/* Events that tell of the actor may be missing. */
bool gs_store_lossy(const struct gs_timeline *timeline, uint32_t actor);

void gs_store_odd(struct gs_timeline *timeline, enum gs_oddity_rule rule, uint32_t actor,
                  uint64_t time, uint64_t detail);

/* objects.c: what is known of an object; NULL: nothing. make: something new then; NULL: there is no
 * such object, which is counted. */
struct gs_record *gs_store_record(const struct gs_timeline *timeline, uint64_t object);
struct gs_record *gs_store_make_record(struct gs_timeline *timeline, uint64_t object);

/* messages.c */
void gs_messages_add(struct gs_timeline *timeline, const struct gs_event *e);

/* turns.c: the task goes over into another state, which is not in its lane yet. */
void gs_turns_move(struct gs_timeline *timeline, struct gs_book *task, unsigned to, uint64_t time);
void gs_turns_free(struct gs_turns *turns);

/* dues.c: the task sleeps until then; it sleeps no more, if it did; drops those that ended by then.
 */
void gs_dues_add(struct gs_timeline *timeline, struct gs_book *task, uint64_t due);
void gs_dues_end(struct gs_turns *turns, struct gs_book *task, uint64_t time);
void gs_dues_forget(struct gs_turns *turns, uint64_t time);
void gs_dues_free(struct gs_turns *turns);

/* holds.c */
void gs_holds_take(struct gs_timeline *timeline, struct gs_book *owner, const struct gs_event *e);
void gs_holds_drop(struct gs_timeline *timeline, struct gs_book *owner, const struct gs_event *e);
void gs_holds_end(struct gs_timeline *timeline, struct gs_book *owner, uint64_t time);
void gs_holds_request(struct gs_timeline *timeline, const struct gs_event *e);
void gs_holds_interval(struct gs_timeline *timeline, const struct gs_event *e);

/* forget.c: drops what is oldest while there is room for all neither in memory nor on a disk. */
void gs_forget(struct gs_timeline *timeline);

/* objects.c: somebody begins to wait for the object. */
void gs_objects_await(struct gs_timeline *timeline, uint64_t object);

/* objects.c: ACQUIRE, RELEASE, COUNTER */
void gs_objects_add(struct gs_timeline *timeline, const struct gs_event *e);
void gs_objects_free(struct gs_timeline *timeline);

/* points.c: kinds of which there are few are kept by time across all lanes as well. */
uint64_t gs_points_rare_kinds(void);
void gs_points_add(struct gs_timeline *timeline, struct gs_lane *lane, const struct gs_event *e);

/* zoom.c: told of a span before it stands in the lane, and once it is closed. */
void gs_zoom_span_begins(struct gs_lane *lane, uint64_t start);
void gs_zoom_span_ended(struct gs_lane *lane, const struct gs_span *span);
void gs_zoom_free(struct gs_zoom *zoom);

#endif
