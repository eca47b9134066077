#include "python/cpython/errors.h"

#include "python/cpython/frames.h"

#include <stdio.h>
#include <string.h>

void gs_error_describe(gs_py *error, char *text, size_t size)
{
    const char *type = gs_type_name(gs_object_type(error)), *dot = strrchr(type, '.');
    gs_py *arguments = gs_cpython.attribute(error, "args");
    bool any = arguments && gs_cpython.tuple_size(arguments) > 0;
    const char *said = any ? gs_cpython.text(gs_cpython.tuple_item(arguments, 0)) : NULL;
    snprintf(text, size, "%s%s%s", dot ? dot + 1 : type, said && *said ? ": " : "",
             said ? said : "");
    gs_cpython.drop(arguments);
    gs_cpython.clear_error();
}
