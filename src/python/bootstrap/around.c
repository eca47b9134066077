#include "python/bootstrap/around.h"

#include "python/cpython/calls.h"

#include <string.h>

/* self of a function of ours is a pair: what is ours, what is theirs. */
static gs_py *call_theirs(gs_py *pair, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    return gs_call_function(gs_cpython.tuple_item(pair, 1), arguments, (size_t)count, names);
}

/* What ours makes of the value; NULL: it has failed. */
static gs_py *call_ours(gs_py *pair, gs_py *value)
{
    gs_py *result = gs_cpython.call(gs_cpython.tuple_item(pair, 0), value, NULL);
    if (!result)
        gs_cpython.clear_error();
    return result;
}

static gs_py *run_followed(gs_py *pair, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *result = call_theirs(pair, arguments, count, names);
    gs_py *looked = result && count > 0 ? call_ours(pair, arguments[0]) : NULL;
    gs_cpython.drop(looked);
    return result;
}

static gs_py *run_changed(gs_py *pair, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *result = call_theirs(pair, arguments, count, names);
    gs_py *changed = result ? call_ours(pair, result) : NULL;
    if (!changed)
        return result;
    gs_cpython.drop(result);
    return changed;
}

/* Where a module keeps the pair of its worker. A function of a module is pickled by its name, and
 * its self is the module. */
static gs_py *place;

static gs_py *run_worker(gs_py *module, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *pair = gs_cpython.attribute_named(module, place), *result;
    if (!pair)
        return NULL;
    gs_py *first = count > 0 ? call_ours(pair, arguments[0]) : NULL;
    if (first)
        result =
            gs_call_method(gs_cpython.tuple_item(pair, 1), first, arguments + 1, count - 1, names);
    else
        result = call_theirs(pair, arguments, count, names);
    gs_cpython.drop(first);
    gs_cpython.drop(pair);
    return result;
}

/* The function keeps the pair. */
static gs_py *around(struct gs_method *method, gs_py *const *arguments, ssize_t count)
{
    gs_py *pair = count == 2 ? gs_cpython.pack(2, arguments[0], arguments[1]) : NULL;
    gs_py *function = pair ? gs_cpython.new_function(method, pair, NULL) : NULL;
    gs_cpython.drop(pair);
    return function;
}

static gs_py *followed(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    static struct gs_method method = {"followed", run_followed, GS_METHOD_ARRAY, NULL};
    (void)unused;
    (void)names;
    return around(&method, arguments, count);
}

static gs_py *changed(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    static struct gs_method method = {"changed", run_changed, GS_METHOD_ARRAY, NULL};
    (void)unused;
    (void)names;
    return around(&method, arguments, count);
}

static gs_py *worker_of(struct gs_method *method, gs_py *module, gs_py *name, gs_py *change)
{
    gs_py *theirs = gs_cpython.attribute_named(module, name);
    gs_py *pair = theirs ? gs_cpython.pack(2, change, theirs) : NULL;
    gs_py *called = pair ? gs_cpython.attribute(module, "__name__") : NULL, *function = NULL;
    if (called && gs_cpython.set_attribute(module, place, pair) == 0)
        function = gs_cpython.new_function(method, module, called);
    gs_py *const parts[] = {theirs, pair, called};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i])
            gs_cpython.drop(parts[i]);
    }
    return function;
}

static gs_py *worker(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    static struct gs_method methods[] = {{"worker", run_worker, GS_METHOD_ARRAY, NULL},
                                         {"_process_worker", run_worker, GS_METHOD_ARRAY, NULL}};
    const char *name = count == 4 ? gs_cpython.text(arguments[1]) : NULL;
    (void)unused;
    (void)names;
    for (size_t i = 0; name && i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(name, methods[i].name) != 0)
            continue;
        gs_method_describe(&methods[i], arguments[3]);
        return worker_of(&methods[i], arguments[0], arguments[1], arguments[2]);
    }
    return NULL;
}

void gs_around_offer(void (*set)(const char *name, gs_py *value))
{
    static struct gs_method offered[] = {{"followed", followed, GS_METHOD_ARRAY, NULL},
                                         {"changed", changed, GS_METHOD_ARRAY, NULL},
                                         {"worker", worker, GS_METHOD_ARRAY, NULL}};
    place = gs_cpython.new_name("_gilscope_worker");
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        set(offered[i].name, gs_cpython.new_function(&offered[i], NULL, NULL));
}
