/* Whether a process has ended, and how, whosever child it is. */
#ifndef GS_BASE_ENDING_H
#define GS_BASE_ENDING_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* It has closed all of its files and left nothing but its status, or not even that. False, too,
 * where the kernel cannot tell it (before Linux 5.3). The kernel itself is asked: in a driven
 * process the library's functions lead to the virtual clock. */
bool gs_ending_has_come(pid_t pid);

/* Blocks until it has. */
void gs_ending_await(pid_t pid);

/* It has: its parent, which may be the caller, has been told so by the kernel's signal before this
 * returns. */
void gs_ending_settle(pid_t pid);

/* How one has ended that nobody has asked yet, as waitpid tells it. False: somebody has. */
bool gs_ending_status(pid_t pid, int *status);

/* The exit status that a shell makes of it: 128 + n after signal n. */
int gs_ending_exit_status(int status);

/* "signal 9 (SIGKILL)", "signal 40" where it has no name. Returns buffer. */
const char *gs_ending_signal(char *buffer, size_t size, int number);

#endif
