#include "python/cpython/breaker.h"

/* Who takes the GIL makes the breaker anew from all that it stands for. */
void gs_breaker_reset(void)
{
    *gs_breaker_pending(gs_cpython.thread()) = 0;
    gs_cpython.take_gil(gs_cpython.release_gil());
}
