#include "python/loops/fronts.h"

#include "python/cpython/calls.h"
#include "python/cpython/frames.h"
#include "python/loops/askers.h"
#include "python/loops/holders.h"
#include "python/loops/limits.h"
#include "python/loops/says.h"
#include "python/loops/steps.h"

#include <string.h>

/* --- methods of BaseEventLoop, and of TaskGroup */

static gs_py *their_call_soon, *their_threadsafe, *their_close, *their_handler, *their_create,
    *their_call_at, *their_group_create, *their_uvloop_threadsafe, *their_uvloop_soon,
    *their_uvloop_create;

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
    return gs_call_method(their_call_soon, loop, arguments, count, names);
}

static gs_py *uvloop_call_soon(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    if (count > 0)
        gs_steps_asked(arguments[0]);
    return gs_call_method(their_uvloop_soon, loop, arguments, count, names);
}

/* It may be called before the asking returns, by a loop that is awake. */
static gs_py *call_soon_threadsafe(gs_py *loop, gs_py *const *arguments, ssize_t count,
                                   gs_py *names)
{
    uint32_t asker = count > 0 ? gs_steps_asker(loop) : 0;
    if (asker)
        gs_askers_note(loop, arguments[0], asker);
    gs_py *result = gs_call_method(their_threadsafe, loop, arguments, count, names);
    if (asker && !result)
        gs_askers_take(arguments[0]);
    return result;
}

/* uvloop's handles are called where nobody sees it: no more is known than who wakes the loop. */
static gs_py *uvloop_call_soon_threadsafe(gs_py *loop, gs_py *const *arguments, ssize_t count,
                                          gs_py *names)
{
    (void)gs_steps_asker(loop);
    return gs_call_method(their_uvloop_threadsafe, loop, arguments, count, names);
}

/* call_later is one, too. */
static gs_py *call_at(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *handle = gs_call_method(their_call_at, loop, arguments, count, names);
    const struct gs_watched *self = handle && count > 1 ? gs_steps_watched() : NULL;
    if (self)
        gs_limits_note(self, arguments[0], arguments[1], handle);
    return handle;
}

static gs_py *close_loop(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *result = gs_call_method(their_close, loop, arguments, count, names);
    if (result)
        gs_steps_closed(loop);
    return result;
}

static gs_py *handle_exception(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    if (count > 0)
        gs_says_handled(arguments[0]);
    return gs_call_method(their_handler, loop, arguments, count, names);
}

static gs_py *create_task(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_steps_make();
    gs_py *task = gs_call_method(their_create, loop, arguments, count, names);
    return made(task);
}

static gs_py *uvloop_create_task(gs_py *loop, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_steps_make();
    return made(gs_call_method(their_uvloop_create, loop, arguments, count, names));
}

static gs_py *create_in_group(gs_py *group, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_steps_make();
    gs_py *task = gs_call_method(their_group_create, group, arguments, count, names);
    return made(task);
}

static struct gs_stand stands[] = {
    {"BaseEventLoop", &their_call_soon, {"call_soon", call_soon, GS_METHOD_ARRAY, NULL}},
    {"BaseEventLoop",
     &their_threadsafe,
     {"call_soon_threadsafe", call_soon_threadsafe, GS_METHOD_ARRAY, NULL}},
    {"Loop",
     &their_uvloop_threadsafe,
     {"call_soon_threadsafe", uvloop_call_soon_threadsafe, GS_METHOD_ARRAY, NULL}},
    {"Loop", &their_uvloop_soon, {"call_soon", uvloop_call_soon, GS_METHOD_ARRAY, NULL}},
    {"Loop", &their_uvloop_create, {"create_task", uvloop_create_task, GS_METHOD_ARRAY, NULL}},
    {"BaseEventLoop", &their_call_at, {"call_at", call_at, GS_METHOD_ARRAY, NULL}},
    {"BaseEventLoop", &their_close, {"close", close_loop, GS_METHOD_ARRAY, NULL}},
    {"BaseEventLoop",
     &their_handler,
     {"call_exception_handler", handle_exception, GS_METHOD_ARRAY, NULL}},
    {"BaseEventLoop", &their_create, {"create_task", create_task, GS_METHOD_ARRAY, NULL}},
    {"TaskGroup", &their_group_create, {"create_task", create_in_group, GS_METHOD_ARRAY, NULL}},
};

/* --- offered */

static gs_py *none(void)
{
    gs_cpython.keep(gs_cpython.none);
    return gs_cpython.none;
}

/* in_front(type, name, function, text): what stands in the type instead. */
static gs_py *in_front(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    return gs_stand_in_front(stands, sizeof stands / sizeof stands[0], arguments, count);
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

/* see_lock(type) */
static gs_py *see_lock(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    if (count == 1)
        gs_holders_open(arguments[0]);
    return none();
}

/* Called with a coroutine, in front of the function that warns of it, which is self. */
static gs_py *warn(gs_py *function, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    if (count > 0)
        gs_says_unawaited(arguments[0]);
    return gs_call_function(function, arguments, (size_t)count, names);
}

static struct gs_method warn_method = {"warn", warn, GS_METHOD_ARRAY, NULL};

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
    return made(gs_call_function(function, arguments, (size_t)count, names));
}

static struct gs_method make_method = {"create_task", make, GS_METHOD_ARRAY, NULL};

/* making(function, text): the same function, seen. */
static gs_py *making(gs_py *unused, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    (void)unused;
    (void)names;
    if (count != 2)
        return none();
    gs_method_describe(&make_method, arguments[1]);
    gs_py *module = gs_cpython.attribute(arguments[0], "__module__");
    gs_py *function = gs_cpython.new_function(&make_method, arguments[0], module);
    if (module)
        gs_cpython.drop(module);
    return function;
}

void gs_fronts_offer(void (*set)(const char *name, gs_py *value))
{
    static struct gs_method offered[] = {{"in_front", in_front, GS_METHOD_ARRAY, NULL},
                                         {"see_steps", see_steps, GS_METHOD_ARRAY, NULL},
                                         {"see_lock", see_lock, GS_METHOD_ARRAY, NULL},
                                         {"warning", warning, GS_METHOD_ARRAY, NULL},
                                         {"making", making, GS_METHOD_ARRAY, NULL}};
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        set(offered[i].name, gs_cpython.new_function(&offered[i], NULL, NULL));
}
