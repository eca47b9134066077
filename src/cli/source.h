/* A run that has ended, or a recording, as exporters want it. */
#ifndef GS_CLI_SOURCE_H
#define GS_CLI_SOURCE_H

#include "cli/options/options.h"
#include "export/export.h"

/* Whether a screen can be shown and has keys. */
bool gs_on_a_terminal(void);

/* Whether the locale's characters are UTF-8. */
bool gs_cli_utf8(void);

/* By the rules that the run went by in the end: the stage has written them down. title may be "".
 * What it points to is the caller's. */
struct gs_export_source gs_cli_source(const struct gs_timeline *timeline, const char *name,
                                      const char *title, const struct gs_options *options);

/* The same for a file: nothing of the terminal's in it, unless the options say so. */
struct gs_export_source gs_cli_file_source(const struct gs_export_source *source,
                                           const struct gs_options *options);

#endif
