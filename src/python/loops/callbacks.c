#include "python/loops/callbacks.h"

#include "python/cpython/frames.h"
#include "python/cpython/patch.h"
#include "python/cpython/spot.h"
#include "python/loops/askers.h"
#include "python/loops/busy.h"
#include "python/loops/steps.h"
#include "python/loops/table.h"
#include "python/watch/places.h"

#include <string.h>

enum { MOST_WRAPPERS = 4, LONG_NS = 1000000 };

/* Names that are looked up again and again. */
static struct {
    gs_py *function, *call, *code, *what, *line;
} names;

/* A reference of the caller's; NULL: it has none. */
static gs_py *attribute(gs_py *object, gs_py *name)
{
    gs_py *value = gs_cpython.attribute_named(object, name);
    if (!value)
        gs_cpython.clear_error();
    return value;
}

/* --- who it is */

/* functools.partial is called for what is in it. A reference of the caller's. */
static gs_py *unwrapped(gs_py *callback)
{
    gs_cpython.keep(callback);
    for (int i = 0; i < MOST_WRAPPERS; i++) {
        if (!strstr(gs_type_name(gs_object_type(callback)), "partial"))
            break;
        gs_py *inner = attribute(callback, names.function);
        if (!inner)
            break;
        gs_cpython.drop(callback);
        callback = inner;
    }
    return callback;
}

/* "Poller.tick"; of an object that can be called its type. */
static uint32_t string_of(gs_py *name, gs_py *callback)
{
    const char *text = name ? gs_cpython.text(name) : NULL;
    if (!text) {
        gs_cpython.clear_error();
        text = gs_type_name(gs_object_type(callback));
    }
    return gs_watch_string(text, strlen(text));
}

static uint32_t first_line_of(gs_py *code)
{
    gs_py *line = attribute(code, names.line);
    long number = line ? gs_cpython.number(line) : 0;
    if (line)
        gs_cpython.drop(line);
    return number > 0 ? (uint32_t)number : 0;
}

/* An object that can be called has that of its method; what is written in C has none, and to ask it
 * would be an error, which is dear. */
static gs_py *code_of(gs_py *callback)
{
    if (strcmp(gs_type_name(gs_object_type(callback)), "builtin_function_or_method") == 0)
        return NULL;
    gs_py *code = attribute(callback, names.code);
    gs_py *method = code ? NULL : attribute(callback, names.call);
    if (method) {
        code = attribute(method, names.code);
        gs_cpython.drop(method);
    }
    return code;
}

/* What is known of one that has been called before, by its code and its name: what a decorator
 * makes has the same code for all. Both stay for that long, so nothing else can have their
 * addresses. */
struct known {
    gs_py *code, *name;
    uint32_t string, line;
    uint16_t place;
    bool own;
};

static void look_at(struct known *known, gs_py *callback)
{
    const struct gs_spot spot = {.line.code = known->code};
    uint32_t unused;
    known->string = string_of(known->name, callback);
    known->own = known->code && gs_frame_is_own(&spot.line);
    if (!known->own)
        return;
    gs_places_of_spot(&spot, &unused, &known->place);
    known->line = first_line_of(known->code);
}

static void drop(const struct known *known)
{
    if (known->code)
        gs_cpython.drop(known->code);
    if (known->name)
        gs_cpython.drop(known->name);
}

static struct known know(gs_py *callback)
{
    enum { KNOWN = 64 };
    static struct known all[KNOWN];
    struct known now = {.code = code_of(callback), .name = attribute(callback, names.what)};
    struct known *known = &all[(uintptr_t)now.code / 16 % KNOWN], old = *known;
    if (now.code && now.name && old.code == now.code && old.name == now.name) {
        drop(&now);
        return old;
    }
    look_at(&now, callback);
    *known = now;
    drop(&old);
    return now;
}

/* --- its call */

static _Thread_local uint32_t asker;

uint32_t gs_callbacks_asker(void)
{
    return asker;
}

/* What waits for a future's end is called with the future. */
static uint32_t find_asker(gs_py *const *arguments, ssize_t count)
{
    uint32_t thread = gs_askers_take(arguments[0]);
    const struct gs_task *task = count > 1 ? gs_task_of(arguments[1]) : NULL;
    bool ended = task && task->state == GS_TASK_OVER;
    return thread ? thread : ended ? task->actor : 0;
}

static void begin(struct gs_watched *self, gs_py *callback)
{
    gs_py *inner = unwrapped(callback);
    struct known known = know(inner);
    gs_cpython.drop(inner);
    self->called = (struct gs_called){.name = known.string,
                                      .line = known.line,
                                      .place = known.place,
                                      .calls = true,
                                      .untold = true};
    self->called.since = gs_watch_now();
    if (known.own)
        gs_watched_tell_called(self);
    gs_busy_begin(self, self->loop);
}

/* Inside it the process may have been forked. */
static void finish(struct gs_watched *self)
{
    asker = 0;
    if (gs_steps_watched() != self)
        return;
    gs_busy_end(self);
    uint64_t now = gs_watch_now();
    if (self->called.untold && now - self->called.since >= LONG_NS)
        gs_watched_tell_called(self);
    if (!self->called.untold)
        gs_watch_put_for(self, self->loop, now, GS_EVENT_LABEL_END, 0, 0, 0);
    self->called.calls = self->called.untold = false;
}

/* The program may run something in a context as well, in a loop that has handles of another kind.
 */
static bool is_handles(const struct gs_watched *self)
{
    struct gs_frame frame;
    char function[32];
    if (!gs_frames_first(self->python, &frame))
        return false;
    gs_frame_function(&frame, function, sizeof function);
    return strcmp(function, "_run") == 0 && !gs_frame_is_own(&frame);
}

typedef gs_py *array_method(gs_py *self, gs_py *const *arguments, ssize_t count, gs_py *keywords);

static array_method *run;

static gs_py *our_run(gs_py *context, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    gs_py *type = NULL, *value = NULL, *traceback = NULL;
    if (count < 1 || gs_steps_is_one(arguments[0]))
        return run(context, arguments, count, keywords);
    struct gs_watched *self = gs_steps_watched();
    if (!self || !self->loop || self->task || self->called.calls || !is_handles(self))
        return run(context, arguments, count, keywords);
    asker = find_asker(arguments, count);
    begin(self, arguments[0]);
    gs_py *result = run(context, arguments, count, keywords);
    if (!result)
        gs_cpython.fetch_error(&type, &value, &traceback);
    finish(self);
    if (!result)
        gs_cpython.restore_error(type, value, traceback);
    return result;
}

void gs_callbacks_open(void)
{
    array_method *ours = our_run;
    gs_py *module = gs_cpython.import_module("_contextvars");
    gs_py *context = module ? gs_cpython.attribute(module, "Context") : NULL;
    gs_py *method = context ? gs_cpython.attribute(context, "run") : NULL;
    names.function = gs_cpython.new_name("func");
    names.call = gs_cpython.new_name("__call__");
    names.code = gs_cpython.new_name("__code__");
    names.what = gs_cpython.new_name("__qualname__");
    names.line = gs_cpython.new_name("co_firstlineno");
    if (method)
        gs_patch(gs_patch_method(method), &run, &ours);
    for (size_t i = 0; i < 3; i++) {
        gs_py *object = ((gs_py *[]){method, context, module})[i];
        if (object)
            gs_cpython.drop(object);
    }
    gs_cpython.clear_error();
}
