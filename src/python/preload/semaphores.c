/* Semaphores: what CPython's locks are made of, and what its parked threads wait in. The C library
 * uses the first half of a sem_t; in the other half stands what is to be known of it, so that
 * taking a free lock costs one store. */
#include "python/drive/drive.h"
#include "python/front/front.h"
#include "python/preload/objects.h"
#include "python/preload/standstill.h"
#include "python/preload/watch.h"

#include <errno.h>
#include <string.h>

struct note {
    uint32_t ours;           /* OURS, or the library's business */
    _Atomic uint32_t owner;  /* actor that took it last, and has not let go */
    _Atomic uint32_t ended;  /* actor that let it go last */
    _Atomic uint32_t posted; /* when, in ns; 0: nobody has ever waited, so nobody wants to know */
};

#define OURS 0x67736c6bu /* "gslk" */

_Static_assert(sizeof(sem_t) >= 16 + sizeof(struct note), "a sem_t has no room for a note");

static struct note *note_of(sem_t *s)
{
    struct note *note = (struct note *)(void *)((char *)s + sizeof(sem_t) - sizeof(struct note));
    return note->ours == OURS ? note : NULL;
}

static int watch_init(sem_t *s, int shared, unsigned value)
{
    int result = gs_below.sem_init(s, shared, value);
    if (result != 0 || shared)
        return result;
    struct note note = {.ours = OURS};
    memcpy((char *)s + sizeof(sem_t) - sizeof note, &note, sizeof note);
    return result;
}

static int watch_destroy(sem_t *s)
{
    struct note *note = note_of(s);
    if (note)
        note->ours = 0;
    return gs_below.sem_destroy(s);
}

static void own(sem_t *s, const struct gs_watched *self)
{
    struct note *note = note_of(s);
    if (note)
        atomic_store_explicit(&note->owner, self->id, memory_order_relaxed);
}

/* A thread of Python's begins with a few locks, taken and let go with the GIL in hand. */
static void count_lines(const struct gs_watched *self)
{
    if (gs_watch.driven && self && self->holds)
        gs_drive_count_lines();
}

static int watch_trywait(sem_t *s)
{
    count_lines(gs_watched_self);
    int result = gs_below.sem_trywait(s);
    if (result == 0 && gs_watched_self)
        own(s, gs_watched_self);
    return result;
}

/* Whether the calling thread waits where its lane can show it: not while it has a GIL. */
static struct note *begin_wait(sem_t *s)
{
    struct gs_watched *self = gs_watched_self;
    struct note *note = self && self->python && !self->holds ? note_of(s) : NULL;
    uint32_t never = 0;
    if (!note)
        return NULL;
    atomic_compare_exchange_strong(&note->posted, &never, 1);
    gs_watched_do(self, GS_STATE_WAITING, gs_objects_waited(self, s));
    return note;
}

/* The kernel chose whom to wake, and somebody may have been quicker: only who wakes up knows that
 * he was meant, so he tells it. */
static void tell_wake(struct gs_watched *self, const struct note *note, uint32_t waker)
{
    uint64_t now = gs_watch_now();
    uint32_t ago = (uint32_t)now - atomic_load(&note->posted);
    uint64_t time = ago < now - self->since ? now - ago : self->since;
    gs_watch_put_for(self, waker, time, GS_EVENT_WAKE, GS_WAKE_TOLD_BY_WOKEN, self->id,
                     atomic_load(&self->on));
}

static void end_wait(struct note *note, sem_t *s, int result)
{
    struct gs_watched *self = gs_watched_self;
    if (!note)
        return;
    uint32_t ended = result == 0 ? atomic_load(&note->ended) : 0;
    if (ended == self->id) /* it was free after all */
        ended = 0;
    self->cause = ended ? ended : result == 0 ? GS_CAUSE_WORK : GS_CAUSE_CLOCK;
    if (result == 0)
        own(s, self);
    if (ended)
        tell_wake(self, note, ended);
}

static int watch_wait(sem_t *s)
{
    struct note *note = begin_wait(s);
    int result = note ? gs_standstill_wait(gs_watched_self, s, &note->owner) : gs_below.sem_wait(s);
    end_wait(note, s, result);
    return result;
}

static int watch_timedwait(sem_t *s, const struct timespec *t)
{
    struct note *note = begin_wait(s);
    int result = gs_below.sem_timedwait(s, t);
    end_wait(note, s, result);
    return result;
}

static int watch_clockwait(sem_t *s, clockid_t clock, const struct timespec *t)
{
    struct note *note = begin_wait(s);
    int result = gs_below.sem_clockwait(s, clock, t);
    end_wait(note, s, result);
    return result;
}

static int watch_post(sem_t *s)
{
    struct gs_watched *self = gs_watched_self;
    struct note *note = self ? note_of(s) : NULL;
    count_lines(self);
    if (note) {
        atomic_store_explicit(&note->owner, 0, memory_order_relaxed);
        atomic_store_explicit(&note->ended, self->id, memory_order_relaxed);
        if (atomic_load_explicit(&note->posted, memory_order_relaxed))
            atomic_store(&note->posted, (uint32_t)gs_watch_now() | 1);
    }
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
