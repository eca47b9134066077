#include "lua/sync/block.h"

#include "lua/vm/allow_threads.h"

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
static bool block(struct gs_monitor *monitor, const struct gs_resource *shown,
                  struct gs_waitq *waiters, gs_block_try *try, void *thing, uint64_t deadline)
{
    bool done = try(thing);
    gs_monitor_leave(monitor);
    if (done || deadline == GS_AT_ONCE)
        return done;
    gs_block_begin(GS_STATE_WAITING, shown);
    gs_monitor_enter(monitor);
    done = wait_for(monitor, waiters, try, thing, deadline);
    gs_monitor_leave(monitor);
    gs_block_end();
    return done;
}

bool gs_block_until(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline)
{
    gs_call_enter(resource);
    return block(&resource->monitor, resource, waiters, try, thing, deadline);
}

bool gs_block_for(struct gs_monitor *monitor, struct gs_resource *part, gs_block_try *try,
                  void *thing, uint64_t deadline)
{
    gs_call_begin();
    gs_monitor_enter(monitor);
    return block(monitor, part, &part->waiters, try, thing, deadline);
}

bool gs_block_again(struct gs_resource *resource, struct gs_waitq *waiters, gs_block_try *try,
                    void *thing, uint64_t deadline)
{
    gs_monitor_enter(&resource->monitor);
    return block(&resource->monitor, resource, waiters, try, thing, deadline);
}
