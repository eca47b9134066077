/* What the program prints, line by line, as output of the thread that printed it. */
#ifndef GS_PYTHON_WATCH_OUTPUT_H
#define GS_PYTHON_WATCH_OUTPUT_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether the process's standard output is the one that the run began with. */
bool gs_output_is_the_runs(void);

/* The calling thread has written this; length below 0: nothing. */
void gs_output_note(const void *text, ssize_t length);

/* The calling thread ends: what it has printed of a last line is one. */
void gs_output_finish(void);

/* The process has been forked: the line that was begun is its parent's. */
void gs_output_forget(void);

#endif
