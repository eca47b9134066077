/* What is known of each semaphore, which is what a lock of CPython's is: who took it last, who let
 * it go; and of the locks that the program made itself, the trace tells who has them.
 *
 * As with the GIL (watch.h), what nobody can have noticed is not told. Nobody else runs while a
 * thread keeps its GIL, so a lock that it takes and lets go meanwhile is only remembered. It is
 * told of before whatever its thread tells next with the lock in hand: that it let the GIL go, that
 * it printed. By then it was taken some time ago. To read the time whenever a lock is taken would
 * cost a seventh of a loop that does nothing else; so the time is read the first hundred times that
 * nobody notices, and again once somebody has. A lock that is taken unnoticed more often is held
 * briefly: it counts as taken at the moment in which it is noticed. */
#ifndef GS_PYTHON_SYNC_LOCKS_H
#define GS_PYTHON_SYNC_LOCKS_H

#include "python/watch/watch.h"

/* All but the atomic fields are guarded by the GIL of whoever takes and lets go: a lock's methods
 * keep it. */
struct gs_watched_lock {
    enum gs_object_kind kind; /* LOCK, RLOCK: the program's own; NONE: anything else's */
    uint32_t name;    /* string; 0: where it was made says none; of an import, see objects.h */
    uint32_t made;    /* line */
    uint32_t process; /* whose it is: a forked one has a copy of its own */
    struct gs_counts *counts; /* of the library's object that it is in; NULL: there are none */

    _Atomic uint32_t object; /* in the trace; 0: it has not been told of yet */
    _Atomic uint32_t owner;  /* actor that took it last, and has not let go */
    _Atomic uint32_t ended;  /* actor that let it go last */
    _Atomic uint32_t posted; /* when, in ns; 0: nobody has ever waited, so nobody wants to know */

    bool machinery;     /* importlib's, or what else runs Python itself */
    bool told;          /* that its owner has it */
    uint32_t unnoticed; /* how often it was taken since somebody noticed */
    uint32_t line;      /* where it was taken, 0: not known; … */
    uint16_t place;     /* … which file that is: struct gs_place_row; and when */
    uint64_t since;
};

/* The process was forked since anybody touched it: it is a copy of its parent's. */
void gs_lock_inherit(struct gs_watched_lock *lock);

/* The caller has taken it: with the GIL in hand, or after it has waited. */
void gs_lock_remember(struct gs_watched *self, struct gs_watched_lock *lock);
void gs_lock_tell_taken(struct gs_watched *self, struct gs_watched_lock *lock);

/* The thread's untold ones that it has taken by this time, if that is known: some are left. */
void gs_locks_tell_until(struct gs_watched *thread, uint64_t time);

/* The caller lets go of one that somebody's taking was told or remembered of. */
void gs_lock_forget(struct gs_watched *self, struct gs_watched_lock *lock);

static inline void gs_lock_taken(struct gs_watched *self, struct gs_watched_lock *lock)
{
    atomic_store_explicit(&lock->owner, self->id, memory_order_relaxed);
    if (lock->kind != GS_OBJECT_NONE && self->holds)
        gs_lock_remember(self, lock);
}

/* Call before it is free. */
static inline void gs_lock_let_go(struct gs_watched *self, struct gs_watched_lock *lock)
{
    if (lock->kind != GS_OBJECT_NONE)
        gs_lock_forget(self, lock);
    atomic_store_explicit(&lock->owner, 0, memory_order_relaxed);
    atomic_store_explicit(&lock->ended, self->id, memory_order_relaxed);
    if (atomic_load_explicit(&lock->posted, memory_order_relaxed))
        atomic_store_explicit(&lock->posted, (uint32_t)gs_watch_now() | 1, memory_order_relaxed);
}

#endif
