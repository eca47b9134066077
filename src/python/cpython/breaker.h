/* The breaker of CPython 3.11's evaluation, where it hangs. While an exception for another thread
 * is pending (PyThreadState_SetAsyncExc), whoever enters a function that is traced goes round and
 * round there: the breaker is set for all threads, and only the other one resets it. With real time
 * somebody asks for the GIL soon, and the other one comes to run; where time is the lines that are
 * executed there is none to wait for. But the breaker may be reset at any time: a thread that takes
 * the GIL and has such an exception sets it again. */
#ifndef GS_PYTHON_CPYTHON_BREAKER_H
#define GS_PYTHON_CPYTHON_BREAKER_H

#include "python/cpython/cpython.h"

/* Whether any thread of the thread's interpreter has such an exception, and the thread's own one:
 * offsetof in the headers of 3.11, see frames.c. */
enum { GS_BREAKER_INTERPRETER = 16, GS_BREAKER_OWN = 144, GS_BREAKER_PENDING = 124 };

static inline volatile int *gs_breaker_pending(const gs_py *thread)
{
    char *interpreter = gs_pointer_at(thread, GS_BREAKER_INTERPRETER);
    return (volatile int *)(void *)(interpreter + GS_BREAKER_PENDING);
}

/* The caller has the GIL. Whether it would hang. */
static inline bool gs_breaker_hangs(void)
{
    if (gs_cpython.minor != 11)
        return false;
    const gs_py *thread = gs_cpython.thread();
    return *gs_breaker_pending(thread) && !gs_pointer_at(thread, GS_BREAKER_OWN);
}

/* The caller is not inside the evaluation of an instruction; it may lose the GIL for a while. */
void gs_breaker_reset(void);

#endif
