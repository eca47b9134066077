/* The records of locks. A forked process makes and frees a dozen locks at its beginning, and each
 * page that it writes to is copied for it. What malloc has to give lies all over the place, so
 * these come from pages of their own. Any thread, with a GIL or without. */
#ifndef GS_PYTHON_SYNC_SPARES_H
#define GS_PYTHON_SYNC_SPARES_H

#include "python/sync/locks.h"

/* All zero; NULL: there is no memory. */
struct gs_watched_lock *gs_lock_new(void);
void gs_lock_free(struct gs_watched_lock *lock); /* NULL: nothing happens */

#endif
