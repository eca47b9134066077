/* Nobody can go on: every thread has been waiting, without a time limit, for a second. On the
 * virtual clock the scheduler finds that out; on the real one whoever follows the run does, by what
 * the threads say of their waits in the segment (sched/standing.h), and asks one of them to tell it
 * in words. */
#ifndef GS_PYTHON_SYNC_STANDSTILL_H
#define GS_PYTHON_SYNC_STANDSTILL_H

#include "sched/standing.h"

/* Who waits while its thread does other things, or in its loop's selector: the tasks of the calling
 * process's event loops. Whoever knows them adds each with its wait, in any order. */
typedef void gs_standstill_add(void *census, uint32_t actor, const struct gs_slot_wait *wait);
void gs_standstill_ask(void (*tasks)(gs_standstill_add *add, void *census));

/* Once, on the real clock: from now on a thread of the process can be asked. If the run stands
 * still in a circle of locks the process ends with that; without a circle it is told once, and the
 * run goes on: a signal may still help. */
void gs_standstill_listen(void);

/* The virtual clock has nobody left who could ever go on: names it, and the run is over. */
_Noreturn void gs_standstill_end(void);

/* … before that the waits of the calling process's threads are filled in, … */
void gs_standstill_describe(void);

/* … which the first process ends. */
_Noreturn void gs_standstill_over(void);

#endif
