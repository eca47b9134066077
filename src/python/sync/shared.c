#include "python/sync/shared.h"

#include "python/sync/objects.h"

enum { MARK = 0x67737368 }; /* "gssh" */

/* The C library uses the first half, and leaves the other as it was made: zero. */
struct note {
    _Atomic uint32_t mark;   /* MARK, or it is none yet */
    _Atomic uint32_t object; /* in the trace; 0: nobody has waited for it */
    _Atomic uint32_t owner;  /* actor that took it last, and has not let go */
    _Atomic uint32_t ended;  /* actor that let it go last */
};

_Static_assert(sizeof(sem_t) >= 16 + sizeof(struct note), "a sem_t has no room for a note");

static struct note *note_of(sem_t *s)
{
    struct note *note = (struct note *)(void *)((char *)s + sizeof(sem_t) - sizeof(struct note));
    if (atomic_load_explicit(&note->mark, memory_order_relaxed) != MARK) {
        atomic_store(&note->object, 0);
        atomic_store(&note->owner, 0);
        atomic_store(&note->ended, 0);
        atomic_store(&note->mark, MARK);
    }
    return note;
}

void gs_shared_taken(const struct gs_watched *self, sem_t *s)
{
    atomic_store_explicit(&note_of(s)->owner, self->id, memory_order_relaxed);
}

void gs_shared_let_go(const struct gs_watched *self, sem_t *s)
{
    struct note *note = note_of(s);
    atomic_store_explicit(&note->owner, 0, memory_order_relaxed);
    atomic_store_explicit(&note->ended, self->id, memory_order_relaxed);
}

/* Called as whoever waits for it first knows it. */
static uint32_t object_of(struct gs_watched *self, sem_t *s, struct note *note)
{
    struct gs_watched_lock unknown = {.kind = GS_OBJECT_NONE};
    uint32_t nothing = 0, object = atomic_load(&note->object);
    if (object)
        return object;
    object = gs_objects_waited(self, s, &unknown);
    return atomic_compare_exchange_strong(&note->object, &nothing, object) ? object : nothing;
}

void gs_shared_begin_wait(struct gs_watched *self, sem_t *s)
{
    struct note *note = note_of(s);
    self->awaited = &note->owner;
    self->awaits_shared = true;
    gs_watched_do(self, GS_STATE_WAITING, object_of(self, s, note));
}

void gs_shared_end_wait(struct gs_watched *self, sem_t *s, int result)
{
    struct note *note = note_of(s);
    uint32_t waker = gs_watched_woken_by(self, atomic_load(&note->ended), result);
    if (waker)
        gs_watch_put_for(self, waker, gs_watch_now(), GS_EVENT_WAKE, GS_WAKE_TOLD_BY_WOKEN,
                         self->id, atomic_load(&self->on));
    self->awaited = NULL;
    self->awaits_shared = false;
    if (result == 0)
        atomic_store(&note->owner, self->id);
}
