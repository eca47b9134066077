/* A script that stands in front of an interpreter, as version managers put them there. It takes
 * longer to start than Python does, so it is asked once, where the program is looked for: which
 * interpreter it comes to, with which options and which variables. */
#ifndef GS_PYTHON_LAUNCH_SCRIPT_H
#define GS_PYTHON_LAUNCH_SCRIPT_H

#include "base/error.h"
#include "trace/control.h"

#include <stddef.h>

/* Replaces the path of the script by that of the interpreter. */
bool gs_script_ask(char *path, size_t size, struct gs_error *err);

/* What the script that was asked last gives the interpreter as environment; NULL: none was asked
 * since gs_script_forget. Stays until either is called again. */
char **gs_script_environment(void);
void gs_script_forget(void);

/* Likewise the options, into the order: none without a script. False: it has no room for them. */
bool gs_script_order(struct gs_order *order, struct gs_error *err);

#endif
