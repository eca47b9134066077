#include "python/cpython/calls.h"

#include "python/cpython/frames.h"

#include <stdlib.h>
#include <string.h>

/* A function written in Python is called through an address that it has in itself, its type says
 * where (PEP 590); 3.9 has no function to do it. */
gs_py *gs_call_function(gs_py *function, gs_py *const *arguments, size_t count, gs_py *names)
{
    enum { TYPE_VECTORCALL = 56 };
    gs_py *(*call)(gs_py * function, gs_py *const *arguments, size_t count, gs_py *names);
    ssize_t place;
    memcpy(&place, (const char *)gs_object_type(function) + TYPE_VECTORCALL, sizeof place);
    memcpy(&call, (const char *)function + place, sizeof call);
    return call(function, arguments, count, names);
}

gs_py *gs_call_method(gs_py *function, gs_py *self, gs_py *const *arguments, ssize_t count,
                      gs_py *names)
{
    enum { FEW = 16 };
    gs_py *few[FEW], **all = few;
    size_t values = (size_t)count + (names ? (size_t)gs_cpython.tuple_size(names) : 0);
    if (values + 1 > FEW && !(all = malloc((values + 1) * sizeof *all)))
        abort();
    all[0] = self;
    memcpy(all + 1, arguments, values * sizeof *all);
    gs_py *result = gs_call_function(function, all, (size_t)count + 1, names);
    if (all != few)
        free(all);
    return result;
}

void gs_method_describe(struct gs_method *method, gs_py *text)
{
    const char *told = gs_cpython.text(text);
    if (!method->doc && told && *told)
        method->doc = strdup(told);
}

gs_py *gs_stand_in_front(struct gs_stand *stands, size_t stand_count, gs_py *const *arguments,
                         ssize_t count)
{
    const char *name = count == 4 ? gs_cpython.text(arguments[1]) : NULL;
    for (size_t i = 0; name && i < stand_count; i++) {
        if (strcmp(name, stands[i].method.name) != 0 ||
            strcmp(gs_type_name(arguments[0]), stands[i].type) != 0)
            continue;
        gs_cpython.keep(arguments[2]);
        *stands[i].theirs = arguments[2];
        gs_method_describe(&stands[i].method, arguments[3]);
        return gs_cpython.new_descriptor(arguments[0], &stands[i].method);
    }
    gs_cpython.clear_error();
    gs_cpython.keep(gs_cpython.none);
    return gs_cpython.none;
}
