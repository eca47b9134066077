/* The virtual clock: a discrete-event simulation whose events are the scene's own steps.
 *
 * Actors are OS threads, but one holds the baton (the mutex `baton`, and `holder` says who it is
 * meant for); all others sleep on their bells. Every actor has a time of its own. The rule that
 * makes a run the same everywhere: before an actor touches anything shared, everybody who is
 * earlier goes first. In between it may run ahead, since nobody can tell; but never past a deadline
 * (a waiter for its GIL may be about to ask), and not past `window`, within which an actor that is
 * behind cannot have an effect on it: a drop request comes a switch interval after the wish, a
 * core is taken away a quantum after it was given.
 *
 * Cores: to compute, an actor needs one of `cores`. With none free it queues, `ready`; while others
 * queue, it keeps its core for a quantum. Like Linux's scheduler this one favours who comes out of
 * a wait: the actor that has had its core longest gives way to it after a quarter of that. */
#include "sched/actor.h"
#include "sched/deadlock.h"
#include "sched/heap.h"
#include "sched/sched.h"

#include <limits.h>
#include <stddef.h>

static struct {
    pthread_mutex_t baton;
    struct gs_actor *holder;
    struct gs_heap runnable; /* by their own time */
    struct gs_heap timers;   /* who waits with a deadline, by it */
    uint32_t cores_taken;
    struct gs_actor *core_first, *core_last; /* who is ready and has no core */
} clk = {.baton = PTHREAD_MUTEX_INITIALIZER,
         .runnable = {.place = offsetof(struct gs_actor, heap_place)},
         .timers = {.place = offsetof(struct gs_actor, timer_place)}};

static uint64_t window(void)
{
    enum { CLOSE_NS = 20000 };
    uint64_t quantum = gs_runtime.costs.ns[GS_COST_quantum];
    uint64_t interval = gs_runtime.shortest_interval_ns;
    if (gs_self->close)
        return CLOSE_NS;
    return (interval < quantum ? interval : quantum) / 8;
}

/* Who goes next: the earliest of those who can run and those whose deadline comes; NULL: nobody
 * ever. A deadline goes before a step at the same time. */
static struct gs_actor *earliest(void)
{
    const struct gs_heap_entry *run = gs_heap_first(&clk.runnable);
    const struct gs_heap_entry *timer = gs_heap_first(&clk.timers);
    if (timer && (!run || timer->time <= run->time))
        return timer->actor;
    return run ? run->actor : NULL;
}

static void make_runnable(struct gs_actor *actor, uint64_t time)
{
    if (actor->at < time)
        actor->at = time;
    gs_heap_remove(&clk.timers, actor);
    gs_heap_set(&clk.runnable, actor, actor->at);
}

/* The screen may hold the clock: then everything stands still here, baton in hand. */
static void await_screen(uint64_t time)
{
    atomic_store_explicit(&gs_runtime.control->now_ns, time, memory_order_relaxed);
    if (atomic_load_explicit(&gs_runtime.control->horizon, memory_order_relaxed) <= time)
        gs_control_await_horizon(gs_runtime.control, time);
}

/* Gives the baton to whoever is next; the caller goes on or sleeps on its bell afterwards. */
static void choose_next(void)
{
    struct gs_actor *next = earliest();
    if (!next)
        gs_deadlock_report();
    if (next->timer_place >= 0)
        make_runnable(next, next->deadline);
    await_screen(next->at);
    clk.holder = next;
    if (next != gs_self)
        pthread_cond_signal(&next->bell);
}

static void await_baton(void)
{
    while (clk.holder != gs_self)
        pthread_cond_wait(&gs_self->bell, &clk.baton);
}

static void pass_on(void)
{
    choose_next();
    await_baton();
}

/* Everybody who is earlier goes first. */
static void touch(void)
{
    if (earliest() != gs_self)
        pass_on();
}

static bool too_far_ahead(void)
{
    struct gs_actor *self = gs_self;
    const struct gs_heap_entry *timer = gs_heap_first(&clk.timers);
    if (timer && timer->time <= self->at)
        return true;
    const struct gs_heap_entry *other = gs_heap_first_but(&clk.runnable, self);
    return other && other->time + window() < self->at;
}

static void queue_for_core(struct gs_actor *self)
{
    self->next_for_core = NULL;
    if (clk.core_last)
        clk.core_last->next_for_core = self;
    else
        clk.core_first = self;
    clk.core_last = self;
}

static void get_core(struct gs_actor *actor, uint64_t time)
{
    clk.cores_taken++;
    actor->has_core = true;
    make_runnable(actor, time);
    actor->slice_end = actor->at + gs_runtime.costs.ns[GS_COST_quantum];
}

static void give_core_back(void)
{
    struct gs_actor *self = gs_self;
    if (!self->has_core)
        return;
    self->has_core = false;
    clk.cores_taken--;
    struct gs_actor *next = clk.core_first;
    if (!next)
        return;
    clk.core_first = next->next_for_core;
    if (!clk.core_first)
        clk.core_last = NULL;
    get_core(next, self->at);
}

/* Ready until a core is free; then in the state it was in. */
static void be_ready(void)
{
    struct gs_actor *self = gs_self;
    enum gs_state state = self->state;
    uint32_t on = self->state_on;
    gs_actor_enter_state(GS_STATE_READY, 0, GS_CAUSE_CORE);
    queue_for_core(self);
    give_core_back();
    if (!self->has_core)
        gs_heap_remove(&clk.runnable, self);
    pass_on();
    gs_actor_enter_state(state, on, GS_CAUSE_CORE);
}

static void hasten_longest(void)
{
    struct gs_actor *longest = NULL;
    for (size_t i = 0; i < clk.runnable.entries.count; i++) {
        struct gs_actor *actor = clk.runnable.entries.items[i].actor;
        if (actor->has_core && (!longest || actor->slice_end < longest->slice_end))
            longest = actor;
    }
    if (!longest)
        return;
    uint64_t least = longest->slice_end - gs_runtime.costs.ns[GS_COST_quantum] * 3 / 4;
    uint64_t end = gs_self->at > least ? gs_self->at : least;
    if (end < longest->slice_end)
        longest->slice_end = end;
}

static void core(void)
{
    touch();
    if (gs_self->has_core)
        return;
    if (clk.cores_taken < gs_runtime.cores) {
        get_core(gs_self, gs_self->at);
        return;
    }
    hasten_longest();
    be_ready();
}

static void share_core(void)
{
    struct gs_actor *self = gs_self;
    if (!self->has_core || self->at < self->slice_end)
        return;
    touch();
    if (clk.core_first)
        be_ready();
    else
        self->slice_end = self->at + gs_runtime.costs.ns[GS_COST_quantum];
}

static void advance(uint64_t ns)
{
    struct gs_actor *self = gs_self;
    self->at += ns;
    if (self->has_core)
        self->worked += ns;
    gs_heap_set(&clk.runnable, self, self->at);
    if (too_far_ahead())
        pass_on();
    else
        await_screen(self->at);
    share_core();
}

static void work(uint64_t ns)
{
    core();
    uint64_t step = window();
    while (ns > 0) {
        uint64_t left = gs_self->slice_end > gs_self->at ? gs_self->slice_end - gs_self->at : 1;
        uint64_t piece = ns < step ? ns : step;
        if (piece > left)
            piece = left;
        advance(piece);
        ns -= piece;
    }
}

/* Whole process: the caller may be ahead of others, and then counts what they did until now, not
 * what they will have done by its time. */
static uint64_t processor_time(bool whole_process)
{
    if (!whole_process)
        return gs_self->worked;
    touch();
    uint64_t sum = 0;
    for (struct gs_actor *a = gs_runtime.actors; a; a = a->next_actor)
        sum += a->worked;
    return sum;
}

static void enter(struct gs_monitor *monitor)
{
    (void)monitor;
    touch();
}

static void leave(struct gs_monitor *monitor)
{
    (void)monitor;
}

static enum gs_wait_end wait(struct gs_monitor *monitor, struct gs_waitq *queue, uint64_t deadline)
{
    (void)monitor;
    (void)queue;
    struct gs_actor *self = gs_self;
    give_core_back();
    gs_heap_remove(&clk.runnable, self);
    if (deadline != GS_NEVER)
        gs_heap_set(&clk.timers, self, deadline > self->at ? deadline : self->at);
    pass_on();
    return self->woken ? GS_WAIT_WOKEN : GS_WAIT_TIMED_OUT;
}

static void unpark(struct gs_actor *actor, uint64_t latency)
{
    make_runnable(actor, gs_self->at + latency);
}

static bool spawn(struct gs_actor *actor, void *(*entry)(void *), struct gs_error *err)
{
    if (!gs_sched_real.spawn(actor, entry, err))
        return false;
    actor->at = gs_self->at;
    make_runnable(actor, gs_self->at + gs_runtime.costs.ns[GS_COST_wake]);
    return true;
}

static void begin(void)
{
    pthread_mutex_lock(&clk.baton);
    if (!clk.holder) {
        clk.holder = gs_self;
        make_runnable(gs_self, 0);
    }
    await_baton();
}

static void finish(void)
{
    give_core_back();
    gs_heap_remove(&clk.runnable, gs_self);
    choose_next();
    pthread_mutex_unlock(&clk.baton);
}

static uint64_t date(void)
{
    return gs_self->at;
}

const struct gs_sched_ops gs_sched_virtual = {.enter = enter,
                                              .leave = leave,
                                              .wait = wait,
                                              .unpark = unpark,
                                              .work = work,
                                              .core = core,
                                              .charge = advance,
                                              .spawn = spawn,
                                              .begin = begin,
                                              .finish = finish,
                                              .processor_time = processor_time,
                                              .date = date};
