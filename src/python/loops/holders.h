/* Who has an asyncio.Lock. The lock itself does not know: its acquire writes True into _locked, and
 * its release False, in the task that runs. In front of that writing stands a function of ours, so
 * every way to take it is seen, also that of who had to wait, and that of a Condition; and nothing
 * of it changes what the program does. As of threads' locks only what somebody waits for is told.
 * See Lib/asyncio/locks.py. All with the GIL. */
#ifndef GS_PYTHON_LOOPS_HOLDERS_H
#define GS_PYTHON_LOOPS_HOLDERS_H

#include "python/cpython/cpython.h"

#include <stdint.h>

struct gs_watched;

/* The module asyncio.locks is there: its type Lock. */
void gs_holders_open(gs_py *type);

/* A task awaits this lock, which is told as that object from now on; who has it is told first. */
void gs_holders_await(struct gs_watched *self, const void *lock, uint32_t object);

/* The object that the lock is told as; 0: nobody has awaited it. */
uint32_t gs_holders_object(const void *lock);

/* Who has the lock that is told as this object: an actor. 0: nobody, or nobody saw who took it. */
uint32_t gs_holders_owner(uint32_t object);

/* The process has been forked: nobody has any. */
void gs_holders_forget(void);

#endif
