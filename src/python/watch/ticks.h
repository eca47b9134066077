/* The real clock's looks at what a thread computes: a timer of the thread's own processor time, so
 * that a thread that waits is never interrupted, and what is short never looked at. It needs a
 * signal, which the program does not see; where it wants that for itself it has it, and a thread
 * that has it blocked is not looked at. The kernel sends it as the thread comes back to its own
 * code (Linux 5.9, POSIX_CPU_TIMERS_TASK_WORK): it cuts no system call short. */
#ifndef GS_PYTHON_WATCH_TICKS_H
#define GS_PYTHON_WATCH_TICKS_H

#include "python/watch/watch.h"

#include <signal.h>

struct gs_front;

/* Stands in front of what a program takes signals with. */
void gs_ticks_watch(struct gs_front *table);

/* The calling thread's begin, if the signal is nobody's; and end, which harms nobody. */
void gs_ticks_begin(struct gs_watched *self);
void gs_ticks_end(struct gs_watched *self);

/* Who counts what a loop's turn computes: of a thread that runs one, with the time that has passed
 * since the last tick. NULL: nobody does. Called in the middle of anything. */
extern void (*gs_ticks_busy)(struct gs_watched *self, uint64_t ns);

/* In front of pthread_sigmask: what is blocked must not be found waiting there, with sigpending. */
int gs_ticks_sigmask(int how, const sigset_t *set, sigset_t *old);

#endif
