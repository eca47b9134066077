/* What an order for a Python guest needs beside the file. */
#ifndef GS_CLI_SCENES_PYTHON_H
#define GS_CLI_SCENES_PYTHON_H

#include "base/error.h"
#include "trace/control.h"

/* Finds the interpreter and settles the clock; leaves an order for Lua alone. False with err: there
 * is no Python that can run it, or something is asked of it that only Lua has. */
bool gs_cli_python(struct gs_order *order, struct gs_error *err);

#endif
