/* What is written piece by piece, cut into lines. A line that is too long becomes several. */
#ifndef GS_BASE_BY_LINE_H
#define GS_BASE_BY_LINE_H

#include "base/vec.h"

/* More than that is more than one line, in bytes. */
enum { GS_LONGEST_LINE = 1 << 20 };

struct gs_by_line {
    GS_VEC(char) begun; /* without a line's end yet */
};

/* A line without its end; there may be a NUL in it. It is gone behind the call. */
typedef void gs_by_line_sink(void *context, const char *line, size_t length);

/* Hands on the lines that end in text. */
void gs_by_line_take(struct gs_by_line *by_line, const char *text, size_t length,
                     gs_by_line_sink *sink, void *context);

/* Nothing more comes: what was begun, if anything, is a line. Frees what it needed; more may come
 * all the same. */
void gs_by_line_finish(struct gs_by_line *by_line, gs_by_line_sink *sink, void *context);

#endif
