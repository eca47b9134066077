/* The phases of a run side by side, as text and as JSON. Private to export/. */
#ifndef GS_EXPORT_PHASES_H
#define GS_EXPORT_PHASES_H

#include "export/json.h"
#include "export/print.h"

/* The table of those that begin in what the source shows, between two texts; nothing at all where
 * less than two do. */
void gs_print_phases(const struct gs_printer *printer, const struct gs_export_source *source,
                     const char *before, const char *after);

/* An object each, `"type"` "phase_stats"; be it one. */
void gs_json_phases(const struct gs_json *json, const struct gs_export_source *source);

#endif
