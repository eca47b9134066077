/* The virtual clock: a discrete-event simulation whose events are the program's own steps.
 *
 * Actors are OS threads, but one has the baton at a time (baton.h); all others sleep on their
 * bells. Every actor has a time of its own. The rule that makes a run the same everywhere: before
 * an actor touches anything shared, everybody who is earlier goes first. In between it may run
 * ahead, since nobody can tell; but never past a deadline (a waiter for its GIL may be about to
 * ask), and not past `window`, within which an actor that is behind cannot have an effect on it: a
 * drop request comes a switch interval after the wish, a core is taken away a quantum after it was
 * given. */
#include "sched/actor.h"
#include "sched/baton.h"
#include "sched/cores.h"
#include "sched/sched.h"

static uint64_t window(void)
{
    enum { CLOSE_NS = 20000 };
    if (gs_baton_slot()->close)
        return CLOSE_NS;
    uint64_t quantum = gs_runtime.costs.ns[GS_COST_quantum];
    uint64_t interval = gs_family->shortest_interval_ns;
    return (interval < quantum ? interval : quantum) / 8;
}

static void charge(uint64_t ns)
{
    struct gs_slot *self = gs_baton_slot();
    self->at += ns;
    if (self->has_core) {
        self->worked += ns;
        gs_family_process()->worked += ns;
    }
    gs_baton_moved();
    if (gs_baton_too_far_ahead(window()))
        gs_baton_pass();
    else
        gs_baton_await_screen(self->at);
    gs_cores_share();
}

static uint64_t least(uint64_t x, uint64_t y)
{
    return x < y ? x : y;
}

uint64_t gs_charge_slack(void)
{
    enum { MOST_NS = 50000 }; /* the screen may hold the clock meanwhile */
    const struct gs_slot *self = gs_baton_slot();
    const struct gs_heap_entry *timer = gs_heap_first(&gs_family->timers);
    const struct gs_heap_entry *other = gs_heap_first_but(&gs_family->runnable, gs_baton_self());
    uint64_t until = self->at + MOST_NS;
    if (timer)
        until = least(until, timer->time);
    if (other)
        until = least(until, other->time + window());
    if (self->has_core)
        until = least(until, self->slice_end);
    return until > self->at ? until - self->at : 0;
}

static void work(uint64_t ns)
{
    gs_cores_take();
    uint64_t step = window();
    while (ns > 0) {
        const struct gs_slot *self = gs_baton_slot();
        uint64_t left = self->slice_end > self->at ? self->slice_end - self->at : 1;
        uint64_t piece = ns < step ? ns : step;
        if (piece > left)
            piece = left;
        charge(piece);
        ns -= piece;
    }
}

/* Whole process: the caller may be ahead of others, and then counts what they did until now, not
 * what they will have done by its time. */
static uint64_t processor_time(bool whole_process)
{
    if (!whole_process)
        return gs_baton_slot()->worked;
    gs_baton_touch();
    return gs_family_process()->worked;
}

static void enter(struct gs_monitor *monitor)
{
    (void)monitor;
    gs_baton_touch();
}

static void leave(struct gs_monitor *monitor)
{
    (void)monitor;
}

static enum gs_wait_end wait(struct gs_monitor *monitor, struct gs_waiter *waiter,
                             uint64_t deadline)
{
    (void)monitor;
    gs_cores_wait(deadline);
    return atomic_load_explicit(&waiter->woken, memory_order_relaxed) ? GS_WAIT_WOKEN
                                                                      : GS_WAIT_TIMED_OUT;
}

static void unpark(struct gs_runner *runner, bool for_ever, bool awake)
{
    (void)for_ever;
    gs_baton_ready(runner->slot, gs_baton_slot()->at + (awake ? 0 : gs_wake_latency()));
}

static bool spawn(struct gs_runner *runner, struct gs_error *err)
{
    if (!gs_runner_start(runner, err))
        return false;
    gs_baton_ready(runner->slot, gs_baton_slot()->at + gs_wake_latency());
    return true;
}

static void finish(void)
{
    gs_cores_give_back();
    gs_baton_finish();
}

static uint64_t date(void)
{
    return gs_baton_slot()->at;
}

static void stand_still(uint64_t ns)
{
    gs_baton_slot()->at += ns;
    gs_baton_await_screen(gs_baton_slot()->at);
}

const struct gs_sched_ops gs_sched_virtual = {.enter = enter,
                                              .leave = leave,
                                              .wait = wait,
                                              .unpark = unpark,
                                              .work = work,
                                              .core = gs_cores_take,
                                              .charge = charge,
                                              .spawn = spawn,
                                              .begin = gs_baton_begin,
                                              .finish = finish,
                                              .processor_time = processor_time,
                                              .date = date,
                                              .stand_still = stand_still};
