/* `gilscope compare`: several runs, one below the other on one time scale, and a table of what
 * differs. */
#ifndef GS_EXPORT_COMPARE_H
#define GS_EXPORT_COMPARE_H

#include "export/export.h"

struct gs_compared {
    const char *called; /* the scene and what is varied: "gil/cpu-threads, cores=1" */
    struct gs_export_source source;
};

/* At most GS_DIFFERENCES_MOST. All runs have the width and the alphabet of the first. False with
 * err: it could not be written. */
bool gs_export_compare(FILE *out, const struct gs_compared *runs, size_t count,
                       struct gs_error *err);

/* One JSON object a run and line, `"type"` "compared". */
bool gs_export_compare_json(FILE *out, const struct gs_compared *runs, size_t count,
                            struct gs_error *err);

#endif
