/* What the library's objects count: a semaphore's units, a queue's items and tasks; and of how many
 * they are, as a barrier's parties. The library has them in Python, behind a lock in each object,
 * and whoever has changed a count lets that lock go: then it is looked at, from inside the object's
 * own method, and what is different is what the caller did.
 *
 * As with locks (locks.h), what nobody can have noticed is not told: a unit that is taken and given
 * back while its thread keeps the GIL. The rest is told before whatever the thread tells next. */
#ifndef GS_PYTHON_SYNC_COUNTS_H
#define GS_PYTHON_SYNC_COUNTS_H

#include "python/watch/watch.h"
#include "sched/standing.h"

struct gs_counts; /* guarded by the GIL of whoever has the lock in the object */

/* Of the library's object of this kind, whose lock has just been made. NULL: it counts nothing.
 * Free with gs_counts_free. */
struct gs_counts *gs_counts_new(enum gs_object_kind kind, gs_py *object);
void gs_counts_free(struct gs_counts *counts);

/* The caller, which has the GIL, has taken the lock, or is about to let it go. */
void gs_counts_taken(const struct gs_watched *self, struct gs_counts *counts);
void gs_counts_let_go(struct gs_watched *self, struct gs_counts *counts);
void gs_counts_inherit(struct gs_counts *counts);

/* What there is to say of a wait for this object: how many of how many, and who has them. Call when
 * nobody runs. */
void gs_counts_describe(uint32_t object, struct gs_slot_wait *wait);

#endif
