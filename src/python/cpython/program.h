/* Which programs are Pythons that the preload object can be in, told by their files. All of it can
 * be called in a forked child of a process with several threads. */
#ifndef GS_PYTHON_CPYTHON_PROGRAM_H
#define GS_PYTHON_CPYTHON_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

/* The file runs a Python of this machine, or is a script for one. */
bool gs_program_is_python(const char *path);

/* Where a word without a slash stands, as a shell looks for it. False: nowhere. */
bool gs_program_find(const char *word, char *path, size_t size);

#endif
