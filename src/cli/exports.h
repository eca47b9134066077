/* The files that a run or a recording is exported into: `--export FORMAT=FILE` of those that run
 * and play, `--to FORMAT -o FILE` of export. */
#ifndef GS_CLI_EXPORTS_H
#define GS_CLI_EXPORTS_H

#include "cli/options/options.h"
#include "export/export.h"

/* Every format that there is: "lanes, boxes, text". Returns buffer. */
const char *gs_exports_formats(char *buffer, size_t size);

/* NULL with err: there is no such format. */
const struct gs_exporter *gs_exports_find(const char *format, struct gs_error *err);

/* Before anything runs: whether each file can be written, none twice, and none that is a recording
 * or `own`, the file that is run or played (NULL: none is). False, and said as `command`'s. */
bool gs_exports_can(const struct gs_options *options, const char *command, const char *own);

/* One of them goes to standard output, which then has nothing else. */
bool gs_exports_take_output(const struct gs_options *options);

/* Whether --at and --compat, where they stand, have the format beside them that they are for.
 * False, and said as `command`'s. */
bool gs_exports_fit(const struct gs_options *options, const char *command);

/* Writes them all, each into a file that takes the place of what was there once it is whole. False,
 * and said: one could not be written; the others are. signal: as gs_results_print has it. */
bool gs_exports_write(const struct gs_export_source *source, const struct gs_options *options,
                      int signal);

#endif
