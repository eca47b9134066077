/* Processes that the program forks: each has a GIL of its own, and lanes in a group of its own. One
 * that is forked behind Python's back, to execute a program, has none. */
#ifndef GS_PYTHON_PRELOAD_PROCESSES_H
#define GS_PYTHON_PRELOAD_PROCESSES_H

#include "python/preload/watch.h"

/* The calling process ends (0), or is about to be replaced by this program, a string of the trace:
 * with it end its lanes, but the caller's, which has told its end. */
void gs_process_end(enum gs_death how, uint32_t program);

#endif
