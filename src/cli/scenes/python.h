/* What an order for a Python guest needs beside the file. Where python3 is a script that chooses a
 * version, it takes some 0.5 s to say which: a picture does not wait for that. */
#ifndef GS_CLI_SCENES_PYTHON_H
#define GS_CLI_SCENES_PYTHON_H

#include "base/error.h"
#include "trace/control.h"

/* Finds the interpreter and settles the clock; leaves an order for Lua alone. A script is asked
 * once, however often it is ordered. False with err: there is no Python that can run it, or
 * something is asked of it that only Lua has. */
bool gs_cli_python(struct gs_order *order, struct gs_error *err);

/* The same, but a script stays in the order as it was named, for the stage to ask. Returns at once.
 */
bool gs_cli_python_later(struct gs_order *order, struct gs_error *err);

/* The stage's side: asks the script that an order was left with, if it was, and takes over the
 * environment that it gives the interpreter. */
bool gs_cli_python_ask(struct gs_order *order, struct gs_error *err);

/* Whether there is one, though nobody named any. A script counts as the Python that it is to come
 * to: nobody waits for it here. */
bool gs_cli_python_is_there(void);

#endif
