/* Figures of a run, for the statistics pane, `--stats` and checks. */
#ifndef GS_TIMELINE_JUDGE_STATS_H
#define GS_TIMELINE_JUDGE_STATS_H

#include "timeline/timeline.h"

/* Why a lane lost its time, largest first: "wants-gil", "waiting on lock 'a'", "sleeping" …; for
 * each how long in all and at the longest. */
struct gs_wait_figure {
    uint8_t state;
    uint32_t on;  /* object, or 0 */
    uint64_t key; /* the two as one number */
    uint64_t count, total, longest;
    uint64_t longest_at; /* start of the longest */
    size_t longest_span; /* … and its index in the lane */
};

/* Who ended the lane's waits: an actor or GS_CAUSE_…, by total, largest first. */
struct gs_cause_figure {
    uint64_t cause;
    uint64_t count, total; /* waits it ended, and how long those were */
};

/* What a lane's time went into by its own labels, innermost or not: those of one text. */
struct gs_label_figure {
    uint32_t text; /* string: the first of them */
    uint64_t key;  /* the text as a number */
    uint64_t count, total, longest;
};

struct gs_lane_figures {
    uint32_t actor;
    uint64_t alive; /* ns from birth to the end of its last state, or now */
    uint64_t state_ns[GS_STATES];
    uint64_t takes;                      /* of a GIL */
    uint64_t drops_asked;                /* … given up because asked */
    GS_VEC(struct gs_wait_figure) waits; /* by total, largest first */
    GS_VEC(struct gs_cause_figure) causes;
    GS_VEC(struct gs_label_figure) labels;               /* by total, largest first */
    uint64_t sent, sent_bytes, received, received_bytes; /* messages */
};

struct gs_gil_figures {
    uint32_t interpreter;
    uint64_t held;      /* ns */
    uint64_t hand_offs; /* ownership went from one actor to another */
    uint64_t drops[3];  /* by enum gs_drop */
    uint64_t requests, misses;
    double utilisation;                              /* held / the interpreter's life */
    double hand_offs_second;                         /* of the same */
    uint64_t holds, waits;                           /* how many there are of either below */
    uint64_t hold_p50, hold_p90, hold_p99, hold_max; /* ns */
    uint64_t wait_p50, wait_p90, wait_p99, wait_max; /* wants-gil spans of all its threads */
};

struct gs_process_figures {
    uint32_t actor;
    uint64_t ran_after;           /* ns from its start until it ran Python; UINT64_MAX: never */
    uint64_t memory;              /* bytes, at most; 0: not measured */
    uint64_t pickling, computing; /* ns, of all its threads: with pickle and unpickle, and else */
    uint64_t sent_bytes;          /* messages */
};

/* What starting one costs: as in struct gs_process_figures, half of them need no more, and all. */
struct gs_start_figures {
    uint64_t count;
    uint64_t ran_p50, ran_max;
    uint64_t memory_p50, memory_max; /* 0: not measured; a thread has none of its own */
};

struct gs_where_figure {
    uint32_t line; /* 0: not known */
    uint16_t place;
    uint8_t state; /* on that line */
    bool computed; /* there; else who runs went on from there */
};

/* A step of a task, from where it goes on to where it gives way, or of a loop what else it called;
 * and where most of it went. */
struct gs_step_figure {
    uint64_t ns, at;   /* at: when it began */
    uint32_t of;       /* the task; 0: there is none */
    uint32_t callback; /* string: else that; 0: neither is it one */
    struct gs_where_figure where;
};

/* A task; or all tasks of a loop that run the same coroutine. */
struct gs_task_figures {
    uint32_t actor; /* the task, the first of them */
    uint32_t loop;
    uint32_t coroutine; /* string; 0: not known */
    uint64_t key;       /* the coroutine as a number, of those put together */
    uint64_t tasks, failed, cancelled;
    uint64_t steps;
    uint64_t on_loop, ready, awaiting; /* ns */
    struct gs_step_figure longest;
};

/* Turns and callbacks that block a loop for a millisecond or more: of one coroutine, or one
 * callback, in one line. */
struct gs_block_figure {
    uint32_t loop;
    uint32_t what; /* string; 0: not known */
    bool callback; /* … it is one */
    struct gs_where_figure where;
    uint64_t key; /* what, as a number */
    uint64_t count, total, longest, longest_at;
    uint32_t kept; /* ready tasks that it kept waiting, at most */
};

struct gs_loop_figures {
    uint32_t loop;
    uint64_t tasks, turns;
    uint64_t busy;      /* ns that somebody had the turn, or was called */
    double utilisation; /* busy / the loop's life */
    struct gs_step_figure longest;
    uint64_t waits; /* of tasks that were ready, for their turn */
    uint64_t wait_p50, wait_p99, wait_max;
};

struct gs_stats {
    uint64_t duration; /* ns */
    uint64_t events, lost;
    uint64_t left_out; /* names that the trace had no room for */
    /* In the order of gs_rows, as they are there by default: without the tasks of a loop that has
     * many. */
    GS_VEC(struct gs_lane_figures) lanes;
    GS_VEC(struct gs_gil_figures) gils;
    GS_VEC(struct gs_process_figures) processes; /* in the order of gs_rows */
    struct gs_start_figures started_processes, started_threads;
    GS_VEC(struct gs_loop_figures) loops;
    GS_VEC(struct gs_block_figure) blocks;     /* by loop, the longest in all first */
    GS_VEC(struct gs_task_figures) tasks;      /* by loop */
    GS_VEC(struct gs_task_figures) coroutines; /* the same, put together; by loop */
};

/* from/until limit what is counted; 0 and UINT64_MAX: everything. */
void gs_stats_take(struct gs_stats *stats, const struct gs_timeline *timeline, uint64_t from,
                   uint64_t until);
void gs_stats_free(struct gs_stats *stats);

/* The longest of a lane's waits, NULL if it has none. Native work is none. */
const struct gs_wait_figure *gs_stats_longest_wait(const struct gs_lane_figures *lane);

/* Whose step it is: a task's name, or a callback's; "": there is none. Returns buffer. */
const char *gs_stats_step_name(char *buffer, size_t size, const struct gs_timeline *timeline,
                               const struct gs_step_figure *step);
/* What the longest wait of a figure of the lane's was: "wants-gil", "waiting on lock 'a'"; safe
 * to print. */
const char *gs_stats_wait_name(char *buffer, size_t size, const struct gs_timeline *timeline,
                               uint32_t lane, const struct gs_wait_figure *wait);
/* "Thread-1", "a timer", "its own work", "a free core", "nobody". */
const char *gs_stats_cause_name(char *buffer, size_t size, const struct gs_timeline *timeline,
                                uint32_t cause);

#endif
