/* Where a line is, in words, for all who tell of one. */
#ifndef GS_TRACE_WHERE_H
#define GS_TRACE_WHERE_H

#include "trace/tables.h"

#include <stddef.h>

enum { GS_WHERE_SIZE = 144 };

/* "line 12"; "napping.py:12" in another file than the program's own; and with the library's
 * function that the line calls "line 12, in Queue.get". Safe to print, "" for line 0. Returns
 * buffer. */
const char *gs_where_text(char *buffer, size_t size, const struct gs_tables *tables, uint32_t line,
                          uint16_t place);

/* The same without the call. */
const char *gs_where_line(char *buffer, size_t size, const struct gs_tables *tables, uint32_t line,
                          uint16_t place);

/* A path's last part; of files that every package has, "pkg/__init__.py". */
const char *gs_where_file(const char *path);

#endif
