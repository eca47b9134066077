#include "python/loops/ears.h"

#include "python/cpython/frames.h"

#include <string.h>

/* The loop has it for as long as it lives. NULL: it has none that is a dict. */
static const gs_py *handlers_of(gs_py *loop)
{
    gs_py *handlers = gs_cpython.attribute(loop, "_signal_handlers");
    bool good = handlers && strcmp(gs_type_name(gs_object_type(handlers)), "dict") == 0;
    gs_cpython.drop(handlers);
    return good ? handlers : NULL;
}

static int descriptor_of(gs_py *loop)
{
    gs_py *name = gs_cpython.new_name("fileno");
    gs_py *socket = gs_cpython.attribute(loop, "_ssock");
    gs_py *number = socket && name ? gs_cpython.call_method(socket, name, NULL) : NULL;
    long fd = number ? gs_cpython.number(number) : -1;
    gs_cpython.drop(number);
    gs_cpython.drop(socket);
    gs_cpython.drop(name);
    return (int)fd;
}

void gs_ear_find(struct gs_watched *self, gs_py *loop)
{
    self->ear = (struct gs_ear){.handlers = handlers_of(loop), .fd = descriptor_of(loop)};
    gs_cpython.clear_error();
}
