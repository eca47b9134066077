/* A run that stands still, as rows: who is stuck, on what, and who has that. Finding circles in
 * them and putting them into words knows neither actors nor resources nor processes; deadlock.c
 * fills the rows. A holder that is not stuck itself is at its end: nobody else is left. */
#ifndef GS_SCHED_STALL_H
#define GS_SCHED_STALL_H

#include "base/vec.h"
#include "trace/control.h"
#include "trace/event.h"
#include "trace/where.h"

#include <stddef.h>

enum { GS_STALL_NAME = 128 };

/* What is called so, made safe to print; the second of that name ("lock #2") is told from the
 * first. See trace/namesakes.h. */
void gs_stall_name(char buffer[GS_STALL_NAME], const char *name, uint32_t which);

/* Who has what is waited for: a lock, units of a semaphore, items of a queue that are not done. */
struct gs_stall_holder {
    char name[GS_STALL_NAME];
    long stuck;                 /* its own row; -1: it is at its end */
    bool failed;                /* … to which an uncaught error brought it */
    char forked[GS_STALL_NAME]; /* the process that has only a copy of what it had; "": none */
    uint64_t units;             /* 1 of a lock */
};

/* Names are safe to print, and no two are alike. */
struct gs_stuck {
    char name[GS_STALL_NAME];
    char where[GS_WHERE_SIZE]; /* "line 12"; "": not known */
    uint32_t kind;             /* enum gs_object_kind of what it waits for */
    bool awaits;               /* it is a task, which is said in other words */
    char on[GS_STALL_NAME];
    uint64_t now, of; /* what struct gs_measure says of that */
    uint64_t queued;
    char in_vain[GS_STALL_NAME]; /* who notified a condition last while nobody waited; "": nobody */
    uint32_t in_vain_line;
    GS_VEC(struct gs_stall_holder) holders; /* longest first */
};

/* A process that was killed, which may be what all wait for. */
struct gs_stall_killed {
    char name[GS_STALL_NAME];
    uint32_t by;              /* number of the signal; 0: not known */
    char hand[GS_STALL_NAME]; /* the task that it ran, "": none that is known */
};

struct gs_stall {
    GS_VEC(struct gs_stuck) rows;
    GS_VEC(struct gs_stall_killed) killed; /* the first few … */
    uint32_t killed_more;                  /* … and how many others */
};

/* The shortest circle through the row `first`, each of which waits for what the next one has, the
 * last for what the first has. Fills path, of as many as there are rows, and returns how many stand
 * in it; 0: there is none. */
size_t gs_stall_circle(const struct gs_stall *stall, size_t first, size_t *path);

/* "deadlock: Thread-1 waits for b (line 9), which Thread-2 holds; Thread-2 waits for …": each
 * circle once, then whoever else waits, and who was killed; without one "stall: …". Cut where the
 * buffer is full. Returns whether there is a circle. */
bool gs_stall_tell(const struct gs_stall *stall, char *buffer, size_t size);

/* What becomes of the program's claim about its end, which is not that it comes by itself: in
 * words; and whether it holds. */
const char *gs_stall_claim(enum gs_expectation expects, bool circles, bool *holds);

#endif
