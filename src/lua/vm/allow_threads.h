/* Letting the GIL go around what blocks, as CPython between Py_BEGIN_ALLOW_THREADS and
 * Py_END_ALLOW_THREADS. */
#ifndef GS_LUA_VM_ALLOW_THREADS_H
#define GS_LUA_VM_ALLOW_THREADS_H

#include "sched/resource.h"

/* Around anything that blocks, with the caller's GIL held before and after (CPython's
 * Py_BEGIN/END_ALLOW_THREADS). Between them no Lua state may be touched and nothing may raise.
 * state is what the lane shows meanwhile, resource what is waited for (or NULL). end takes the GIL
 * again and returns the actor to `running`; gs_self->cause tells it who ended the wait. */
void gs_block_begin(enum gs_state state, const struct gs_resource *resource);
void gs_block_end(void);

#endif
