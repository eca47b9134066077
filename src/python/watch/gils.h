/* The GILs of the process. CPython makes one of two mutexes and two condition variables in one go
 * and in a fixed order, so it is found without a symbol; where the four lie says where its other
 * fields are. What it does can be heard: a signal of the switch condition is a take, one of the
 * other a drop, a timed wait a wish. All three happen under the GIL's own mutex, which guards the
 * fields here too. */
#ifndef GS_PYTHON_WATCH_GILS_H
#define GS_PYTHON_WATCH_GILS_H

#include "python/watch/watch.h"

#include <pthread.h>

struct gs_watched_gil {
    /* What changes with each hand-over, in one line of the cache. */
    _Alignas(GS_CACHE_LINE) pthread_cond_t *cond;
    pthread_cond_t *switch_cond;
    struct gs_watched *holder;
    struct gs_watched *untold;   /* let go last, and may not have told it; … */
    _Atomic uint64_t free_since; /* … then; GS_UNDATED: nobody has asked yet, … */
    uint64_t let_go_counter;     /* … and it is this reading's time: gs_clock_counter() */
    uint32_t asked_by;           /* who asked the holder to let go; 0: nobody yet */
    uint32_t interpreter;        /* actor */
    _Atomic uint64_t stamp;      /* of its last event */

    bool announced;  /* the interpreter's birth is told */
    uint64_t unseen; /* on the real clock: gs_clock_ticks() of how long it may be let go unseen */
    uint64_t interval_us; /* that the trace knows */
};

/* Called when a GIL has been found, which is about to be made: Python is about to be initialized,
 * and has chosen how it allocates memory. */
extern void (*gs_gil_found)(void);

/* The process has been forked: it will make its GIL anew. */
void gs_gils_forget(void);

/* The calling thread is about to be away for a while: its lane says so from the beginning. */
void gs_gil_tell_wait(void);

/* Python's own thread state of the thread; NULL: there is none yet. */
gs_py *gs_gil_python_of(const struct gs_watched *thread);

/* The lane's GIL begins: its holder is the caller. */
void gs_gil_begin(struct gs_watched_gil *gil, struct gs_watched *self, uint64_t time);

/* Tells that the thread let its GIL go and is in this state since, if nobody has. False: it was
 * told already, or the thread has it. */
bool gs_gil_settle(struct gs_watched *thread, enum gs_state state, uint32_t on);

/* The same for one whose thread state, with its frames, may be gone. */
void gs_gil_settle_at_end(struct gs_watched *thread, enum gs_state state, uint32_t on);

/* The interpreter is gone from one moment to the next, the calling thread with its GIL in hand. */
void gs_gil_end(struct gs_watched *self);

/* Nobody goes on: what threads do since they let go. */
void gs_gil_tell_waits(void);

/* The run ends: what threads have let go and not told yet. */
void gs_gil_tell_all(void);

#endif
