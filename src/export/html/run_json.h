/* What the page of a run is told: its rows with their stretches, a sentence on each, what the
 * program said, and the files whose lines are named. Private to export/html/. */
#ifndef GS_EXPORT_HTML_RUN_JSON_H
#define GS_EXPORT_HTML_RUN_JSON_H

#include "export/export.h"

#include <jansson.h>

/* A sentence on each stretch is what takes most of a page's bytes: of more than these there is
 * none, and the page says so. */
enum { GS_HTML_SENTENCES = 50000 };

/* A new reference. sentences: whether each stretch has one. */
json_t *gs_html_run(const struct gs_export_source *source, bool *sentences);

#endif
