/* What lies in a CPython's memory where a thread runs: code, frames, objects and their types, as
 * those of 3.13 look (layouts.def), for tests of what reads them. Nothing is freed. */
#ifndef GS_TESTS_SUPPORT_INSIDE_PYTHON_H
#define GS_TESTS_SUPPORT_INSIDE_PYTHON_H

#include "python/cpython/cpython.h"
#include "python/cpython/frames.h"

/* From now on this process's Python is such a one. */
void inside_python_open(void);

/* An object of a type of that name, which is derived from the type `base` or NULL. */
gs_py *inside_type(const char *name, gs_py *base);
gs_py *inside_object(gs_py *type);

/* A function's code; its lines: `line` at offset 0, and one more each 100 bytes. */
gs_py *inside_code(const char *file, const char *function, int line);
/* The code is gone, and another one's lies in the same place. */
void inside_code_becomes(gs_py *code, const char *file, const char *function, int line);
/* So is its file's name, and another one of that length lies in its place. */
void inside_file_becomes(gs_py *code, const char *file);

/* A frame of it at that offset, called by `caller` (NULL: by nobody), with an object as `self` or
 * NULL; and a thread whose innermost frame it is. */
gs_py *inside_frame(gs_py *code, int offset, gs_py *self, gs_py *caller);
gs_py *inside_thread(gs_py *frame);
struct gs_frame inside_look(gs_py *frame);

#endif
