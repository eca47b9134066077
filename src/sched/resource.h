/* What locks, semaphores, events, queues and threads' ends have in common: a name in the trace, and
 * who holds them, so that a deadlock can be told as who holds what and who waits for what. */
#ifndef GS_SCHED_RESOURCE_H
#define GS_SCHED_RESOURCE_H

#include "sched/sched.h"
#include "trace/event.h"

struct gs_resource {
    enum gs_object_kind kind;
    uint32_t object;       /* id in the trace */
    int64_t number;        /* how many were made before it; unlike object always there */
    _Atomic uint32_t uses; /* references; states of several interpreters may share one */
    struct gs_monitor monitor;
    struct gs_waitq waiters; /* guarded by monitor */
    struct gs_actor *owner;  /* guarded by monitor: who holds it, NULL if nobody or a count */
    char name[96];           /* longer ones end in "…" */
    void (*destroy)(struct gs_resource *); /* frees the whole object it begins */
};

/* Names it "Lock 3" by its kind's count when name is NULL. The caller holds the first reference. */
void gs_resource_init(struct gs_resource *resource, enum gs_object_kind kind, const char *name,
                      void (*destroy)(struct gs_resource *));
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

/* Traces that the caller now holds, or has let go of, units of the resource. */
void gs_resource_acquired(const struct gs_resource *resource, uint32_t units);
void gs_resource_released(const struct gs_resource *resource, uint32_t units);

#endif
