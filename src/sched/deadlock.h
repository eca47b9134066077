/* Nothing can ever run again: every actor waits, without a time limit, for another one. */
#ifndef GS_SCHED_DEADLOCK_H
#define GS_SCHED_DEADLOCK_H

/* Traces and prints who waits for whom, as stall.h words it; lets the standstill last for a while,
 * so that it is seen; and ends the run. Called by the scheduler from the actor that was the last to
 * wait, or to end. Reads the actors' waits without their monitors: nobody can change them any
 * more. */
_Noreturn void gs_deadlock_report(void);

/* The waits that nobody ends are what the run is about: in the picture they get a fifth of it. */
void gs_deadlock_stand_still(void);

#endif
