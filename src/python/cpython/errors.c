#include "python/cpython/errors.h"

#include "python/cpython/spot.h"

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

/* Takes the entry of a traceback. Gives the next one; NULL: there is none. */
static gs_py *next_of(gs_py *entry)
{
    gs_py *next = gs_cpython.attribute(entry, "tb_next");
    gs_cpython.drop(entry);
    if (next != gs_cpython.none)
        return next;
    gs_cpython.drop(next);
    return NULL;
}

static uint32_t line_of(gs_py *entry)
{
    gs_py *number = gs_cpython.attribute(entry, "tb_lineno");
    long line = number ? gs_cpython.number(number) : 0;
    gs_cpython.drop(number);
    return line > 0 ? (uint32_t)line : 0;
}

/* The caller drops it; NULL: there is none. */
static gs_py *code_of(gs_py *entry)
{
    gs_py *frame = gs_cpython.attribute(entry, "tb_frame");
    gs_py *code = frame ? gs_cpython.code_of(frame) : NULL;
    gs_cpython.drop(frame);
    return code;
}

bool gs_error_raised(gs_py *error, char *file, size_t size, uint32_t *line)
{
    gs_py *entry = gs_cpython.attribute(error, "__traceback__");
    bool any = false;
    if (entry == gs_cpython.none) {
        gs_cpython.drop(entry);
        entry = NULL;
    }
    for (; entry; entry = next_of(entry)) {
        struct gs_frame frame = {.code = code_of(entry)};
        if (frame.code && gs_frame_is_own(&frame)) {
            gs_frame_file(&frame, file, size);
            *line = line_of(entry);
            any = true;
        }
        gs_cpython.drop(frame.code);
    }
    gs_cpython.clear_error();
    return any;
}
