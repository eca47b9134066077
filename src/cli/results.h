/* What is printed of a run, or of a recording: the picture or one of the other formats, statistics,
 * what verify finds. */
#ifndef GS_CLI_RESULTS_H
#define GS_CLI_RESULTS_H

#include "cli/options/options.h"
#include "export/export.h"

/* As the options say, to standard output; signal: that ended the run from outside, 0: none. False:
 * it could not be written, which was said, or an invariant does not hold. */
bool gs_results_print(const struct gs_export_source *source, const struct gs_options *options,
                      int signal);

#endif
