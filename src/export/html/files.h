/* The program's files whose lines a page names: each once, with its text if it can be read. Private
 * to export/html/. */
#ifndef GS_EXPORT_HTML_FILES_H
#define GS_EXPORT_HTML_FILES_H

#include "export/export.h"

#include <jansson.h>

struct gs_html_file {
    const char *path;
    json_t *lines; /* NULL: it cannot be read */
};

struct gs_html_files {
    const struct gs_export_source *source;
    GS_VEC(struct gs_html_file) list;
};

void gs_html_files_init(struct gs_html_files *files, const struct gs_export_source *source);
void gs_html_files_free(struct gs_html_files *files);

/* The index of the file that a line's place is in; -1: nobody knows which it is. */
int gs_html_files_index(struct gs_html_files *files, uint16_t place);

/* `[{"name": …, "lines": […]} …]`, by index. A new reference. */
json_t *gs_html_files_json(const struct gs_html_files *files);

#endif
