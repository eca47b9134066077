/* What the source calls a thing: `with journal_lock:` → journal_lock. */
#ifndef GS_PYTHON_CPYTHON_NAMES_H
#define GS_PYTHON_CPYTHON_NAMES_H

#include "python/cpython/frames.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name in that line of the file of what the line waits for in those columns, "" if there is
 * none. Where the columns are not known, a line that may wait for several has none. */
void gs_names_in_line(const char *file, uint32_t line, struct gs_columns at, char *name,
                      size_t size);

/* … of what the line makes in those columns: `jobs = queue.Queue()` → jobs, `with Pool() as pool:`
 * → pool. Where they are not known, of several, `a, b = Lock(), Lock()`, that of the one that is
 * made so many-th, from 0. */
void gs_names_made_in_line(const char *file, uint32_t line, struct gs_columns at, unsigned place,
                           char *name, size_t size);

/* Whether the line makes that call, ".get(", in those columns; else whether it has it anywhere. */
bool gs_names_calls_in_line(const char *file, uint32_t line, struct gs_columns at,
                            const char *call);

/* The same of the line's text. */
void gs_names_in_text(const char *text, struct gs_columns at, char *name, size_t size);
bool gs_names_calls_in_text(const char *text, struct gs_columns at, const char *call);

/* --- of what names and targets.h are made */

/* A part of a text; of length 0: none. */
struct gs_piece {
    const char *from;
    size_t length;
};

/* As it is told, without `self.`. */
void gs_names_copy(struct gs_piece piece, char *name, size_t size);

/* Whether it can stand in a name, a dotted one. */
bool gs_names_part(char c);

/* The first of those characters that is neither in brackets nor in a string; else the comment, or
 * the end. */
const char *gs_names_skip(const char *text, const char *stops);

#endif
