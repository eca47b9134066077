/* Who waits without a time limit, on the real clock, and who could end that: a row a thread, in the
 * segment, since the threads of a family stand still together, and somebody has to find it out who
 * is not one of them. On the virtual clock the scheduler knows. A thread writes its row, by a few
 * stores; whoever follows the run reads. */
#ifndef GS_SCHED_STANDING_H
#define GS_SCHED_STANDING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* More files than that may always have something to say; of more tasks than that, of all processes
 * together, each process knows its own alone. */
enum { GS_STANDING_MOST = 4096, GS_STANDING_MOST_FILES = 72, GS_STANDING_MOST_TASKS = 256 };

/* Who has a part of what is waited for: units of a semaphore, tasks of a queue. */
struct gs_slot_share {
    uint32_t actor;
    uint32_t units;
    bool failed; /* an error that nobody caught has ended it */
};

#define GS_SLOT_SHARES 8

/* What an actor waits for, whose waits the guest knows: it says so where nobody can go on. */
struct gs_slot_wait {
    uint32_t on;     /* object; 0: nothing that has a name */
    uint32_t holder; /* actor that has it; 0: nobody */
    uint32_t loop;   /* actor: an event loop, for whose tasks it waits; 0: none */
    uint32_t line;
    uint16_t place;
    bool sleeps;
    bool copied;              /* the holder had it in the process that this one was forked from */
    bool writes;              /* for somebody to read what it writes */
    uint32_t now, of, queued; /* see struct gs_stuck */
    uint32_t share_count;
    struct gs_slot_share shares[GS_SLOT_SHARES]; /* the first of them */
};

enum gs_standing_for {
    GS_STANDING_NOT,    /* it goes on, or will after a while */
    GS_STANDING_LOCK,   /* a thread of its process can end it; … */
    GS_STANDING_SHARED, /* … any process of the family; … */
    GS_STANDING_FILES,  /* … who has the other ends of these files; … */
    GS_STANDING_CHILD,  /* … this child, by its end; … */
    GS_STANDING_SERVER  /* … any process of the family: it looks around now and then, and does
                         * nothing that nobody asks it for */
};

/* What it is asked to do meanwhile, by GS_SIGNAL_BLOCKED: the wait that it is in goes on. */
enum gs_standing_ask {
    GS_STANDING_ASK_NOTHING,
    GS_STANDING_DESCRIBE, /* the waits of its process's threads; */
    GS_STANDING_TELL_OWN, /* that its process stands still, … */
    GS_STANDING_TELL_ALL  /* … that the whole family does */
};

struct gs_standing {
    _Atomic int32_t pid; /* 0: the row is free */
    int32_t thread;      /* the kernel's number of it */
    uint32_t lane;
    _Atomic uint32_t waits; /* enum gs_standing_for */
    _Atomic uint32_t turns; /* how often it has begun to wait */
    _Atomic uint32_t asked; /* enum gs_standing_ask; NOTHING again once it is done */
    int32_t child;          /* 0: any of its own */
    uint32_t files;
    int32_t file[GS_STANDING_MOST_FILES];
    int32_t ear; /* the one of them by which only its own process wakes it; -1: none is known */
    struct gs_slot_wait wait;
};

/* A task that awaits something, as long as all stand still. */
struct gs_standing_task {
    _Atomic int32_t pid; /* 0: the row is free */
    uint32_t lane;
    struct gs_slot_wait wait;
};

struct gs_standings {
    _Atomic uint32_t used;    /* rows, ever */
    _Atomic uint32_t without; /* how often a thread got none: then nobody knows them all */
    _Atomic uint32_t readers; /* how many wait for what somebody writes: who does leaves its name */
    struct gs_standing row[GS_STANDING_MOST];
    struct gs_standing_task task[GS_STANDING_MOST_TASKS]; /* on the virtual clock, too */
};

/* A row for the calling thread; NULL: there is none. And gives it back, which may be NULL. */
struct gs_standing *gs_standing_take(struct gs_standings *all, uint32_t lane);
void gs_standing_give_back(struct gs_standing *row);

/* What the calling process has said of its tasks before is no longer so; and says of one now. */
void gs_standing_forget_tasks(struct gs_standings *all);
void gs_standing_put_task(struct gs_standings *all, uint32_t lane, const struct gs_slot_wait *wait);

/* The calling thread is about to wait for that, and has waited. */
static inline void gs_standing_begin(struct gs_standing *row, enum gs_standing_for waits)
{
    uint32_t turns = atomic_load_explicit(&row->turns, memory_order_relaxed);
    atomic_store_explicit(&row->turns, turns + 1, memory_order_relaxed); /* nobody else writes it */
    atomic_store_explicit(&row->waits, waits, memory_order_release);
}

static inline void gs_standing_end(struct gs_standing *row)
{
    atomic_store_explicit(&row->waits, GS_STANDING_NOT, memory_order_release);
}

#endif
