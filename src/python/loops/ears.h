/* By what a loop that waits in its selector is woken by its own process: a pair of sockets, into
 * which call_soon_threadsafe writes, and CPython where a signal comes that the loop has a handler
 * for. See _make_self_pipe and add_signal_handler in Lib/asyncio. */
#ifndef GS_PYTHON_LOOPS_EARS_H
#define GS_PYTHON_LOOPS_EARS_H

#include "python/watch/watch.h"

/* The thread runs this loop from now on. One that is not asyncio's own has no ear that is known.
 * With the GIL. */
void gs_ear_find(struct gs_watched *self, gs_py *loop);

#endif
