/* What is watched: the process, its threads, their states. Each thread writes
 * into a ring of its own.
 *
 * A GIL that is let go and taken back within microseconds, with nobody in between, has not changed
 * hands: nothing of it is told, which is what makes a small write cost nothing. So a thread that
 * lets go keeps the fact to itself at first (`let_go`) until it does something that takes time, or
 * until somebody else takes the GIL and tells it for the thread. Who tells has taken let_go away
 * first: at any time one thread alone writes into a ring. */
#ifndef GS_PYTHON_WATCH_WATCH_H
#define GS_PYTHON_WATCH_WATCH_H

#include "base/clock.h"
#include "python/cpython/cpython.h"
#include "trace/segment.h"

#include <stdatomic.h>
#include <sys/types.h>
#include <time.h>

struct gs_busy;
struct gs_channel;
struct gs_lines;
struct gs_standing;
struct gs_watched_gil;
struct gs_watched_lock;
struct gs_way;

enum { GS_UNTOLD_LOCKS = 8, GS_UNTOLD_COUNTS = 4 };
#define GS_UNDATED UINT64_MAX

/* What a thread has done to the counts of one object and not told yet, see counts.h. */
struct gs_untold_count {
    uint32_t shares; /* object: whose units or tasks were … */
    uint32_t taken, given;
    uint32_t queue; /* whose length is another one; 0: none */
    uint64_t length;
    uint64_t since; /* when that was last, or first taken, … */
    uint32_t line;  /* … in which line; 0: not known */
    uint16_t place;
};

/* What its event loop calls that is no task's step, see loops/callbacks.h. */
struct gs_called {
    uint32_t name; /* string */
    uint32_t line; /* where it is defined, in the program; 0: elsewhere; … */
    uint16_t place;
    bool calls;     /* … it is in the call, … */
    bool untold;    /* … which no label tells of yet, … */
    uint64_t since; /* … begun then */
};

/* By what its event loop is woken, while that waits in its selector: see loops/ears.h. */
struct gs_ear {
    int fd;                /* of the loop's own; -1: none that is known */
    const gs_py *handlers; /* a dict of the signals' that it hears there; NULL: not known */
};

struct gs_watched {
    /* What whoever takes the GIL next looks at, in a line of the cache by itself. */
    _Alignas(GS_CACHE_LINE) uint32_t id; /* in the trace's table; 0: no Python has run in it yet */
    uint32_t asked_by;                   /* to let go: by whom */
    struct gs_watched_gil *_Atomic let_go; /* … and not told yet */
    uint64_t let_go_at;                    /* GS_UNDATED: the GIL knows, see gils.h */
    gs_py *python;                         /* its thread state, once it has held a GIL */
    const struct gs_way *way; /* it has gone since it let go, if it has looked; for itself alone */
    _Atomic uint32_t doing;   /* what it does since it let go, if that is told: a state; … */
    _Atomic int doing_fd;     /* … on this file */

    _Alignas(GS_CACHE_LINE) uint32_t parent;
    uint32_t end; /* the object that a join waits for; 0: there is none */
    struct gs_ring ring;
    bool crowded;        /* it is not its own: see gs_watch_put_crowded */
    unsigned long ident; /* as Python calls it: threading.get_ident() */

    struct gs_watched_gil *holds;
    uint64_t worked; /* processor time it had used when it let go; where it was asked to */

    enum gs_state state;
    uint64_t since;                  /* … it is in it */
    _Atomic uint32_t on;             /* … and what it is in it for: an object */
    uint32_t line;                   /* of the program, when it last let go; … */
    uint16_t place;                  /* … and of which file: struct gs_place_row */
    uint32_t cause;                  /* who will have ended the state it is in; GS_CAUSE_… */
    const _Atomic uint32_t *awaited; /* who has what it waits for; while it waits, … */
    bool awaits_shared;              /* … which other processes can let go, too */
    struct gs_standing *standing;    /* whether it is patient; NULL: on the virtual clock */
    _Atomic bool gone;               /* it has ended */
    bool forks;                      /* a process of its own: what it forks next */
    bool failed;                     /* an error that nobody caught has ended it */
    bool stuck;      /* the run ends since nobody can go on, least of all this one */
    unsigned untold; /* locks that it has taken and not told of, see locks.h */
    struct gs_watched_lock *taken[GS_UNTOLD_LOCKS];
    unsigned untold_counts;
    struct gs_untold_count counted[GS_UNTOLD_COUNTS];
    struct gs_watched *next; /* all of the process, alive or not */
    uint32_t interpreter;    /* that its lane is in now */
    uint32_t loop, task;     /* lanes: the event loop that it runs, and of that the task; 0: none */
    _Atomic uint32_t asker; /* who has asked that loop to call something, and wakes it; 0: nobody */
    struct gs_ear ear;
    struct gs_called called;
    struct gs_busy *busy; /* see loops/busy.h; NULL: it runs no loop */
    timer_t timer;        /* see ticks.h; … */
    _Atomic bool ticks;   /* … it has one */
    struct gs_lines *lines;
    volatile bool stores;     /* it is just writing into its ring */
    struct gs_channel *reads; /* what it waits to be written; NULL: nothing of that kind */
};

struct gs_watch {
    struct gs_segment *segment;
    struct gs_control *control;
    uint64_t start_ns;     /* CLOCK_MONOTONIC at time 0, when the program began */
    uint64_t started_ns;   /* when this process was started in a run that goes on; 0: not known */
    uint32_t process;      /* actor */
    pid_t pid;             /* of the process whose lanes these are */
    uint32_t forked_by;    /* who made this process: a thread of another one, an actor; 0: nobody */
    const void *forked_in; /* … the frame that it was in; what called that is the parent's story */
    bool first;            /* the run's: its end is the run's */
    bool started;          /* it was started in a run that goes on, … */
    bool has_process;      /* … where its process is told already */
    uint32_t main_thread;  /* actor */
    bool driven;           /* the virtual clock */
    bool mute;             /* what it prints goes somewhere else than the run's output */
    _Atomic bool begun;    /* events are written */
};

extern struct gs_watch gs_watch;
extern _Thread_local struct gs_watched *gs_watched_self; /* NULL: not one of ours */

/* See drive.h. */
uint64_t gs_drive_now(void);

static inline uint64_t gs_watch_now(void)
{
    if (gs_watch.driven)
        return gs_drive_now();
    return gs_clock_now() - gs_watch.start_ns;
}

/* The calling thread if it waits where its lane can show it, without a GIL; NULL: it is none of
 * ours, or has one: then it blocks everybody, and its lane says that it runs. */
static inline struct gs_watched *gs_watched_away(void)
{
    struct gs_watched *self = gs_watched_self;
    return self && self->python && !self->holds ? self : NULL;
}

/* See locks.h: those that it has taken by this time and not told of yet. */
void gs_locks_tell(struct gs_watched *thread, uint64_t time);
/* See counts.h: likewise what it has done to them. */
void gs_counts_tell(struct gs_watched *thread, uint64_t time);

/* Into the ring that is everybody's who came when there was no other. */
void gs_watch_put_crowded(struct gs_watched *thread, const struct gs_event *event);

/* On the virtual clock, before the event is put: whoever is killed behind it has told it. */
void gs_watch_note_told(const struct gs_watched *thread, const struct gs_event *event);

static inline void gs_watch_store(struct gs_watched *thread, struct gs_event event)
{
    if (gs_watch.driven)
        gs_watch_note_told(thread, &event);
    if (__builtin_expect(thread->crowded, false)) {
        gs_watch_put_crowded(thread, &event);
        return;
    }
    /* Who is interrupted here must not write in between, see lines.h. */
    thread->stores = true;
    atomic_signal_fence(memory_order_seq_cst);
    gs_ring_put_event(&thread->ring, event);
    atomic_signal_fence(memory_order_seq_cst);
    thread->stores = false;
}

static inline void gs_watch_put_event(struct gs_watched *thread, struct gs_event event)
{
    if (!atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) || !thread->ring.shared)
        return;
    if (thread->untold_counts)
        gs_counts_tell(thread, event.time);
    if (thread->untold)
        gs_locks_tell(thread, event.time);
    gs_watch_store(thread, event);
}

static inline void gs_watch_put(struct gs_watched *thread, uint64_t time, uint8_t kind,
                                uint8_t flags, uint64_t a, uint64_t b)
{
    gs_watch_put_event(
        thread,
        (struct gs_event){
            .time = time, .actor = thread->id, .kind = kind, .flags = flags, .a = a, .b = b});
}

/* The same with the line that the thread was on; high is the other half of b. */
static inline void gs_watch_put_line(struct gs_watched *thread, uint64_t time, uint8_t kind,
                                     uint8_t flags, uint64_t a, uint32_t high)
{
    gs_watch_put_event(thread, (struct gs_event){.time = time,
                                                 .actor = thread->id,
                                                 .kind = kind,
                                                 .flags = flags,
                                                 .place = thread->place,
                                                 .a = a,
                                                 .b = gs_event_pack(thread->line, high)});
}

/* What the thread tells of another actor, which the event names. */
static inline void gs_watch_put_event_for(struct gs_watched *thread, struct gs_event event)
{
    if (atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) && thread->ring.shared)
        gs_watch_store(thread, event);
}

static inline void gs_watch_put_for(struct gs_watched *thread, uint32_t actor, uint64_t time,
                                    uint8_t kind, uint8_t flags, uint64_t a, uint64_t b)
{
    gs_watch_put_event_for(
        thread, (struct gs_event){
                    .time = time, .actor = actor, .kind = kind, .flags = flags, .a = a, .b = b});
}

uint32_t gs_watch_string(const char *text, size_t length);

/* A text that is the same in all processes, by a static that is 0 at first: what is forked has it
 * from its parent, and needs nothing to be written. */
uint32_t gs_watch_word(uint32_t *known, const char *text);

/* The caller's: makes the thread known that takes a GIL for the first time, or is about to be
 * started by one that has one. Its name is a string, or 0: a number is its name. */
struct gs_watched *gs_watched_new(uint32_t name, uint32_t parent, uint32_t interpreter,
                                  uint32_t flags);
struct gs_watched *gs_watched_first(void);
struct gs_watched *gs_watched_of(uint32_t actor); /* NULL: no thread is it */
/* The calling thread is this one from now on; and is no more. */
void gs_watched_enter(struct gs_watched *thread);
void gs_watched_leave(struct gs_watched *thread);

/* Its lane is about to end: the task that has its turn is cut off, and nobody runs the loop. The
 * calling thread tells it. */
void gs_watched_end_carried(struct gs_watched *thread, struct gs_watched *teller, uint64_t time);

/* Its lane ends, as that of a thread that goes on writing; so, unless by an error. program: a
 * string, what replaces it. */
void gs_watched_end(struct gs_watched *thread, enum gs_death how, uint32_t program);

/* The calling thread, which does not have a GIL, does this from now on. */
void gs_watched_do(struct gs_watched *self, enum gs_state state, uint32_t on);

/* The calling thread's wait in a semaphore is over, and result is what it returned: ended is who
 * let it go last, or 0. Gives who woke the thread, an actor; 0: nobody did. */
uint32_t gs_watched_woken_by(struct gs_watched *self, uint32_t ended, int result);

/* The label of what its loop calls begins, if that has not been told. */
void gs_watched_tell_called(struct gs_watched *thread);

/* A signal has ended what the calling thread waited for. */
void gs_watched_interrupted(void);

/* The state of a thread changes at a time that the caller has read. */
void gs_watched_state(struct gs_watched *thread, uint64_t time, enum gs_state state, uint32_t on,
                      uint32_t cause);

/* Whether the calling thread has a lane that goes on: the program has begun, the run has not ended,
 * and this is no child of its process that has none. */
bool gs_watch_has_lanes(void);

/* The process has been forked: it has no threads yet. */
void gs_watched_forget(void);

/* In a program that was started: it writes into the ring that all share on the virtual clock. */
void gs_watch_join_ring(void);

/* On the virtual clock: a process's lane ends, or with it this one. */
void gs_watch_tell_death(struct gs_event death);

/* The program begins: the calling thread has the GIL, and lanes start here. */
void gs_watch_begin(void);

/* Puts what watches into the table; a file each. */
struct gs_front;
void gs_watch_gils(struct gs_front *table);
void gs_watch_threads(struct gs_front *table);
void gs_watch_semaphores(struct gs_front *table);
void gs_watch_sleeps(struct gs_front *table);
void gs_watch_files(struct gs_front *table);
void gs_watch_polls(struct gs_front *table);
void gs_watch_descriptors(struct gs_front *table);
void gs_watch_exec(struct gs_front *table);
void gs_watch_processes(struct gs_front *table);

/* Hears what CPython's audit events tell; call before Python is initialized. */
void gs_watch_audit(void);

#endif
