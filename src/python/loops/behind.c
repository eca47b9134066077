#include "python/loops/behind.h"

#include "python/cpython/frames.h"

#include <string.h>

/* The caller drops it; NULL: there is none. */
static gs_py *first_of(gs_py *list)
{
    gs_py *get = gs_cpython.new_name("__getitem__"), *zero = gs_cpython.new_number(0);
    gs_py *item = list && list != gs_cpython.none && get && zero
                      ? gs_cpython.call_method(list, get, zero, NULL)
                      : NULL;
    gs_cpython.drop(get);
    gs_cpython.drop(zero);
    return item;
}

/* "shield.<locals>._outer_done_callback" */
static bool is_inside(const char *name, const char *function)
{
    size_t length = strlen(function);
    return name && strncmp(name, function, length) == 0 && name[length] == '.';
}

static void *look(gs_py *callback, const char *function, void *(*known)(const gs_py *inner))
{
    gs_py *name = gs_cpython.attribute(callback, "__qualname__");
    gs_py *cells = is_inside(name ? gs_cpython.text(name) : NULL, function)
                       ? gs_cpython.attribute(callback, "__closure__")
                       : NULL;
    void *found = NULL;
    for (ssize_t i = 0; cells && !found && i < gs_cpython.tuple_size(cells); i++) {
        gs_py *inner = gs_cpython.attribute(gs_cpython.tuple_item(cells, i), "cell_contents");
        found = inner ? known(inner) : NULL;
        gs_cpython.drop(inner);
    }
    gs_cpython.drop(name);
    gs_cpython.drop(cells);
    return found;
}

void *gs_behind(gs_py *future, const char *function, void *(*known)(const gs_py *inner))
{
    gs_py *callbacks = gs_cpython.attribute(future, "_callbacks");
    gs_py *pair = first_of(callbacks);
    bool is_pair = pair && strcmp(gs_type_name(gs_object_type(pair)), "tuple") == 0;
    void *found = is_pair ? look(gs_cpython.tuple_item(pair, 0), function, known) : NULL;
    gs_cpython.drop(callbacks);
    gs_cpython.drop(pair);
    gs_cpython.clear_error();
    return found;
}
