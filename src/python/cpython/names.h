/* What the source calls a thing: `with journal_lock:` → journal_lock. */
#ifndef GS_PYTHON_CPYTHON_NAMES_H
#define GS_PYTHON_CPYTHON_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name in that line of the file of what the line waits for, "" if there is none. */
void gs_names_in_line(const char *file, uint32_t line, char *name, size_t size);

/* … of what the line makes: `jobs = queue.Queue()` → jobs, `with Pool() as pool:` → pool. Of
 * several, `a, b = Lock(), Lock()`, that of the one that is made so many-th, from 0. */
void gs_names_made_in_line(const char *file, uint32_t line, unsigned place, char *name,
                           size_t size);

/* Whether the line has that call, ".get(", in it. */
bool gs_names_calls_in_line(const char *file, uint32_t line, const char *call);

/* The same of the line's text. */
void gs_names_in_text(const char *text, char *name, size_t size);
void gs_names_made_in_text(const char *text, unsigned place, char *name, size_t size);

#endif
