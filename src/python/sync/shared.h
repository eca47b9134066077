/* Semaphores that processes share: what multiprocessing's locks are made of. What is known of one
 * stands in its own second half, where all of them see it. */
#ifndef GS_PYTHON_SYNC_SHARED_H
#define GS_PYTHON_SYNC_SHARED_H

#include "python/watch/watch.h"

#include <semaphore.h>

/* The calling thread has taken it, or is about to let it go. */
void gs_shared_taken(const struct gs_watched *self, sem_t *s);
void gs_shared_let_go(const struct gs_watched *self, sem_t *s);

/* The calling thread, which has no GIL, waits for it, and has done so: result is what the wait
 * returned. */
void gs_shared_begin_wait(struct gs_watched *self, sem_t *s);
void gs_shared_end_wait(struct gs_watched *self, sem_t *s, int result);

#endif
