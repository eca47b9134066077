/* What the page of a run is told: its rows with their stretches, a sentence on each, what the
 * program said, and the files whose lines are named. Private to export/html/. */
#ifndef GS_EXPORT_HTML_RUN_JSON_H
#define GS_EXPORT_HTML_RUN_JSON_H

#include "export/export.h"

/* A sentence on each stretch is what takes most of a page's bytes: of more than these there is
 * none, and the page says so. */
enum { GS_HTML_SENTENCES = 50000 };

/* Whether each stretch has one. */
bool gs_html_tells(const struct gs_export_source *source);

/* Writes it as an object of JSON without a `<`, stretch by stretch: all of them together can be
 * more than there is memory for. */
void gs_html_put_run(FILE *out, const struct gs_export_source *source);

#endif
