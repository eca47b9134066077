/* Nothing can ever run again: every actor waits, without a time limit, for another one. */
#ifndef GS_RUNTIME_DEADLOCK_H
#define GS_RUNTIME_DEADLOCK_H

#include <stddef.h>

/* "Thread 1 waits for b (line 9), which Thread 2 holds; Thread 2 waits for …": each
 * cycle first, then whoever else waits. Reads the actors' waits without their monitors: nobody can
 * change them any more. Returns buffer. */
const char *gs_deadlock_describe(char *buffer, size_t size);

/* Traces and prints the sentence and ends the run. Called by the scheduler from the actor that was
 * the last to wait. */
_Noreturn void gs_deadlock_report(void);

#endif
