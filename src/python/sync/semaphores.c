/* Semaphores: what CPython's locks are made of, and what its parked threads wait in. The C library
 * uses the first half of a sem_t; in the other half stands where to find what is known of it, so
 * that taking a free lock costs a look and a few stores. */
#include "python/cpython/frames.h"
#include "python/cpython/makers.h"
#include "python/drive/drive.h"
#include "python/front/front.h"
#include "python/front/sem.h"
#include "python/sync/counts.h"
#include "python/sync/locks.h"
#include "python/sync/objects.h"
#include "python/sync/shared.h"
#include "python/sync/spares.h"
#include "python/watch/patience.h"

#include <string.h>

struct note {
    uint64_t mark; /* OURS, or the library's business */
    struct gs_watched_lock *lock;
};

/* With the address, since a sem_t's memory may be used for another one. */
#define OURS(s) (0x67736c6f636b6564u ^ (uint64_t)(uintptr_t)(s)) /* "gslocked" */

_Static_assert(sizeof(sem_t) >= 16 + sizeof(struct note), "a sem_t has no room for a note");

static struct note *place_of(sem_t *s)
{
    return (struct note *)(void *)((char *)s + sizeof(sem_t) - sizeof(struct note));
}

static struct gs_watched_lock *lock_of(sem_t *s)
{
    const struct note *note = place_of(s);
    if (note->mark != OURS(s))
        return NULL;
    if (note->lock->process != gs_watch.process)
        gs_lock_inherit(note->lock);
    return note->lock;
}

static int watch_init(sem_t *s, int shared, unsigned value)
{
    int result = gs_below.sem_init(s, shared, value);
    struct gs_watched_lock *lock = result == 0 && !shared ? gs_lock_new() : NULL;
    if (!lock)
        return result;
    lock->process = gs_watch.process;
    *place_of(s) = (struct note){.mark = OURS(s), .lock = lock};
    if (gs_makers_at_work() != GS_OBJECT_NONE && gs_watched_self && gs_watched_self->holds)
        gs_objects_made(gs_watched_self, lock, gs_makers_at_work());
    return result;
}

static int watch_destroy(sem_t *s)
{
    struct gs_watched_lock *lock = lock_of(s);
    if (lock)
        place_of(s)->mark = 0;
    if (lock && lock->counts)
        gs_counts_free(lock->counts);
    gs_lock_free(lock);
    return gs_below.sem_destroy(s);
}

/* A thread of Python's begins with a few locks, taken and let go with the GIL in hand. */
static void count_lines(const struct gs_watched *self)
{
    if (gs_watch.driven && self && self->holds)
        gs_drive_count_lines(false);
}

static int watch_trywait(sem_t *s)
{
    count_lines(gs_watched_self);
    int result = gs_below.sem_trywait(s);
    struct gs_watched_lock *lock = gs_watched_self ? lock_of(s) : NULL;
    if (lock && result == 0) {
        gs_lock_taken(gs_watched_self, lock);
        if (lock->counts && gs_watched_self->holds)
            gs_counts_taken(gs_watched_self, lock->counts);
    } else if (lock && gs_watched_self->holds)
        gs_objects_missed(gs_watched_self, lock);
    else if (result == 0 && gs_watched_self && gs_sem_is_shared(s))
        gs_shared_taken(gs_watched_self, s);
    return result;
}

static struct gs_watched_lock *begin_wait(sem_t *s)
{
    struct gs_watched *self = gs_watched_away();
    struct gs_watched_lock *lock = self ? lock_of(s) : NULL;
    uint32_t never = 0;
    if (!lock && self && gs_sem_is_shared(s))
        gs_shared_begin_wait(self, s);
    if (!lock)
        return NULL;
    self->awaited = &lock->owner;
    self->awaits_shared = false;
    atomic_compare_exchange_strong(&lock->posted, &never, 1);
    gs_watched_do(self, GS_STATE_WAITING, gs_objects_waited(self, s, lock));
    return lock;
}

/* The kernel chose whom to wake, and somebody may have been quicker: only who wakes up knows that
 * he was meant, so he tells it. */
static void tell_wake(struct gs_watched *self, const struct gs_watched_lock *lock, uint32_t waker)
{
    uint64_t now = gs_watch_now();
    uint32_t ago = (uint32_t)now - atomic_load(&lock->posted);
    uint64_t time = ago < now - self->since ? now - ago : self->since;
    gs_watch_put_for(self, waker, time, GS_EVENT_WAKE, GS_WAKE_TOLD_BY_WOKEN, self->id,
                     atomic_load(&self->on));
}

static void end_wait(sem_t *s, struct gs_watched_lock *lock, int result)
{
    struct gs_watched *self = gs_watched_self;
    if (!lock && gs_watched_away() && gs_sem_is_shared(s))
        gs_shared_end_wait(self, s, result);
    if (!lock)
        return;
    uint32_t waker = gs_watched_woken_by(self, atomic_load(&lock->ended), result);
    if (waker)
        tell_wake(self, lock, waker);
    if (result == 0) {
        gs_lock_taken(self, lock);
        gs_lock_tell_taken(self, lock);
    }
}

static enum gs_standing_for waits_for(sem_t *s, const struct gs_watched_lock *lock)
{
    if (lock)
        return GS_STANDING_LOCK;
    return gs_sem_is_shared(s) ? GS_STANDING_SHARED : GS_STANDING_NOT;
}

static int watch_wait(sem_t *s)
{
    struct gs_watched_lock *lock = begin_wait(s);
    struct gs_watched *self = gs_watched_away();
    gs_patience_begin(self, waits_for(s, lock));
    int result = gs_below.sem_wait(s);
    gs_patience_over(self);
    end_wait(s, lock, result);
    return result;
}

static bool is_serving(const struct gs_frame *frame)
{
    static const char ending[] = "/multiprocessing/managers.py";
    char file[4096];
    if (!gs_frame_is_in(frame, "serve_forever"))
        return false;
    gs_frame_file(frame, file, sizeof file);
    size_t length = strlen(file);
    return length >= sizeof ending && strcmp(file + length - sizeof ending + 1, ending) == 0;
}

/* A manager's main thread wakes up each second to see whether it is to end, and does nothing else.
 */
static struct gs_watched *look_around(void)
{
    struct gs_watched *self = gs_watched_away();
    struct gs_frame frame;
    if (!self || gs_watch.first || self->id != gs_watch.main_thread)
        return self;
    bool any = gs_frames_first(self->python, &frame);
    while (any && !is_serving(&frame))
        any = gs_frames_next(&frame);
    if (any)
        gs_patience_begin(self, GS_STANDING_SERVER);
    if (gs_watch.driven)
        gs_drive_serve(any);
    return self;
}

static void look_no_more(struct gs_watched *self)
{
    gs_patience_over(self);
    if (gs_watch.driven)
        gs_drive_serve(false);
}

static int watch_timedwait(sem_t *s, const struct timespec *t)
{
    struct gs_watched_lock *lock = begin_wait(s);
    struct gs_watched *self = look_around();
    int result = gs_below.sem_timedwait(s, t);
    look_no_more(self);
    end_wait(s, lock, result);
    return result;
}

static int watch_clockwait(sem_t *s, clockid_t clock, const struct timespec *t)
{
    struct gs_watched_lock *lock = begin_wait(s);
    struct gs_watched *self = look_around();
    int result = gs_below.sem_clockwait(s, clock, t);
    look_no_more(self);
    end_wait(s, lock, result);
    return result;
}

static int watch_post(sem_t *s)
{
    struct gs_watched *self = gs_watched_self;
    struct gs_watched_lock *lock = self ? lock_of(s) : NULL;
    count_lines(self);
    if (lock && lock->counts && self->holds)
        gs_counts_let_go(self, lock->counts);
    if (lock)
        gs_lock_let_go(self, lock);
    else if (self && gs_sem_is_shared(s))
        gs_shared_let_go(self, s);
    return gs_below.sem_post(s);
}

void gs_watch_semaphores(struct gs_front *table)
{
    table->sem_init = watch_init;
    table->sem_destroy = watch_destroy;
    table->sem_trywait = watch_trywait;
    table->sem_wait = watch_wait;
    table->sem_timedwait = watch_timedwait;
    if (gs_below.sem_clockwait)
        table->sem_clockwait = watch_clockwait;
    table->sem_post = watch_post;
}
