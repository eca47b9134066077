#include "lua/sync/barrier.h"

#include "sched/actor.h"

#include <stdlib.h>

enum fate { GATHERING, PASSED, BROKEN };

/* On the waiter's stack. Each one is told its own fate: a round that passed, one that broke and the
 * next one may all have waiters that have not run yet. */
struct gs_barrier_waiter {
    struct gs_barrier *barrier;
    struct gs_barrier_waiter *next;
    uint32_t index;
    bool last;      /* known once it has come in, like index */
    enum fate fate; /* guarded by the monitor */
};

static void destroy(struct gs_resource *resource)
{
    free((struct gs_barrier *)resource);
}

static void measure(const struct gs_resource *resource, struct gs_measure *m)
{
    m->now = ((const struct gs_barrier *)resource)->count;
}

struct gs_barrier *gs_barrier_new(uint32_t parties, double timeout, const char *name)
{
    struct gs_barrier *barrier = calloc(1, sizeof *barrier);
    if (!barrier)
        return NULL;
    gs_resource_init_of(&barrier->resource, GS_OBJECT_BARRIER, name, parties, destroy);
    barrier->resource.measure = measure;
    barrier->parties = parties;
    barrier->timeout = timeout;
    return barrier;
}

/* The last one has come and runs the action: the round's end is his. CPython holds the barrier's
 * lock meanwhile. */
static bool is_full(const struct gs_barrier *barrier)
{
    return barrier->resource.owner != NULL;
}

/* Ends the round that gathers: all its waiters, in `fate`. */
static void end_round(struct gs_barrier *barrier, enum fate fate)
{
    for (struct gs_barrier_waiter *w = barrier->arrived; w; w = w->next)
        w->fate = fate;
    barrier->arrived = NULL;
    barrier->count = 0;
    barrier->resource.owner = NULL;
    gs_wake_all(&barrier->resource.waiters, barrier->resource.object);
    gs_wake_all(&barrier->doorway, barrier->resource.object);
}

/* True: the caller has come in, or the barrier is broken. */
static bool try_to_arrive(void *thing)
{
    struct gs_barrier_waiter *self = thing;
    struct gs_barrier *barrier = self->barrier;
    if (is_full(barrier))
        return false;
    if (barrier->broken) {
        self->fate = BROKEN;
        return true;
    }
    self->index = barrier->count++;
    self->last = barrier->count == barrier->parties;
    if (self->last) {
        barrier->resource.owner = gs_self;
    } else {
        self->next = barrier->arrived;
        barrier->arrived = self;
    }
    return true;
}

static bool try_to_pass(void *thing)
{
    const struct gs_barrier_waiter *self = thing;
    return self->fate != GATHERING;
}

/* The deadline has come; but the round may have ended since it was seen to, or be full. */
static enum fate give_up(struct gs_barrier_waiter *self)
{
    struct gs_barrier *barrier = self->barrier;
    struct gs_resource *resource = &barrier->resource;
    gs_monitor_enter(&resource->monitor);
    if (self->fate == GATHERING && !is_full(barrier)) {
        barrier->broken = true;
        end_round(barrier, BROKEN);
    }
    gs_monitor_leave(&resource->monitor);
    gs_block_again(resource, &resource->waiters, try_to_pass, self, GS_NEVER);
    return self->fate;
}

enum gs_barrier_end gs_barrier_wait(struct gs_barrier *barrier, uint64_t deadline, uint32_t *index)
{
    struct gs_resource *resource = &barrier->resource;
    struct gs_barrier_waiter self = {.barrier = barrier};
    gs_block_until(resource, &barrier->doorway, try_to_arrive, &self, GS_NEVER);
    *index = self.index;
    if (self.last)
        return GS_BARRIER_LAST;
    enum fate fate = gs_block_again(resource, &resource->waiters, try_to_pass, &self, deadline)
                         ? self.fate
                         : give_up(&self);
    return fate == PASSED ? GS_BARRIER_PASSED : GS_BARRIER_BROKEN;
}

void gs_barrier_open(struct gs_barrier *barrier)
{
    gs_monitor_enter(&barrier->resource.monitor);
    end_round(barrier, PASSED);
    gs_monitor_leave(&barrier->resource.monitor);
}

static void break_round(struct gs_barrier *barrier)
{
    barrier->broken = true;
    end_round(barrier, BROKEN);
}

void gs_barrier_break(struct gs_barrier *barrier)
{
    gs_monitor_enter(&barrier->resource.monitor);
    break_round(barrier);
    gs_monitor_leave(&barrier->resource.monitor);
}

static bool try_to_abort(void *thing)
{
    struct gs_barrier *barrier = thing;
    if (is_full(barrier))
        return false;
    break_round(barrier);
    return true;
}

void gs_barrier_abort(struct gs_barrier *barrier)
{
    gs_block_until(&barrier->resource, &barrier->doorway, try_to_abort, barrier, GS_NEVER);
}

static bool try_to_reset(void *thing)
{
    struct gs_barrier *barrier = thing;
    if (is_full(barrier))
        return false;
    barrier->broken = false;
    end_round(barrier, BROKEN);
    return true;
}

void gs_barrier_reset(struct gs_barrier *barrier)
{
    gs_block_until(&barrier->resource, &barrier->doorway, try_to_reset, barrier, GS_NEVER);
}

uint32_t gs_barrier_waiting(struct gs_barrier *barrier)
{
    gs_call_enter(&barrier->resource);
    uint32_t count = is_full(barrier) ? 0 : barrier->count; /* as in CPython, they wait no more */
    gs_monitor_leave(&barrier->resource.monitor);
    return count;
}

bool gs_barrier_is_broken(struct gs_barrier *barrier)
{
    gs_call_enter(&barrier->resource);
    bool broken = barrier->broken;
    gs_monitor_leave(&barrier->resource.monitor);
    return broken;
}
