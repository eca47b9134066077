/* What locks, semaphores, events, queues and threads' ends have in common: a name in the trace, and
 * who holds them, so that a deadlock can be told as who holds what and who waits for what. */
#ifndef GS_SCHED_RESOURCE_H
#define GS_SCHED_RESOURCE_H

#include "sched/holders.h"
#include "sched/sched.h"
#include "trace/event.h"

/* How far it is from what is waited for, for the sentence about a stall: the units that are out,
 * the parties that are there, the tasks that are not done, of so many in all. */
struct gs_measure {
    uint64_t now, of;
    uint64_t queued;                /* of the tasks: that nobody took */
    const struct gs_actor *in_vain; /* who notified a condition last while nobody waited */
    uint32_t in_vain_line;
};

struct gs_resource {
    enum gs_object_kind kind;
    uint32_t object;       /* id in the trace */
    int64_t number;        /* how many were made before it; unlike object always there */
    _Atomic uint32_t uses; /* references; states of several interpreters may share one */
    struct gs_monitor monitor;
    struct gs_waitq waiters;   /* guarded by monitor */
    struct gs_actor *owner;    /* guarded by monitor: who holds it, NULL if nobody or a count */
    struct gs_holders holders; /* guarded by monitor: who has a share of it, where many can */
    uint32_t of;               /* of how many it is; 0: no limit, or nothing to count */
    /* Called when nobody runs any more; NULL: there is nothing to tell. */
    void (*measure)(const struct gs_resource *, struct gs_measure *);
    char name[96];                         /* longer ones end in "…" */
    void (*destroy)(struct gs_resource *); /* frees the whole object it begins */
};

/* Names it "Lock 3" by its kind's count when name is NULL. The caller holds the first reference. */
void gs_resource_init(struct gs_resource *resource, enum gs_object_kind kind, const char *name,
                      void (*destroy)(struct gs_resource *));
/* The same for what there are so many of. */
void gs_resource_init_of(struct gs_resource *resource, enum gs_object_kind kind, const char *name,
                         uint32_t of, void (*destroy)(struct gs_resource *));
/* What else one can wait for at the whole: it has the whole's name, and waiters and holders that
 * the whole's monitor guards. Its owner ends it with gs_resource_destroy_part. */
void gs_resource_init_part(struct gs_resource *part, enum gs_object_kind kind,
                           const struct gs_resource *whole);
void gs_resource_destroy_part(struct gs_resource *part);
/* Enters it in the trace's table, as gs_resource_init does with all but threads: which actor a
 * thread's end is of turns out when it starts. */
void gs_resource_show(struct gs_resource *resource);
/* The number of the next thing that is made: what has handles but is no resource needs one, too. */
int64_t gs_resource_number(void);
struct gs_resource *gs_resource_ref(struct gs_resource *resource);
void gs_resource_unref(struct gs_resource *resource);

/* Turns "in so many seconds" into a deadline of the run's clock; negative: GS_NEVER. */
uint64_t gs_deadline_in(double seconds);

/* Every call of the library that may block, or looks at what threads share, begins with one of
 * these, once: that is what it costs on the virtual clock. The second enters the resource's monitor
 * as well. */
void gs_call_begin(void);
void gs_call_enter(struct gs_resource *resource);

/* Traces that the caller now holds, or has let go of, units of the resource; units: how many are
 * out then. */
void gs_resource_acquired(const struct gs_resource *resource, uint32_t units);
void gs_resource_released(const struct gs_resource *resource, uint32_t units);

/* The same, unit by unit, for what many have a share of; with the monitor entered. put_back: what
 * was taken is there again, as if it had not been. */
void gs_resource_take_share(struct gs_resource *resource, uint32_t units);
void gs_resource_return_share(struct gs_resource *resource, uint32_t units, bool put_back);

#endif
