/* What stands in front of Python's functions: methods of C, and how they call what they stand in
 * front of. With the GIL. */
#ifndef GS_PYTHON_CPYTHON_CALLS_H
#define GS_PYTHON_CPYTHON_CALLS_H

#include "python/cpython/cpython.h"

/* A method of C as every version of the stable ABI knows it (PyMethodDef). It gets its arguments in
 * an array: first those without a name, behind them those whose names a tuple has, or NULL. */
struct gs_method {
    const char *name;
    gs_py *(*call)(gs_py *self, gs_py *const *arguments, ssize_t count, gs_py *names);
    int flags;
    const char *doc;
};

enum { GS_METHOD_ARRAY = 128 | 2 };

/* Calls a function written in Python; with the object first, as a method is called. NULL: an error
 * is set. */
gs_py *gs_call_function(gs_py *function, gs_py *const *arguments, size_t count, gs_py *names);
gs_py *gs_call_method(gs_py *function, gs_py *self, gs_py *const *arguments, ssize_t count,
                      gs_py *names);

/* A method of ours, in which type, by the name that it has there, and where theirs is put. */
struct gs_stand {
    const char *type;
    gs_py **theirs;
    struct gs_method method;
};

/* The text of a method that is about to be made, from an argument of Python's: behind
 * "name(signature)\n--\n\n", see Objects/typeobject.c. Once a process. */
void gs_method_describe(struct gs_method *method, gs_py *text);

/* Called with (type, name, function, text): what stands in the type instead of the function, which
 * is kept; None where none of these does. NULL: an error is set. */
gs_py *gs_stand_in_front(struct gs_stand *stands, size_t stand_count, gs_py *const *arguments,
                         ssize_t count);

#endif
