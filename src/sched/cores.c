#include "sched/cores.h"

#include "sched/actor.h"
#include "sched/baton.h"

static uint64_t quantum(void)
{
    return gs_runtime.costs.ns[GS_COST_quantum];
}

static void queue(uint32_t slot)
{
    gs_family->slot[slot].next = 0;
    if (gs_family->core_last)
        gs_family->slot[gs_family->core_last].next = slot;
    else
        gs_family->core_first = slot;
    gs_family->core_last = slot;
}

static uint32_t take_first(void)
{
    uint32_t first = gs_family->core_first;
    gs_family->core_first = gs_family->slot[first].next;
    if (!gs_family->core_first)
        gs_family->core_last = 0;
    return first;
}

static void get(uint32_t slot, uint64_t time)
{
    struct gs_slot *s = &gs_family->slot[slot];
    gs_family->cores_taken++;
    s->has_core = true;
    gs_baton_ready(slot, time);
    s->slice_end = s->at + quantum();
}

static void give_back(struct gs_slot *slot, uint64_t time)
{
    if (!slot->has_core)
        return;
    slot->has_core = false;
    gs_family->cores_taken--;
    if (gs_family->core_first)
        get(take_first(), time);
}

void gs_cores_give_back(void)
{
    give_back(gs_baton_slot(), gs_baton_slot()->at);
}

static void leave_queue(uint32_t slot)
{
    uint32_t before = 0, at = gs_family->core_first;
    while (at && at != slot) {
        before = at;
        at = gs_family->slot[at].next;
    }
    if (!at)
        return;
    if (before)
        gs_family->slot[before].next = gs_family->slot[slot].next;
    else
        gs_family->core_first = gs_family->slot[slot].next;
    if (gs_family->core_last == slot)
        gs_family->core_last = before;
}

void gs_cores_forget(uint32_t slot, uint64_t time)
{
    leave_queue(slot);
    give_back(&gs_family->slot[slot], time);
}

/* Ready until a core is free; then in the state it was in. */
static void be_ready(void)
{
    enum gs_state state = gs_self->state;
    uint32_t on = gs_self->state_on;
    gs_actor_enter_state(GS_STATE_READY, 0, GS_CAUSE_CORE);
    queue(gs_baton_self());
    gs_cores_give_back();
    if (!gs_baton_slot()->has_core)
        gs_heap_remove(&gs_family->runnable, gs_baton_self());
    gs_baton_pass();
    gs_actor_enter_state(state, on, GS_CAUSE_CORE);
}

static void hasten_longest(void)
{
    struct gs_slot *longest = NULL;
    for (uint32_t i = 0; i < gs_family->runnable.count; i++) {
        struct gs_slot *s = &gs_family->slot[gs_family->runnable.entries[i].slot];
        if (s->has_core && (!longest || s->slice_end < longest->slice_end))
            longest = s;
    }
    if (!longest)
        return;
    uint64_t now = gs_baton_slot()->at, least = longest->slice_end - quantum() * 3 / 4;
    uint64_t end = now > least ? now : least;
    if (end < longest->slice_end)
        longest->slice_end = end;
}

void gs_cores_take(void)
{
    gs_baton_touch();
    if (gs_baton_slot()->has_core)
        return;
    if (gs_family->cores_taken < gs_runtime.cores) {
        get(gs_baton_self(), gs_baton_slot()->at);
        return;
    }
    hasten_longest();
    be_ready();
}

void gs_cores_share(void)
{
    struct gs_slot *self = gs_baton_slot();
    if (!self->has_core || self->at < self->slice_end)
        return;
    gs_baton_touch();
    if (gs_family->core_first)
        be_ready();
    else
        self->slice_end = self->at + quantum();
}

/* A clock that runs out has to wake its sleeper, too. */
static void set_alarm(uint32_t slot, uint64_t deadline)
{
    struct gs_slot *s = &gs_family->slot[slot];
    s->deadline = (deadline > s->at ? deadline : s->at) + gs_wake_latency();
    gs_heap_set(&gs_family->timers,
                (struct gs_heap_entry){.time = s->deadline, .order = s->order, .slot = slot});
}

void gs_cores_wait(uint64_t deadline)
{
    gs_cores_give_back();
    gs_heap_remove(&gs_family->runnable, gs_baton_self());
    if (deadline != GS_NEVER)
        set_alarm(gs_baton_self(), deadline);
    gs_baton_pass();
}
