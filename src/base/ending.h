/* Whether a process has ended, whosever child it is. */
#ifndef GS_BASE_ENDING_H
#define GS_BASE_ENDING_H

#include <stdbool.h>
#include <sys/types.h>

/* It has closed all of its files and left nothing but its status, or not even that. False, too,
 * where the kernel cannot tell it (before Linux 5.3). The kernel itself is asked: in a driven
 * process the library's functions lead to the virtual clock. */
bool gs_ending_has_come(pid_t pid);

/* Blocks until it has. */
void gs_ending_await(pid_t pid);

#endif
