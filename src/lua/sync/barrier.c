#include "lua/sync/barrier.h"

#include "sched/actor.h"

#include <stdlib.h>

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

/* One call, on the caller's stack. */
struct visit {
    struct gs_barrier *barrier;
    uint32_t index;
    enum gs_barrier_end end;
};

static void change(struct gs_barrier *barrier, enum gs_barrier_state state)
{
    gs_monitor_assert(&barrier->resource.monitor);
    barrier->state = state;
    gs_wake_all(&barrier->resource.waiters, barrier->resource.object);
}

/* Every step but a look takes the condition's lock, which who runs the action has. */
static bool is_unlocked(void *thing)
{
    return !((const struct visit *)thing)->barrier->resource.owner;
}

static bool is_left(const struct gs_barrier *barrier)
{
    return barrier->state == GS_BARRIER_DRAINING || barrier->state == GS_BARRIER_RESETTING;
}

static bool may_arrive(void *thing)
{
    return is_unlocked(thing) && !is_left(((const struct visit *)thing)->barrier);
}

static void arrive(void *thing)
{
    struct visit *self = thing;
    struct gs_barrier *barrier = self->barrier;
    self->end = GS_BARRIER_BROKEN;
    if (barrier->state == GS_BARRIER_IS_BROKEN)
        return;
    self->index = barrier->count++;
    self->end = barrier->count < barrier->parties ? GS_BARRIER_PASSED : GS_BARRIER_LAST;
    if (self->end == GS_BARRIER_LAST)
        barrier->resource.owner = gs_self;
}

static bool may_leave(void *thing)
{
    return is_unlocked(thing) &&
           ((const struct visit *)thing)->barrier->state != GS_BARRIER_FILLING;
}

static void leave(struct gs_barrier *barrier)
{
    if (--barrier->count == 0 && is_left(barrier))
        change(barrier, GS_BARRIER_FILLING);
}

static void leave_with_fate(void *thing)
{
    struct visit *self = thing;
    if (self->barrier->state != GS_BARRIER_DRAINING)
        self->end = GS_BARRIER_BROKEN;
    leave(self->barrier);
}

/* The round may have ended since the deadline was seen to. */
static void give_up(void *thing)
{
    struct visit *self = thing;
    if (self->barrier->state == GS_BARRIER_FILLING)
        change(self->barrier, GS_BARRIER_IS_BROKEN);
    leave_with_fate(self);
}

/* A call waits up to three times. */
static bool block(struct visit *self, gs_block_try *ready, void (*take)(void *thing),
                  uint64_t deadline)
{
    struct gs_resource *resource = &self->barrier->resource;
    struct gs_block_want want = {.ready = ready, .take = take, .thing = self};
    return gs_block_with_gil_again(&resource->monitor, resource, &want, deadline);
}

enum gs_barrier_end gs_barrier_wait(struct gs_barrier *barrier, double timeout, uint32_t *index)
{
    struct visit self = {.barrier = barrier};
    gs_call_begin();
    block(&self, may_arrive, arrive, GS_NEVER);
    *index = self.index;
    if (self.end == GS_BARRIER_PASSED &&
        !block(&self, may_leave, leave_with_fate, gs_block_deadline(timeout)))
        block(&self, is_unlocked, give_up, GS_NEVER);
    return self.end;
}

static void end_action(struct gs_barrier *barrier, enum gs_barrier_state state)
{
    gs_monitor_enter(&barrier->resource.monitor);
    barrier->resource.owner = NULL;
    change(barrier, state);
    leave(barrier);
    gs_monitor_leave(&barrier->resource.monitor);
}

void gs_barrier_open(struct gs_barrier *barrier)
{
    end_action(barrier, GS_BARRIER_DRAINING);
}

void gs_barrier_break(struct gs_barrier *barrier)
{
    end_action(barrier, GS_BARRIER_IS_BROKEN);
}

static void be_broken(void *thing)
{
    change(((struct visit *)thing)->barrier, GS_BARRIER_IS_BROKEN);
}

void gs_barrier_abort(struct gs_barrier *barrier)
{
    gs_call_begin();
    block(&(struct visit){.barrier = barrier}, is_unlocked, be_broken, GS_NEVER);
}

/* A round that has passed leaves as it would have. */
static void be_reset(void *thing)
{
    struct gs_barrier *barrier = ((struct visit *)thing)->barrier;
    if (barrier->count == 0)
        change(barrier, GS_BARRIER_FILLING);
    else if (!is_left(barrier))
        change(barrier, GS_BARRIER_RESETTING);
}

void gs_barrier_reset(struct gs_barrier *barrier)
{
    gs_call_begin();
    block(&(struct visit){.barrier = barrier}, is_unlocked, be_reset, GS_NEVER);
}

uint32_t gs_barrier_waiting(struct gs_barrier *barrier)
{
    gs_call_enter(&barrier->resource);
    uint32_t count = barrier->state == GS_BARRIER_FILLING ? barrier->count : 0;
    gs_monitor_leave(&barrier->resource.monitor);
    return count;
}

bool gs_barrier_is_broken(struct gs_barrier *barrier)
{
    gs_call_enter(&barrier->resource);
    bool broken = barrier->state == GS_BARRIER_IS_BROKEN;
    gs_monitor_leave(&barrier->resource.monitor);
    return broken;
}
