#include "python/sync/counts.h"

#include "base/vec.h"
#include "python/cpython/frames.h"
#include "python/front/guards.h"
#include "python/sync/locks.h"
#include "python/sync/objects.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <errno.h>
#include <stdlib.h>

enum { OFTEN = 100 }; /* unnoticed so many times, they are taken briefly */

struct share {
    uint32_t actor;
    uint32_t units;
};

struct shares {
    GS_VEC(struct share) list; /* longest first */
    uint32_t object;           /* that they are of, in the trace; 0: nothing is told yet */
};

struct gs_counts {
    enum gs_object_kind kind;
    gs_py *object; /* there as long as one of its methods runs */
    bool known;    /* it has been looked at */
    long of;       /* a semaphore's units at first */
    long free;     /* of them; a queue's items */
    long undone;   /* a queue's tasks, … */
    long put;      /* … ever */
    struct shares shares;
    uint32_t unnoticed; /* how often a unit was given back since anybody can have noticed */
    uint32_t queue;     /* in the trace; 0: nothing is told yet */
    struct gs_counts *next, **at; /* of all; what points to this one */
};

static struct gs_counts *all;

struct gs_counts *gs_counts_new(enum gs_object_kind kind, gs_py *object)
{
    bool counts =
        kind == GS_OBJECT_SEMAPHORE || kind == GS_OBJECT_BARRIER || kind == GS_OBJECT_QUEUE;
    struct gs_counts *new = counts ? calloc(1, sizeof *new) : NULL;
    if (!new)
        return NULL;
    gs_guard_lock(GS_GUARD_COUNTS);
    *new = (struct gs_counts){.kind = kind, .object = object, .next = all, .at = &all};
    if (all)
        all->at = &new->next;
    all = new;
    gs_guard_unlock(GS_GUARD_COUNTS);
    return new;
}

void gs_counts_free(struct gs_counts *counts)
{
    gs_guard_lock(GS_GUARD_COUNTS);
    *counts->at = counts->next;
    if (counts->next)
        counts->next->at = counts->at;
    gs_guard_unlock(GS_GUARD_COUNTS);
    gs_vec_free(&counts->shares.list);
    free(counts);
}

/* --- who has how many */

static size_t find(const struct shares *shares, uint32_t actor)
{
    size_t i = 0;
    while (i < shares->list.count && shares->list.items[i].actor != actor)
        i++;
    return i;
}

static void add(struct shares *shares, uint32_t actor)
{
    size_t at = find(shares, actor);
    if (at == shares->list.count)
        gs_vec_push(&shares->list, (struct share){.actor = actor});
    shares->list.items[at].units++;
}

/* Anybody may give back what somebody else has. */
static void take_away(struct shares *shares, uint32_t actor)
{
    size_t at = find(shares, actor);
    if (at == shares->list.count)
        at = 0;
    if (shares->list.count && --shares->list.items[at].units == 0)
        gs_vec_remove(&shares->list, at);
}

void gs_counts_inherit(struct gs_counts *counts)
{
    struct shares *shares = &counts->shares;
    size_t own = find(shares, gs_watch.forked_by);
    struct share left = {.actor = gs_watch.main_thread};
    if (own < shares->list.count)
        left.units = shares->list.items[own].units;
    shares->list.count = 0;
    if (left.units)
        gs_vec_push(&shares->list, left);
    shares->object = counts->queue = 0;
}

/* --- looking */

/* The methods of a condition in it stand between; whoever uses its lock from outside may do so when
 * the object is gone. */
static bool is_in_own_method(const struct gs_watched *self, const struct gs_counts *counts)
{
    enum { BETWEEN = 3 };
    struct gs_frame frame;
    bool any = gs_frames_first(gs_gil_python_of(self), &frame);
    for (int i = 0; any && i < BETWEEN; i++, any = gs_frames_next(&frame))
        if (gs_frame_self(&frame) == counts->object)
            return true;
    return false;
}

/* Negative: it has no such thing. */
static long number_in(gs_py *object, const char *name)
{
    gs_py *value = gs_cpython.attribute(object, name);
    long number = value ? gs_cpython.number(value) : -1;
    if (value)
        gs_cpython.drop(value);
    return number;
}

static long length_of(gs_py *object, const char *name)
{
    gs_py *value = gs_cpython.attribute(object, name);
    long length = value ? (long)gs_cpython.size(value) : -1;
    if (value)
        gs_cpython.drop(value);
    return length;
}

/* Free units, items. */
static long look(const struct gs_counts *counts)
{
    switch ((int)counts->kind) {
    case GS_OBJECT_SEMAPHORE:
        return number_in(counts->object, "_value");
    case GS_OBJECT_QUEUE:
        return length_of(counts->object, "queue");
    default:
        return 0;
    }
}

static long look_for_size(const struct gs_counts *counts)
{
    switch ((int)counts->kind) {
    case GS_OBJECT_BARRIER:
        return number_in(counts->object, "_parties");
    case GS_OBJECT_QUEUE:
        return number_in(counts->object, "maxsize");
    default:
        return counts->free;
    }
}

void gs_counts_taken(const struct gs_watched *self, struct gs_counts *counts)
{
    int code = errno;
    if (counts->known || !is_in_own_method(self, counts))
        return;
    counts->known = true;
    counts->free = look(counts);
    counts->of = look_for_size(counts);
    if (counts->kind == GS_OBJECT_QUEUE)
        counts->undone = counts->put = number_in(counts->object, "unfinished_tasks");
    gs_objects_size(counts->object, counts->kind, counts->of > 0 ? (uint32_t)counts->of : 0);
    /* One that the program has derived from the library's may have something else instead. */
    if (counts->free < 0 || counts->undone < 0)
        counts->kind = GS_OBJECT_NONE;
    gs_cpython.clear_error();
    errno = code;
}

/* --- telling */

static void put(struct gs_watched *thread, const struct gs_untold_count *c, uint8_t kind,
                uint64_t time)
{
    struct gs_event event = {.time = time, .actor = thread->id, .kind = kind, .a = c->shares};
    if (kind == GS_EVENT_ACQUIRE) {
        event.place = c->place;
        event.b = gs_event_pack(c->line, 1);
    }
    if (kind == GS_EVENT_COUNTER) {
        event.a = c->queue;
        event.b = c->length;
    }
    gs_watch_store(thread, event);
}

/* Not before the thread's last event. */
static void tell(struct gs_watched *thread, const struct gs_untold_count *c, uint64_t time)
{
    uint64_t since = c->since < thread->since ? thread->since : c->since;
    time = since < time ? since : time;
    if (c->queue)
        put(thread, c, GS_EVENT_COUNTER, time);
    for (uint32_t i = 0; i < c->taken; i++)
        put(thread, c, GS_EVENT_ACQUIRE, time);
    for (uint32_t i = 0; i < c->given; i++)
        put(thread, c, GS_EVENT_RELEASE, time);
}

static struct gs_untold_count take_first(struct gs_watched *thread)
{
    unsigned first = 0;
    for (unsigned i = 1; i < thread->untold_counts; i++)
        if (thread->counted[i].since < thread->counted[first].since)
            first = i;
    struct gs_untold_count c = thread->counted[first];
    thread->counted[first] = thread->counted[--thread->untold_counts];
    return c;
}

/* In the order in which it happened, as is what locks it took meanwhile. */
void gs_counts_tell(struct gs_watched *thread, uint64_t time)
{
    while (thread->untold_counts) {
        struct gs_untold_count c = take_first(thread);
        gs_locks_tell_until(thread, c.since);
        tell(thread, &c, time);
    }
}

static struct gs_untold_count *find_untold(struct gs_watched *self, uint32_t shares)
{
    unsigned i = 0;
    while (i < self->untold_counts && self->counted[i].shares != shares)
        i++;
    return i < self->untold_counts ? &self->counted[i] : NULL;
}

static struct gs_untold_count *untold(struct gs_watched *self, uint32_t shares)
{
    struct gs_untold_count *c = find_untold(self, shares);
    if (c)
        return c;
    if (self->untold_counts == GS_UNTOLD_COUNTS)
        gs_counts_tell(self, gs_watch_now());
    c = &self->counted[self->untold_counts++];
    *c = (struct gs_untold_count){.shares = shares, .since = gs_watch_now()};
    return c;
}

/* What is taken is told before what is given back: if it was the other way round, or much, at once.
 */
static struct gs_untold_count *untold_take(struct gs_watched *self, uint32_t shares)
{
    enum { MANY = 64 };
    const struct gs_untold_count *c = find_untold(self, shares);
    if (c && (c->given || c->taken == MANY))
        gs_counts_tell(self, gs_watch_now());
    return untold(self, shares);
}

static void take(struct gs_watched *self, struct gs_counts *counts)
{
    struct gs_untold_count *c = untold_take(self, counts->shares.object);
    add(&counts->shares, self->id);
    if (c->taken++)
        return;
    c->since = gs_watch_now();
    c->line = 0;
    if (gs_watch.driven || counts->unnoticed < OFTEN)
        (void)gs_places_look(gs_gil_python_of(self), &c->line, &c->place);
}

/* A task that is done is told as such even so: it counts. */
static void give_back(struct gs_watched *self, struct gs_counts *counts)
{
    struct gs_untold_count *c = untold(self, counts->shares.object);
    bool unnoticed = c->taken > 0 && counts->kind == GS_OBJECT_SEMAPHORE;
    take_away(&counts->shares, self->id);
    counts->unnoticed = unnoticed ? counts->unnoticed + 1 : 0;
    c->taken -= unnoticed;
    c->given += !unnoticed;
}

static void name(const struct gs_watched *self, const struct gs_counts *counts, uint32_t *object,
                 enum gs_object_kind kind)
{
    if (!*object)
        *object = gs_objects_counted(self, counts->object, kind);
}

/* There may come to be more than there were at first: a semaphore may be used as a signal. */
static void look_at_units(struct gs_watched *self, struct gs_counts *counts)
{
    long before = counts->free;
    counts->free = look(counts);
    if (counts->free != before)
        name(self, counts, &counts->shares.object, GS_OBJECT_SEMAPHORE);
    for (; before > counts->free; before--)
        take(self, counts);
    for (; before < counts->free; before++)
        give_back(self, counts);
}

/* A task is done with an item that has left the queue before. */
static void look_at_items(struct gs_watched *self, struct gs_counts *counts)
{
    long before = counts->free, undone = counts->undone;
    counts->free = look(counts);
    if (counts->free > before) {
        counts->put += counts->free - before;
        counts->undone += counts->free - before;
    } else if (counts->free == before) {
        counts->undone = number_in(counts->object, "unfinished_tasks");
        counts->put += counts->undone > undone ? counts->undone - undone : 0;
    }
    if (counts->free == before && counts->undone == undone)
        return;
    name(self, counts, &counts->queue, GS_OBJECT_QUEUE);
    name(self, counts, &counts->shares.object, GS_OBJECT_TASKS);
    for (; before > counts->free; before--)
        take(self, counts);
    for (; undone > counts->undone; undone--)
        give_back(self, counts);
    struct gs_untold_count *c = untold(self, counts->shares.object);
    c->queue = counts->queue;
    c->length = (uint64_t)counts->free;
}

void gs_counts_let_go(struct gs_watched *self, struct gs_counts *counts)
{
    int code = errno;
    bool told = atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) && self->ring.shared;
    bool changes = counts->kind == GS_OBJECT_SEMAPHORE || counts->kind == GS_OBJECT_QUEUE;
    if (!changes || !counts->known || !told || !is_in_own_method(self, counts))
        return;
    if (counts->kind == GS_OBJECT_SEMAPHORE)
        look_at_units(self, counts);
    else
        look_at_items(self, counts);
    gs_cpython.clear_error();
    errno = code;
}

/* --- where nobody goes on */

static void describe(const struct gs_counts *counts, struct gs_slot_wait *wait)
{
    const struct shares *shares = &counts->shares;
    wait->now = (uint32_t)(counts->kind == GS_OBJECT_QUEUE ? counts->undone : 0);
    wait->of = (uint32_t)(counts->kind == GS_OBJECT_QUEUE ? counts->put : counts->of);
    wait->queued = (uint32_t)counts->free;
    for (size_t i = 0; i < shares->list.count && i < GS_SLOT_SHARES; i++) {
        const struct share *share = &shares->list.items[i];
        const struct gs_watched *thread = gs_watched_of(share->actor);
        wait->shares[wait->share_count++] = (struct gs_slot_share){
            .actor = share->actor, .units = share->units, .failed = thread && thread->failed};
    }
}

void gs_counts_describe(uint32_t object, struct gs_slot_wait *wait)
{
    gs_guard_lock(GS_GUARD_COUNTS);
    const struct gs_counts *counts = all;
    while (counts && (!object || counts->shares.object != object))
        counts = counts->next;
    if (counts)
        describe(counts, wait);
    gs_guard_unlock(GS_GUARD_COUNTS);
}
