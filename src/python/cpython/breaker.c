#include "python/cpython/breaker.h"

#include <string.h>

/* offsetof in the headers of 3.11, see frames.c. */
enum { INTERPRETER = 16, OWN = 144, PENDING = 124 };

void gs_breaker_init(struct gs_breaker *breaker)
{
    if (gs_cpython.minor != 11)
        return;
    char *thread = gs_cpython.thread(), *interpreter;
    memcpy(&interpreter, thread + INTERPRETER, sizeof interpreter);
    breaker->pending = (int *)(void *)(interpreter + PENDING);
    breaker->own = (gs_py *const *)(void *)(thread + OWN);
}

/* Who takes the GIL makes the breaker anew from all that it stands for. */
void gs_breaker_reset(const struct gs_breaker *breaker)
{
    *breaker->pending = 0;
    gs_cpython.take_gil(gs_cpython.release_gil());
}
