/* Processes that the program forks: each has a GIL of its own, and lanes in a group of its own. One
 * that is forked behind Python's back, to execute a program, has none until it has. */
#ifndef GS_PYTHON_FAMILY_PROCESSES_H
#define GS_PYTHON_FAMILY_PROCESSES_H

#include "python/watch/watch.h"

/* The calling process ends (0), or is about to be replaced by this program, a string of the trace:
 * with it end its lanes, but the caller's, which has told its end. */
void gs_process_end(enum gs_death how, uint32_t program);

/* It is about to be replaced by this program, which has no lanes. */
void gs_process_leave(uint32_t program);

/* The program is another Python: the lanes of its threads end, but not the process. */
void gs_process_go_on(uint32_t program);

/* The caller may be a child that shares its parent's memory, to execute a program, and ends without
 * having been able to. */
void gs_process_end_child(void);

/* The caller is a child that has no lanes, on the clock; and is about to become what has none
 * either: then it leaves the clock. */
bool gs_process_is_unseated(void);
void gs_process_leave_unseated(void);

#endif
