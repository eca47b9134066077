/* A file of the program's that somebody is to read: what a run told of may be anything. */
#ifndef GS_BASE_OPEN_TEXT_H
#define GS_BASE_OPEN_TEXT_H

#include <stddef.h>

/* A regular file of at most so many bytes, to read; -1: it is none. A pipe would keep us waiting, a
 * device has no end. */
int gs_open_text(const char *path, size_t most);

/* The whole of it, with a NUL behind; the caller's, to be freed. NULL: it cannot be read. */
char *gs_text_of_file(const char *path, size_t most, size_t *size);

#endif
