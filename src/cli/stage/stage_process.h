/* The stage as the program sees it: a child process of its own group that runs one scene. Whoever
 * starts one ends it; the end takes everything with it that the stage started. There may be
 * several at a time. Single-threaded. */
#ifndef GS_CLI_STAGE_STAGE_PROCESS_H
#define GS_CLI_STAGE_STAGE_PROCESS_H

#include "cli/guard/trackers.h"
#include "cli/stage/lookout.h"
#include "cli/stage/memory.h"
#include "cli/stage/outside.h"
#include "cli/stage/watchdog.h"
#include "trace/segment.h"

#include <sys/types.h>

struct gs_stage_process {
    struct gs_segment *segment; /* stays after the stage is gone, until gs_stage_process_end */
    pid_t pid;                  /* 0: none was started, or it was reaped */
    int process_fd;             /* readable once the stage is gone; -1: none */
    int stderr_fd;              /* non-blocking read end; -1: none */
    struct gs_outside outside;  /* what comes out of its standard output */
    int leash_fd;               /* what it forks ends when this is closed; -1: none */
    int wait_status;            /* of waitpid, once it was reaped */
    bool driven;                /* a Python on the virtual clock: … */
    struct gs_watchdog watchdog;
    struct gs_left left;        /* … whose names were cleaned up, and not told yet */
    struct gs_lookout *lookout; /* … or on the real one; NULL: neither; … */
    struct gs_memory *memory;   /* … likewise */
    size_t written;             /* to stderr, all of it */
    char text[4096];            /* … and its beginning */
};

/* Writes the order into a new segment and starts the stage on it. The horizon is `horizon`. */
bool gs_stage_process_start(struct gs_stage_process *stage, const struct gs_order *order,
                            uint64_t horizon, struct gs_error *err);

/* Takes what has arrived on the stage's stderr; hands it on if sink is not NULL. Likewise what
 * other programs have written to stdout before a Python began; after that it goes into the trace.
 * Never blocks. */
typedef void gs_stage_process_sink(void *context, const char *text, size_t length);
void gs_stage_process_read(struct gs_stage_process *stage, gs_stage_process_sink *sink,
                           void *context);

/* True once the stage is gone: everything that it started is then gone too. Never blocks. */
bool gs_stage_process_gone(struct gs_stage_process *stage);

/* Kills the stage if it still runs and waits for it and what it started; keeps the segment. */
void gs_stage_process_kill(struct gs_stage_process *stage);

/* Kills, and frees the segment. Harmless on a zeroed stage. */
void gs_stage_process_end(struct gs_stage_process *stage);

/* Exit status, 128 + n after signal n. */
int gs_stage_process_status(const struct gs_stage_process *stage);

/* The stage's side, first thing in its main(): it closes what it was not meant to get, and must not
 * outlive its parent. */
void gs_stage_process_enter(pid_t parent);

#endif
