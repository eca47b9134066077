/* The text of a file of the program's, line by line, safe to print. */
#ifndef GS_TUI_PANES_SOURCE_FILE_H
#define GS_TUI_PANES_SOURCE_FILE_H

#include "base/vec.h"

struct gs_source {
    GS_VEC(char *) lines;
};

/* The lines of a text that is there. */
void gs_source_take(struct gs_source *source, char *text, size_t size);

/* Reads the file at path; one that cannot be read, or that is no file, leaves no lines. Tabs become
 * blanks. */
void gs_source_load(struct gs_source *source, const char *path);
void gs_source_free(struct gs_source *source);

#endif
