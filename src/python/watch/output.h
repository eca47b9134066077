/* What the program prints, line by line, as output of the thread that printed it: on its standard
 * output, and with another flag on standard error.
 *
 * Both are pipes that whoever started the run reads. What a thread of ours prints on standard
 * output is told by it, and does not go into the pipe: so what comes out of that is what nobody
 * here has seen, other programs' and C code's. Standard error goes on as it is. */
#ifndef GS_PYTHON_WATCH_OUTPUT_H
#define GS_PYTHON_WATCH_OUTPUT_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether the process's standard output is the one that the run began with. */
bool gs_output_is_the_runs(void);

/* As write(2): the calling thread writes this to fd, standard output or standard error. written is
 * what the caller is to do it with. */
typedef ssize_t gs_output_write(int fd, const void *text, size_t length);
ssize_t gs_output_put(int fd, const void *text, size_t length, gs_output_write *write);

/* The calling thread has written this. */
void gs_output_note(bool on_stderr, const void *text, size_t length);

/* Other programs, or C code in this one, may have written: returns once that is told. On the
 * virtual clock, which stands still meanwhile; on the real one it is told when it comes. */
void gs_output_settle(void);

/* The calling thread ends: what it has printed of a last line is one. */
void gs_output_finish(void);

/* The process has been forked: the line that was begun is its parent's. */
void gs_output_forget(void);

#endif
