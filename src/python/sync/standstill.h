/* Nobody can go on: every thread has been waiting, without a time limit, for a second. Who waits so
 * long looks whether all do. */
#ifndef GS_PYTHON_SYNC_STANDSTILL_H
#define GS_PYTHON_SYNC_STANDSTILL_H

#include "python/watch/watch.h"

#include <semaphore.h>

/* As sem_wait, for a thread whose lane shows that it waits for this semaphore, which `owner` (an
 * actor, 0: not known) has. If the run stands still in a circle of locks it is named, and the
 * process ends; without a circle it is named once, and goes on: a signal may still help. */
int gs_standstill_wait(struct gs_watched *self, sem_t *s, const _Atomic uint32_t *owner);

/* The virtual clock has nobody left who could ever go on: names it, and the run is over. */
_Noreturn void gs_standstill_end(void);

/* … before that the waits of the calling process's threads are filled in, … */
void gs_standstill_describe(void);

/* … which the first process ends. */
_Noreturn void gs_standstill_over(void);

/* The process has been forked: nobody in it waits. */
void gs_standstill_forget(void);

#endif
