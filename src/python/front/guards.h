/* The mutexes of the tables that all threads of a process share in here, all in one place. A forked
 * child has them as they were, perhaps held by threads that it does not have, and makes them anew:
 * each page that it writes to is a page copied, so they share one. They are the library's own: on
 * the virtual clock nobody else must go first in here. */
#ifndef GS_PYTHON_FRONT_GUARDS_H
#define GS_PYTHON_FRONT_GUARDS_H

#include "python/front/front.h"

enum gs_guard {
    GS_GUARD_THREADS,
    GS_GUARD_GILS,
    GS_GUARD_OBJECTS,
    GS_GUARD_LOCKS,
    GS_GUARD_COUNTS,
    GS_GUARD_PLACES,
    GS_GUARD_FILES,
    GS_GUARD_DESCRIPTORS,
    GS_GUARD_POLLS,
    GS_GUARDS
};

extern pthread_mutex_t gs_guards[GS_GUARDS];

static inline void gs_guard_lock(enum gs_guard guard)
{
    gs_real.pthread_mutex_lock(&gs_guards[guard]);
}

static inline void gs_guard_unlock(enum gs_guard guard)
{
    gs_real.pthread_mutex_unlock(&gs_guards[guard]);
}

/* The process has been forked: nobody else is at anything. */
void gs_guards_forget(void);

#endif
