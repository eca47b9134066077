/* The breaker of CPython 3.11's evaluation, where it hangs. While an exception for another thread
 * is pending (PyThreadState_SetAsyncExc), whoever enters a function that is traced goes round and
 * round there: the breaker is set for all threads, and only the other one resets it. With real time
 * somebody asks for the GIL soon, and the other one comes to run; where time is the lines that are
 * executed there is none to wait for. But the breaker may be reset at any time: a thread that takes
 * the GIL and has such an exception sets it again. */
#ifndef GS_PYTHON_CPYTHON_BREAKER_H
#define GS_PYTHON_CPYTHON_BREAKER_H

#include "python/cpython/cpython.h"

#include <stddef.h>

/* Of one thread. */
struct gs_breaker {
    int *pending;      /* whether any thread of the interpreter has one; NULL: not 3.11 */
    gs_py *const *own; /* this one's */
};

/* The caller has the GIL. */
void gs_breaker_init(struct gs_breaker *breaker);

/* The caller has the GIL and is not inside the evaluation of an instruction; it may lose the GIL
 * for a while. */
void gs_breaker_reset(const struct gs_breaker *breaker);

static inline bool gs_breaker_hangs(const struct gs_breaker *breaker)
{
    return breaker->pending && *(volatile int *)breaker->pending && !*breaker->own;
}

#endif
