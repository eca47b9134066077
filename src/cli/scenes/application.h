/* What Python runs though it is no Python file: a folder or a zip archive with a __main__.py. */
#ifndef GS_CLI_SCENES_APPLICATION_H
#define GS_CLI_SCENES_APPLICATION_H

#include "lua/scene/meta.h"

/* Whether python3 finds a __main__.py in it, by a look at the file. */
bool gs_application_is_one(const char *path);

/* What is known of it before python3 has run it: it has no page. */
struct gs_scene_meta gs_application_meta(const char *path);

#endif
