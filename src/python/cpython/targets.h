/* What a line makes, and which of its targets that is assigned to. */
#ifndef GS_PYTHON_CPYTHON_TARGETS_H
#define GS_PYTHON_CPYTHON_TARGETS_H

#include "python/cpython/frames.h"

/* Of the line's text: see gs_names_made_in_line. */
void gs_names_made_in_text(const char *text, struct gs_columns at, unsigned place, char *name,
                           size_t size);

#endif
