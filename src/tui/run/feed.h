/* Where a run comes from, behind one small set of operations: the screen cannot tell a live stage
 * from anything else that has tables and events. A feed is read by one run, from the screen's
 * thread, and never blocks. */
#ifndef GS_TUI_RUN_FEED_H
#define GS_TUI_RUN_FEED_H

#include "trace/collector.h"
#include "trace/recording/recorder.h"

/* By which rules the run goes. What is not known yet is 0. */
struct gs_feed_facts {
    const char *name;  /* as the user calls it: "gil/cpu-threads" */
    const char *title; /* of its page; "": it has none */
    const char *scene; /* path of its own file; NULL: its lines say in which files they are */
    uint32_t clock;    /* enum gs_clock_kind */
    uint32_t gil;      /* enum gs_gil_profile */
    uint32_t python;   /* see struct gs_facts */
    uint32_t cores;
    bool recorded; /* nothing runs */
};

/* How it ended for who wrote the events. */
struct gs_feed_end {
    int status;          /* exit status, 128 + n after signal n */
    bool damaged;        /* it is a recording, and not all of it can be read */
    const char *message; /* what it said last (a process: on stderr), as it came */
};

enum gs_feed_state {
    GS_FEED_QUIET, /* nothing more is there now */
    GS_FEED_MORE,  /* there is more, or soon will be */
    GS_FEED_DRY    /* there never will be */
};

struct gs_feed;

struct gs_feed_ops {
    /* Stay as long as the feed; grow with what is drained. */
    const struct gs_tables *(*tables)(struct gs_feed *feed);
    struct gs_feed_facts (*facts)(struct gs_feed *feed);
    /* Hands on what is there, for at most budget_ns of wall clock. */
    enum gs_feed_state (*drain)(struct gs_feed *feed, uint64_t budget_ns, gs_collector_sink *sink,
                                void *context);
    /* How far the run has come by its own clock, events or not. */
    uint64_t (*live)(struct gs_feed *feed);
    /* How far the run may go, in ns of its clock; who cannot be held does not listen. */
    void (*allow)(struct gs_feed *feed, uint64_t ns);
    /* False while it goes on. What it wrote before may still have to be drained. */
    bool (*ended)(struct gs_feed *feed, struct gs_feed_end *end);
    /* Records the run from its beginning on into the file at path; what comes of it is seen in the
     * state. False with err: it cannot be, or already is. NULL: a feed that has no such thing. */
    bool (*record)(struct gs_feed *feed, const char *path, struct gs_error *err);
    struct gs_recorder_state (*recording)(struct gs_feed *feed);
    /* The text of one of the program's files, if it comes with the feed; the caller's. NULL: it is
     * read where it lies. */
    char *(*text_of)(struct gs_feed *feed, const char *path, size_t *size);
    /* Ends what still runs for it and frees the feed. */
    void (*close)(struct gs_feed *feed);
};

/* The first member of every feed. */
struct gs_feed {
    const struct gs_feed_ops *ops;
};

#endif
