/* What Python runs though it is no Python file: a folder or a zip archive with a __main__.py. */
#ifndef GS_CLI_SCENES_APPLICATION_H
#define GS_CLI_SCENES_APPLICATION_H

#include <stdbool.h>

/* Whether python3 finds a __main__.py in it, by a look at the file. */
bool gs_application_is_one(const char *path);

#endif
