/* An exception in words. */
#ifndef GS_PYTHON_CPYTHON_ERRORS_H
#define GS_PYTHON_CPYTHON_ERRORS_H

#include "python/cpython/cpython.h"

#include <stddef.h>

/* "ValueError: text", cut at size. No code of the program's runs for it: of the exception's
 * arguments the first is the text. With the GIL. */
void gs_error_describe(gs_py *error, char *text, size_t size);

/* Where it was raised: the innermost line of the program's own that its traceback has. The file is
 * cut at size. False: it has none. With the GIL. */
bool gs_error_raised(gs_py *error, char *file, size_t size, uint32_t *line);

#endif
