#include "python/sync/locks.h"

#include "python/sync/counts.h"
#include "python/sync/objects.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <string.h>

enum { OFTEN = 100 }; /* unnoticed so many times, it is held briefly */

/* On the virtual clock the time is at hand. */
static void note_time(struct gs_watched *self, struct gs_watched_lock *lock)
{
    bool noted = gs_watch.driven || lock->unnoticed < OFTEN;
    lock->unnoticed += noted;
    lock->since = noted ? gs_watch_now() : 0;
    lock->line = 0;
    if (noted)
        (void)gs_places_look(gs_gil_python_of(self), &lock->line, &lock->place);
}

/* Who forked has it still, as the child's first thread. Of others it knows that they have it. */
void gs_lock_inherit(struct gs_watched_lock *lock)
{
    lock->process = gs_watch.process;
    lock->object = 0;
    lock->told = false;
    if (lock->counts)
        gs_counts_inherit(lock->counts);
    if (atomic_load_explicit(&lock->owner, memory_order_relaxed) == gs_watch.forked_by)
        atomic_store_explicit(&lock->owner, gs_watch.main_thread, memory_order_relaxed);
}

void gs_lock_remember(struct gs_watched *self, struct gs_watched_lock *lock)
{
    if (!atomic_load_explicit(&gs_watch.begun, memory_order_relaxed))
        return;
    if (self->untold == GS_UNTOLD_LOCKS)
        gs_locks_tell(self, gs_watch_now());
    note_time(self, lock);
    self->taken[self->untold++] = lock;
}

static void tell(struct gs_watched *thread, uint64_t time, struct gs_watched_lock *lock)
{
    lock->told = true;
    lock->unnoticed = 0;
    gs_watch_store(thread, (struct gs_event){.time = time,
                                             .actor = thread->id,
                                             .kind = GS_EVENT_ACQUIRE,
                                             .place = lock->place,
                                             .a = gs_objects_lock(lock),
                                             .b = gs_event_pack(lock->line, 1)});
}

/* In the order in which they were taken, each when it was, as far as that is known: not before the
 * thread's last event, nor after the next lock. */
void gs_locks_tell(struct gs_watched *thread, uint64_t time)
{
    uint64_t times[GS_UNTOLD_LOCKS], latest = time;
    unsigned count = thread->untold;
    thread->untold = 0;
    for (unsigned i = count; i-- > 0;) {
        uint64_t since = thread->taken[i]->since;
        if (since && since < latest)
            latest = since;
        times[i] = latest < thread->since ? thread->since : latest;
    }
    for (unsigned i = 0; i < count; i++)
        tell(thread, times[i], thread->taken[i]);
}

void gs_locks_tell_until(struct gs_watched *thread, uint64_t time)
{
    unsigned count = thread->untold, first = 0;
    while (first < count && thread->taken[first]->since && thread->taken[first]->since <= time)
        first++;
    if (first == 0)
        return;
    struct gs_watched_lock *left[GS_UNTOLD_LOCKS];
    memcpy(left, thread->taken + first, (count - first) * sizeof *left);
    thread->untold = first;
    gs_locks_tell(thread, time);
    memcpy(thread->taken, left, (count - first) * sizeof *left);
    thread->untold = count - first;
}

void gs_lock_tell_taken(struct gs_watched *self, struct gs_watched_lock *lock)
{
    if (lock->kind == GS_OBJECT_NONE ||
        !atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) || !self->ring.shared)
        return;
    lock->line = self->line;
    lock->place = self->place;
    tell(self, gs_watch_now(), lock);
}

/* Nearly always it was the last that the thread took. */
static bool remove_from(struct gs_watched *thread, const struct gs_watched_lock *lock)
{
    unsigned i = thread->untold;
    while (i > 0 && thread->taken[i - 1] != lock)
        i--;
    if (i == 0)
        return false;
    for (; i < thread->untold; i++)
        thread->taken[i - 1] = thread->taken[i];
    thread->untold--;
    return true;
}

/* Anybody may let go of a lock. */
static void remove_from_owner(const struct gs_watched_lock *lock)
{
    uint32_t owner = atomic_load_explicit(&lock->owner, memory_order_relaxed);
    struct gs_watched *thread = owner ? gs_watched_of(owner) : NULL;
    if (thread)
        (void)remove_from(thread, lock);
}

void gs_lock_forget(struct gs_watched *self, struct gs_watched_lock *lock)
{
    if (!lock->told) {
        if (!remove_from(self, lock))
            remove_from_owner(lock);
        return;
    }
    if (!self->holds)
        (void)gs_gil_settle(self, GS_STATE_NATIVE, 0);
    lock->told = false;
    uint32_t line = self->line;
    uint16_t place = self->place;
    if (self->holds)
        (void)gs_places_look(gs_gil_python_of(self), &line, &place);
    gs_watch_put_event(self, (struct gs_event){.time = gs_watch_now(),
                                               .actor = self->id,
                                               .kind = GS_EVENT_RELEASE,
                                               .place = place,
                                               .a = lock->object,
                                               .b = line});
}
