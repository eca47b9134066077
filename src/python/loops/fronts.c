#include "python/loops/fronts.h"

#include "python/cpython/frames.h"
#include "python/loops/says.h"
#include "python/loops/steps.h"

#include <stdlib.h>
#include <string.h>

/* A method of C as every version of the stable ABI knows it. */
struct method {
    const char *name;
    gs_py *(*call)(gs_py *self, gs_py *const *arguments, ssize_t count, gs_py *names);
    int flags;
    const char *doc;
};

enum { KEYWORDS = 2, ARRAY = 128 };

/* A function written in Python is called through an address that it has in itself, its type says
 * where (PEP 590); 3.9 has no function to do it. */
static gs_py *call_function(gs_py *function, gs_py *const *arguments, size_t count, gs_py *names)
{
    enum { TYPE_VECTORCALL = 56 };
    gs_py *(*call)(gs_py * function, gs_py *const *arguments, size_t count, gs_py *names);
    ssize_t place;
    memcpy(&place, (const char *)gs_object_type(function) + TYPE_VECTORCALL, sizeof place);
    memcpy(&call, (const char *)function + place, sizeof call);
    return call(function, arguments, count, names);
}

/* The object comes first, as in any method. */
static gs_py *call_method(gs_py *function, gs_py *self, gs_py *const *arguments, ssize_t count,
                          gs_py *names)
{
    enum { FEW = 16 };
    gs_py *few[FEW], **all = few;
    size_t values = (size_t)count + (names ? (size_t)gs_cpython.tuple_size(names) : 0);
    if (values + 1 > FEW && !(all = malloc((values + 1) * sizeof *all)))
        abort();
    all[0] = self;
    memcpy(all + 1, arguments, values * sizeof *all);
    gs_py *result = call_function(function, all, (size_t)count + 1, names);
    if (all != few)
        free(all);
    return result;
}

/* --- methods of BaseEventLoop, and of TaskGroup */

static gs_py *their_call_soon, *their_close, *their_handler, *their_create, *their_group_create;

/* The task, or NULL with an error set. */
static gs_py *made(gs_py *task)
{
    gs_py *type = NULL, *value = NULL, *traceback = NULL;
    if (!task)
        gs_cpython.fetch_error(&type, &value, &traceback);
    gs_steps_made(task);
    if (!task)
        gs_cpython.restore_error(type, value, traceback);
    return task;
}

static gs_py *call_soon(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    if (count > 0)
        gs_steps_asked(arguments[0]);
    return call_method(their_call_soon, loop, arguments, count, names);
}

static gs_py *close_loop(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *result = call_method(their_close, loop, arguments, count, names);
    if (result)
        gs_steps_closed(loop);
    return result;
}

static gs_py *handle_exception(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    if (count > 0)
        gs_says_handled(arguments[0]);
    return call_method(their_handler, loop, arguments, count, names);
}

static gs_py *create_task(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_steps_make();
    gs_py *task = call_method(their_create, loop, arguments, count, names);
    return made(task);
}

static gs_py *create_in_group(gs_py *group, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_steps_make();
    gs_py *task = call_method(their_group_create, group, arguments, count, names);
    return made(task);
}

static struct front {
    const char *type;
    gs_py **theirs;
    struct method method;
} fronts[] = {
    {"BaseEventLoop", &their_call_soon, {"call_soon", call_soon, ARRAY | KEYWORDS, NULL}},
    {"BaseEventLoop", &their_close, {"close", close_loop, ARRAY | KEYWORDS, NULL}},
    {"BaseEventLoop",
     &their_handler,
     {"call_exception_handler", handle_exception, ARRAY | KEYWORDS, NULL}},
    {"BaseEventLoop", &their_create, {"create_task", create_task, ARRAY | KEYWORDS, NULL}},
    {"TaskGroup", &their_group_create, {"create_task", create_in_group, ARRAY | KEYWORDS, NULL}},
};

/* --- offered */

static gs_py *none(void)
{
    gs_cpython.keep(gs_cpython.none);
    return gs_cpython.none;
}

/* in_front(type, name, function): what stands in the type instead. */
static gs_py *in_front(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    const char *name = count == 3 ? gs_cpython.text(arguments[1]) : NULL;
    for (size_t i = 0; name && i < sizeof fronts / sizeof fronts[0]; i++) {
        if (strcmp(name, fronts[i].method.name) != 0 ||
            strcmp(gs_type_name(arguments[0]), fronts[i].type) != 0)
            continue;
        gs_cpython.keep(arguments[2]);
        *fronts[i].theirs = arguments[2];
        return gs_cpython.new_descriptor(arguments[0], &fronts[i].method);
    }
    gs_cpython.clear_error();
    return none();
}

/* see_steps(module, step, wake_up) */
static gs_py *see_steps(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    if (count == 3)
        gs_steps_open(arguments[0], arguments[1], arguments[2]);
    gs_cpython.clear_error();
    return none();
}

/* Called with a coroutine, in front of the function that warns of it, which is self. */
static gs_py *warn(gs_py *function, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    if (count > 0)
        gs_says_unawaited(arguments[0]);
    return call_function(function, arguments, (size_t)count, names);
}

static struct method warn_method = {"warn", warn, ARRAY | KEYWORDS, NULL};

/* warning(function): the same function, heard. */
static gs_py *warning(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    return count == 1 ? gs_cpython.new_function(&warn_method, arguments[0], NULL) : none();
}

/* In front of a function that makes a task, which is self. */
static gs_py *make(gs_py *function, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_steps_make();
    return made(call_function(function, arguments, (size_t)count, names));
}

static struct method make_method = {"create_task", make, ARRAY | KEYWORDS, NULL};

/* making(function): the same function, seen. */
static gs_py *making(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    return count == 1 ? gs_cpython.new_function(&make_method, arguments[0], NULL) : none();
}

void gs_fronts_offer(void (*set)(const char *name, gs_py *value))
{
    static struct method offered[] = {{"in_front", in_front, ARRAY | KEYWORDS, NULL},
                                      {"see_steps", see_steps, ARRAY | KEYWORDS, NULL},
                                      {"warning", warning, ARRAY | KEYWORDS, NULL},
                                      {"making", making, ARRAY | KEYWORDS, NULL}};
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        set(offered[i].name, gs_cpython.new_function(&offered[i], NULL, NULL));
}
