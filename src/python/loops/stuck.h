/* Which tasks await something, for the sentence about a run that stands still: it is them, and not
 * the selectors of their loops, that nobody can wake. */
#ifndef GS_PYTHON_LOOPS_STUCK_H
#define GS_PYTHON_LOOPS_STUCK_H

/* There are tasks: from now on whoever tells of a standstill is told of them. */
void gs_stuck_open(void);

#endif
