/* A run that has ended, as exporters want it. */
#ifndef GS_CLI_SOURCE_H
#define GS_CLI_SOURCE_H

#include "cli/options/options.h"
#include "cli/stage/headless.h"
#include "export/export.h"
#include "lua/scene/meta.h"

/* Whether a screen can be shown and has keys. */
bool gs_on_a_terminal(void);

/* Whether the locale's characters are UTF-8. */
bool gs_cli_utf8(void);

/* By the rules that the run went by in the end: the stage has written them down. What it points to
 * is the run's and the scene's. */
struct gs_export_source gs_cli_source(const struct gs_headless *run,
                                      const struct gs_scene_meta *meta,
                                      const struct gs_options *options);

#endif
