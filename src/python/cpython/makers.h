/* Who makes a semaphore: CPython makes one for each lock of the program's, and for much else (a
 * file's buffer, a module that is imported), in the same way. So the constructors of _thread say
 * that they are at work: whoever calls threading.Lock or threading.RLock, from whatever name, calls
 * them. */
#ifndef GS_PYTHON_CPYTHON_MAKERS_H
#define GS_PYTHON_CPYTHON_MAKERS_H

#include "python/cpython/cpython.h"
#include "trace/event.h"

/* Puts ours in front of the constructors, before the program has begun; with the GIL. */
void gs_makers_open(void);

/* What the calling thread is about to make; NONE: nothing, or nobody knows. */
enum gs_object_kind gs_makers_at_work(void);

#endif
