/* Which Python runs a program. */
#ifndef GS_PYTHON_LAUNCH_FIND_H
#define GS_PYTHON_LAUNCH_FIND_H

#include "base/error.h"

#include <stddef.h>

/* The interpreter that the user named (or NULL), else $GILSCOPE_PYTHON's, else that of the active
 * virtual environment, else python3. What stands there may be a script that chooses a version: then
 * it is asked which, see script.h. False with err: there is none, or the preload object cannot get
 * into it. */
bool gs_python_find(const char *named, char *path, size_t size, struct gs_error *err);

#endif
