/* What the source calls a thing: `with journal_lock:` → journal_lock. */
#ifndef GS_PYTHON_PRELOAD_NAMES_H
#define GS_PYTHON_PRELOAD_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* The name in that line of the file, "" if there is none. */
void gs_names_in_line(const char *file, uint32_t line, char *name, size_t size);

/* The same of the line's text. */
void gs_names_in_text(const char *text, char *name, size_t size);

#endif
