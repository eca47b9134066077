/* What has been submitted to an executor's threads, by the future of its result: who awaits that
 * waits for whoever takes the item, or for somebody to take it. With the GIL. */
#ifndef GS_PYTHON_SYNC_HANDED_H
#define GS_PYTHON_SYNC_HANDED_H

#include "python/cpython/cpython.h"

/* The number of its message and, in the lower half, the queue that it went into, as in an event. In
 * the place of what had the future's address before. */
void gs_handed_note(const gs_py *future, uint64_t item);
/* NULL: nothing that is not done. */
uint64_t *gs_handed_item(const gs_py *future);
/* It is done. */
void gs_handed_over(const gs_py *future);

#endif
