/* The numbers of processes and threads that a driven program sees. The kernel's are others in every
 * run; here they are counted, in the order in which the program comes to know of them, from one on
 * that no process of any machine has: what is none of these is the kernel's own, and means the same
 * to everybody. They are translated where the program calls, above all else that stands in front of
 * the library, so everything below knows the kernel's numbers alone.
 *
 * A program that is no Python, and is started with such a number among its words, gets the kernel's
 * instead. What else goes out (through a pipe, a file, the environment) stays what it is. */
#ifndef GS_PYTHON_DRIVE_NUMBERS_H
#define GS_PYTHON_DRIVE_NUMBERS_H

#include "python/front/front.h"

#include <limits.h>

/* The kernel's number for what the program knows by this one, which may be one already. */
pid_t gs_numbers_real(pid_t seen);

/* A path into /proc with such a number in it, as the kernel has it: the same, or another one in
 * `own`. */
const char *gs_numbers_real_path(const char *path, char own[PATH_MAX]);

/* Puts the translation over a table that is complete; in a process that has one at a time. */
void gs_numbers_over(struct gs_front *table);

#endif
