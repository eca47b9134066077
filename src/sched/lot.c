#include "sched/lot.h"

#include "sched/actor.h"
#include "sched/baton.h"
#include "sched/cores.h"

static struct gs_lot_queue *queue_of(uint64_t key)
{
    /* Addresses end in zeros: a multiplication spreads what differs (Knuth's golden ratio). */
    return &gs_family->lot[key * 0x9e3779b97f4a7c15u >> (64 - GS_LOT_BITS)];
}

static void append(struct gs_lot_queue *queue, uint32_t slot)
{
    gs_family->slot[slot].parked_next = 0;
    if (queue->last)
        gs_family->slot[queue->last].parked_next = slot;
    else
        queue->first = slot;
    queue->last = slot;
}

static void take_out(struct gs_lot_queue *queue, uint32_t slot)
{
    uint32_t before = 0, next = gs_family->slot[slot].parked_next;
    for (uint32_t s = queue->first; s != slot; s = gs_family->slot[s].parked_next)
        before = s;
    if (before)
        gs_family->slot[before].parked_next = next;
    else
        queue->first = next;
    if (queue->last == slot)
        queue->last = before;
    gs_family->slot[slot].parked = false;
}

enum gs_wait_end gs_park(uint64_t key, uint64_t deadline)
{
    uint32_t slot = gs_baton_self();
    struct gs_slot *self = gs_baton_slot();
    self->key = key;
    self->parked = true;
    self->older = false;
    self->awake_until = self->at + gs_runner_random() % (gs_runtime.costs.ns[GS_COST_doze] + 1);
    append(queue_of(key), slot);
    self->interrupted = false;
    gs_cores_wait(deadline);
    if (!self->parked)
        return self->interrupted ? GS_WAIT_INTERRUPTED : GS_WAIT_WOKEN;
    take_out(queue_of(key), slot);
    return GS_WAIT_TIMED_OUT;
}

/* The first of the group; one who is awake at that time before one who is not. */
static uint32_t choose(const struct gs_lot_queue *queue, uint64_t key, bool older, uint64_t now)
{
    uint32_t first = 0;
    for (uint32_t slot = queue->first; slot; slot = gs_family->slot[slot].parked_next) {
        const struct gs_slot *s = &gs_family->slot[slot];
        if (s->key != key || s->older != older)
            continue;
        if (s->awake_until >= now)
            return slot;
        if (!first)
            first = slot;
    }
    return first;
}

static void make_older(struct gs_lot_queue *queue, uint64_t key)
{
    for (uint32_t slot = queue->first; slot; slot = gs_family->slot[slot].parked_next) {
        struct gs_slot *s = &gs_family->slot[slot];
        if (s->key == key)
            s->older = true;
    }
}

static uint32_t take_next(uint64_t key, uint64_t now)
{
    struct gs_lot_queue *queue = queue_of(key);
    uint32_t slot = choose(queue, key, true, now);
    if (!slot) {
        slot = choose(queue, key, false, now);
        make_older(queue, key);
    }
    if (slot)
        take_out(queue, slot);
    return slot;
}

static void wake(uint32_t slot, uint64_t now)
{
    bool awake = gs_family->slot[slot].awake_until >= now;
    gs_baton_ready(slot, now + (awake ? 0 : gs_wake_latency()));
}

uint32_t gs_unpark(uint64_t key)
{
    uint64_t now = gs_baton_slot()->at;
    uint32_t slot = take_next(key, now);
    if (slot)
        wake(slot, now);
    return slot;
}

void gs_unpark_all(uint64_t key)
{
    while (gs_unpark(key))
        ;
}

void gs_unpark_those(uint64_t key, bool (*is_meant)(uint32_t slot))
{
    struct gs_lot_queue *queue = queue_of(key);
    for (uint32_t slot = queue->first, next; slot; slot = next) {
        next = gs_family->slot[slot].parked_next;
        if (gs_family->slot[slot].key != key || !is_meant(slot))
            continue;
        take_out(queue, slot);
        wake(slot, gs_baton_slot()->at);
    }
}

void gs_unpark_all_at(uint64_t key, uint64_t time)
{
    uint32_t slot;
    while ((slot = take_next(key, time)) != 0)
        gs_baton_ready(slot, time);
}

bool gs_interrupt(uint32_t slot, uint64_t time)
{
    struct gs_slot *s = &gs_family->slot[slot];
    if (!s->parked)
        return false;
    take_out(queue_of(s->key), slot);
    s->interrupted = true;
    gs_baton_ready(slot, time + gs_wake_latency());
    return true;
}

void gs_lot_forget(uint32_t slot)
{
    const struct gs_slot *s = &gs_family->slot[slot];
    if (s->parked)
        take_out(queue_of(s->key), slot);
}

bool gs_is_parked(uint64_t key)
{
    const struct gs_lot_queue *queue = queue_of(key);
    return choose(queue, key, true, 0) || choose(queue, key, false, 0);
}
