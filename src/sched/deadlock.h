/* Nothing can ever run again: every actor waits, without a time limit, for another one. */
#ifndef GS_SCHED_DEADLOCK_H
#define GS_SCHED_DEADLOCK_H

/* Traces and prints who waits for whom, "Thread-1 waits for b (line 9), which Thread-2 holds;
 * Thread-2 waits for …": each cycle first, then whoever else waits; and ends the run. Called by the
 * scheduler from the actor that was the last to wait, or to end. Reads the actors' waits without
 * their monitors: nobody can change them any more. */
_Noreturn void gs_deadlock_report(void);

#endif
