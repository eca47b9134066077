#include "lua/sync/block.h"

#include "lua/vm/allow_threads.h"

uint64_t gs_block_deadline(double seconds)
{
    return seconds == 0 ? GS_AT_ONCE : gs_deadline_in(seconds);
}

static bool wait_for(struct gs_monitor *monitor, struct gs_waitq *waiters, gs_block_try *try,
                     void *thing, uint64_t deadline)
{
    bool late = false;
    /* One more try after the deadline: a wake that came just before it must not be wasted. */
    for (;;) {
        if (try(thing))
            return true;
        if (late)
            return false;
        late = gs_wait(monitor, waiters, deadline) == GS_WAIT_TIMED_OUT;
    }
}

/* The monitor is entered; it is left. */
static bool block(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                  void *thing, uint64_t deadline)
{
    bool done = try(thing);
    gs_monitor_leave(&resource->monitor);
    if (done || deadline == GS_AT_ONCE)
        return done;
    gs_block_begin(GS_STATE_WAITING, resource);
    gs_monitor_enter(&resource->monitor);
    done = wait_for(&resource->monitor, waiters, try, thing, deadline);
    gs_monitor_leave(&resource->monitor);
    gs_block_end();
    return done;
}

bool gs_block_until(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline)
{
    gs_call_enter(resource);
    return block(resource, waiters, try, thing, deadline);
}

bool gs_block_again(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline)
{
    gs_monitor_enter(&resource->monitor);
    return block(resource, waiters, try, thing, deadline);
}

/* The monitor is entered; it is left. */
static bool take(struct gs_monitor *monitor, const struct gs_block_want *want)
{
    bool ready = want->ready(want->thing);
    if (ready && want->take)
        want->take(want->thing);
    gs_monitor_leave(monitor);
    return ready;
}

/* What came between the look with the GIL and this wait without it woke nobody: one more look.
 * False: the deadline came. */
static bool await_wake(struct gs_monitor *monitor, struct gs_resource *part,
                       const struct gs_block_want *want, uint64_t deadline)
{
    gs_block_begin(GS_STATE_WAITING, part);
    gs_monitor_enter(monitor);
    bool in_time =
        want->ready(want->thing) || gs_wait(monitor, &part->waiters, deadline) == GS_WAIT_WOKEN;
    gs_monitor_leave(monitor);
    gs_block_end();
    return in_time;
}

bool gs_block_with_gil(struct gs_monitor *monitor, struct gs_resource *part,
                       const struct gs_block_want *want, uint64_t deadline)
{
    gs_call_begin();
    return gs_block_with_gil_again(monitor, part, want, deadline);
}

bool gs_block_with_gil_again(struct gs_monitor *monitor, struct gs_resource *part,
                             const struct gs_block_want *want, uint64_t deadline)
{
    bool in_time = deadline != GS_AT_ONCE;
    gs_monitor_enter(monitor);
    while (!take(monitor, want)) {
        if (!in_time)
            return false;
        in_time = await_wake(monitor, part, want, deadline);
        gs_monitor_enter(monitor);
    }
    return true;
}
