#include "sched/baton.h"

#include "sched/actor.h"
#include "sched/bury.h"
#include "sched/deadlock.h"

#include "base/own.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

uint32_t gs_baton_self(void)
{
    return gs_runner_of(gs_self)->slot;
}

struct gs_slot *gs_baton_slot(void)
{
    return &gs_family->slot[gs_baton_self()];
}

/* Not FUTEX_PRIVATE: another process may wait. */
static void ring(_Atomic uint32_t *bell)
{
    atomic_fetch_add_explicit(bell, 1, memory_order_release);
    syscall(SYS_futex, bell, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* False: it was not rung within the limit; NULL: it is waited for as long as it takes. */
static bool await_ring(_Atomic uint32_t *bell, uint32_t rung, const struct timespec *limit)
{
    return syscall(SYS_futex, bell, FUTEX_WAIT, rung, limit, NULL, 0) == 0 || errno != ETIMEDOUT;
}

static void set_runnable(uint32_t slot)
{
    struct gs_slot *s = &gs_family->slot[slot];
    gs_heap_set(&gs_family->runnable,
                (struct gs_heap_entry){.time = s->at, .order = s->order, .slot = slot});
}

void gs_baton_ready(uint32_t slot, uint64_t time)
{
    struct gs_slot *s = &gs_family->slot[slot];
    if (s->at < time)
        s->at = time;
    gs_heap_remove(&gs_family->timers, slot);
    set_runnable(slot);
}

void gs_baton_moved(void)
{
    set_runnable(gs_baton_self());
}

/* Who goes next: the earliest of those who can run and those whose deadline comes; 0: nobody ever.
 * A deadline goes before a step at the same time. */
static uint32_t earliest(void)
{
    const struct gs_heap_entry *run = gs_heap_first(&gs_family->runnable);
    const struct gs_heap_entry *timer = gs_heap_first(&gs_family->timers);
    if (timer && (!run || timer->time <= run->time))
        return timer->slot;
    return run ? run->slot : 0;
}

void gs_baton_await_screen(uint64_t time)
{
    atomic_store_explicit(&gs_runtime.control->now_ns, time, memory_order_relaxed);
    if (atomic_load_explicit(&gs_runtime.control->horizon, memory_order_relaxed) <= time)
        gs_control_await_horizon(gs_runtime.control, time);
}

/* Release: who gets the baton sees everything that was done with it in hand. */
static void give_to(uint32_t slot)
{
    atomic_store_explicit(&gs_family->holder, slot, memory_order_release);
    ring(&gs_family->slot[slot].bell);
}

/* Somebody may do something once a deadline comes. Where all who have one only look around then
 * whether they are asked for anything, it is as if none had: nobody is left who could ask. */
static bool any_hope(void)
{
    const struct gs_heap *timers = &gs_family->timers;
    for (uint32_t i = 0; i < timers->count; i++)
        if (!gs_family->slot[timers->entries[i].slot].serves)
            return true;
    return false;
}

/* Nobody can go on now: before the clock jumps, or stops for good, it is the outside's turn. */
static void await_outside(void)
{
    while (gs_runtime.idle && !gs_heap_first(&gs_family->runnable)) {
        const struct gs_heap_entry *timer = any_hope() ? gs_heap_first(&gs_family->timers) : NULL;
        atomic_store_explicit(&gs_family->outside, true, memory_order_relaxed);
        bool again = gs_runtime.idle(timer ? timer->time : GS_NEVER);
        atomic_store_explicit(&gs_family->outside, false, memory_order_relaxed);
        if (!again)
            return;
    }
}

void gs_baton_set_alarm(uint32_t slot, uint64_t time)
{
    struct gs_slot *s = &gs_family->slot[slot];
    s->alarm = true;
    gs_heap_set(&gs_family->timers,
                (struct gs_heap_entry){.time = time, .order = s->order, .slot = slot});
}

void gs_baton_clear_alarm(uint32_t slot)
{
    gs_heap_remove(&gs_family->timers, slot);
}

static bool tell_alarm(uint32_t slot)
{
    if (!slot || !gs_family->slot[slot].alarm)
        return false;
    uint64_t time = gs_heap_first(&gs_family->timers)->time;
    gs_heap_remove(&gs_family->timers, slot);
    gs_runtime.alarm(slot, time);
    return true;
}

/* Gives the baton to whoever is next; the caller goes on or sleeps on its bell afterwards. */
static void choose_next(void)
{
    uint32_t next;
    do {
        await_outside();
        bool any = gs_heap_first(&gs_family->runnable) || any_hope();
        next = any ? earliest() : 0;
    } while (tell_alarm(next));
    if (!next && gs_runtime.stalled)
        gs_runtime.stalled();
    if (!next)
        gs_deadlock_report();
    struct gs_slot *s = &gs_family->slot[next];
    if (gs_heap_has(&gs_family->timers, next))
        gs_baton_ready(next, s->deadline);
    gs_baton_await_screen(s->at);
    if (next != gs_baton_self())
        give_to(next);
}

/* 0: nobody is. */
static uint32_t first_alive(void)
{
    for (uint32_t slot = 1; slot <= gs_family->slots; slot++) {
        const struct gs_slot *s = &gs_family->slot[slot];
        if (s->taken && !s->alarm && !gs_bury_is_dead(s->process))
            return slot;
    }
    return 0;
}

/* Others are about to be ended then, which may take a while on a busy machine: nobody goes on. */
static bool is_run_over(void)
{
    return atomic_load(&gs_runtime.control->phase) == GS_STAGE_ENDED;
}

/* A process may die with the baton in hand. Who then takes it up is the same in every run: the
 * first of those that are left, who hands it on. */
static void take_up(uint32_t holder)
{
    uint32_t process = gs_family->slot[holder].process, self = gs_baton_self();
    if (process == gs_family_self() || is_run_over() || !gs_bury_is_dead(process) ||
        first_alive() != self || !atomic_compare_exchange_strong(&gs_family->holder, &holder, self))
        return;
    gs_bury_the_dead(process, gs_family->slot[holder].at, gs_bury_status(process));
    gs_family->hand_on = true;
    gs_family->asked_by = 0;
}

static void answer(void)
{
    uint32_t asker = gs_family->asked_by;
    gs_family->asked_by = 0;
    gs_runtime.describe();
    give_to(asker);
}

/* The baton is the caller's, but not its turn. */
static void hand_on(void)
{
    gs_family->hand_on = false;
    gs_bury_await_ending();
    choose_next();
}

static void await_baton(void)
{
    static const struct timespec patience = {.tv_nsec = 100000000};
    uint32_t self = gs_baton_self();
    _Atomic uint32_t *bell = &gs_family->slot[self].bell;
    for (;;) {
        /* The bell before the holder: rung in between, it keeps the futex from sleeping. */
        uint32_t rung = atomic_load_explicit(bell, memory_order_acquire);
        uint32_t holder = atomic_load_explicit(&gs_family->holder, memory_order_acquire);
        bool alone = gs_family->processes_used == 1;
        if (holder == self && gs_family->asked_by)
            answer();
        else if (holder == self && gs_family->hand_on)
            hand_on();
        else if (holder == self)
            return;
        else if (!await_ring(bell, rung, alone ? NULL : &patience))
            take_up(holder);
    }
}

/* Others had the baton; now it is the caller's turn again, or for the first time. */
static void resume(void)
{
    await_baton();
    if (gs_family->over)
        gs_runtime.over();
    gs_bury_await_ending();
    if (gs_runtime.resumed)
        gs_runtime.resumed();
}

void gs_baton_pass(void)
{
    choose_next();
    resume();
}

void gs_baton_touch(void)
{
    if (earliest() != gs_baton_self())
        gs_baton_pass();
}

bool gs_baton_too_far_ahead(uint64_t window)
{
    uint64_t now = gs_baton_slot()->at;
    const struct gs_heap_entry *timer = gs_heap_first(&gs_family->timers);
    if (timer && timer->time <= now)
        return true;
    const struct gs_heap_entry *other = gs_heap_first_but(&gs_family->runnable, gs_baton_self());
    return other && other->time + window < now;
}

void gs_baton_begin(void)
{
    atomic_store(&gs_baton_slot()->thread, gs_own_thread());
    if (atomic_load_explicit(&gs_family->holder, memory_order_acquire) == 0) {
        atomic_store_explicit(&gs_family->holder, gs_baton_self(), memory_order_relaxed);
        gs_baton_moved();
    }
    resume();
}

void gs_baton_finish(void)
{
    uint32_t self = gs_baton_self();
    gs_heap_remove(&gs_family->runnable, self);
    gs_family_free_slot(self);
    choose_next();
}

/* Who is left chooses: it may be that nobody can go on, and who leaves could neither wait for the
 * outside nor tell it. */
void gs_baton_leave(bool ends)
{
    gs_bury_own(ends);
    gs_heap_remove(&gs_family->runnable, gs_baton_self());
    gs_family_free_slot(gs_baton_self());
    uint32_t next = first_alive();
    gs_family->hand_on = next != 0;
    if (next)
        give_to(next);
    else
        atomic_store_explicit(&gs_family->holder, 0, memory_order_relaxed);
}

/* The first of the process's actors. */
static uint32_t first_of(uint32_t process)
{
    uint32_t first = 0;
    for (uint32_t slot = 1; slot <= gs_family->slots; slot++) {
        const struct gs_slot *s = &gs_family->slot[slot];
        bool is_its = s->taken && s->process == process && !s->alarm;
        if (is_its && (!first || s->order < gs_family->slot[first].order))
            first = slot;
    }
    return first;
}

void gs_baton_ask_all(void)
{
    gs_runtime.describe();
    for (uint32_t i = 0; i < gs_family->processes_used; i++) {
        const struct gs_family_process *p = &gs_family->processes[i];
        uint32_t slot = p->taken && !p->ending && i != gs_family_self() ? first_of(i) : 0;
        if (!slot)
            continue;
        gs_family->asked_by = gs_baton_self();
        give_to(slot);
        await_baton();
    }
}

void gs_baton_end_run(void)
{
    struct gs_slot *self = gs_baton_slot();
    if (gs_family_self() == 0)
        gs_runtime.over();
    uint32_t first = first_of(0);
    struct gs_slot *s = &gs_family->slot[first];
    s->at = s->at > self->at ? s->at : self->at;
    gs_family->over = true;
    give_to(first);
    for (;;)
        (void)await_ring(&self->bell, atomic_load(&self->bell), NULL);
}
