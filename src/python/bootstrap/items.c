#include "python/bootstrap/items.h"

#include "python/cpython/calls.h"
#include "python/cpython/errors.h"
#include "python/cpython/frames.h"
#include "python/sync/handed.h"
#include "python/sync/objects.h"
#include "python/watch/gils.h"
#include "python/watch/sites.h"

#include <stdio.h>
#include <string.h>

/* Lib/concurrent/futures/thread.py: a _WorkItem is made by submit and run by a worker. */
static gs_py *their_init, *their_run;
static uint32_t submitted; /* in this process: they have numbers */

/* What is looked up again and again. */
static struct {
    gs_py *mark, *function, *name, *inner, *bound, *future;
} names;

static struct gs_watched *watched(void)
{
    return atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) ? gs_watched_self : NULL;
}

/* --- which executor's it is, and how many of its items wait */

struct line {
    uint32_t object, waiting;
    uint32_t results; /* object: through which what comes of them goes back; 0: none */
};

enum { LINES = 256 };

static struct line lines[LINES];

/* Items of more executors than that are not counted. NULL: so it is with this one. */
static struct line *line_of(uint32_t object)
{
    size_t i = 0;
    while (i < LINES && lines[i].object && lines[i].object != object)
        i++;
    if (i < LINES)
        lines[i].object = object;
    return i < LINES ? &lines[i] : NULL;
}

uint32_t gs_items_queue_here(const struct gs_watched *self)
{
    struct gs_frame frame;
    gs_py *executor =
        gs_frames_first(gs_gil_python_of(self), &frame) ? gs_frame_self(&frame) : NULL;
    return executor ? gs_objects_counted(self, executor, GS_OBJECT_QUEUE) : 0;
}

static void tell(struct gs_watched *self, bool send, uint32_t object, uint32_t number)
{
    uint64_t now = gs_watch_now();
    struct line *line = line_of(object);
    gs_watch_put(self, now, GS_EVENT_MESSAGE, send, (uint64_t)number << 32 | object, 0);
    if (!line || (!send && line->waiting == 0))
        return;
    line->waiting += send ? 1 : -1u;
    gs_watch_put(self, now, GS_EVENT_COUNTER, 0, object, line->waiting);
}

static gs_py *their_open;

uint32_t gs_items_queue(const char *text)
{
    struct gs_object_row row = {.kind = GS_OBJECT_QUEUE,
                                .name = gs_site_called(gs_gil_python_of(gs_watched_self), text)};
    return gs_segment_add_object(gs_watch.segment, &row);
}

/* The executor is made in the line that has a name for it. */
static gs_py *open_executor(gs_py *executor, gs_py *const *arguments, ssize_t count,
                            gs_py *keywords)
{
    gs_py *result = gs_call_method(their_open, executor, arguments, count, keywords);
    if (!result || !watched())
        return result;
    uint32_t tasks = gs_items_queue("tasks of ");
    struct line *line = line_of(tasks);
    gs_objects_share(executor, GS_OBJECT_QUEUE, tasks);
    if (line)
        line->results = gs_items_queue("results of ");
    return result;
}

/* --- made */

/* A value of the object's, which the caller drops; NULL: it has none. */
static gs_py *get(gs_py *object, gs_py *name)
{
    gs_py *value = object ? gs_cpython.attribute_named(object, name) : NULL;
    gs_cpython.clear_error();
    return value;
}

/* What is submitted has its number with it: who does it may be quicker than who submits it. */
static void note(struct gs_watched *self, gs_py *item)
{
    uint32_t object = gs_items_queue_here(self);
    if (!object)
        return;
    long long both = (long long)(((uint64_t)++submitted << 32) | object);
    gs_py *value = gs_cpython.new_number(both);
    if (value && gs_cpython.set_attribute(item, names.mark, value) == 0) {
        const struct line *line = line_of(object);
        gs_py *future = get(item, names.future);
        if (future)
            gs_handed_note(future, (struct gs_handed){.item = (uint64_t)both,
                                                      .results = line ? line->results : 0});
        gs_cpython.drop(future);
        tell(self, true, object, submitted);
    }
    gs_cpython.drop(value);
    gs_cpython.clear_error();
}

static gs_py *make(gs_py *item, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    gs_py *result = gs_call_method(their_init, item, arguments, count, keywords);
    if (result && watched())
        note(gs_watched_self, item);
    return result;
}

/* --- run */

uint32_t gs_items_name(gs_py *function)
{
    gs_py *name = get(function, names.name);
    const char *text = name ? gs_cpython.text(name) : NULL;
    uint32_t string =
        gs_watch_string(text ? text : "a call", text ? strlen(text) : strlen("a call"));
    gs_cpython.drop(name);
    gs_cpython.clear_error();
    return string;
}

/* asyncio.to_thread has a task's context run the function: functools.partial(context.run, …). */
static uint32_t name_of(gs_py *item)
{
    gs_py *function = get(item, names.function), *inner = get(function, names.inner),
          *bound = get(function, names.bound);
    bool in_context =
        inner && bound &&
        strcmp(gs_type_name(gs_object_type(inner)), "builtin_function_or_method") == 0;
    gs_py *meant = in_context && gs_cpython.tuple_size(bound) > 0 ? gs_cpython.tuple_item(bound, 0)
                   : inner                                        ? inner
                                                                  : function;
    uint32_t string = gs_items_name(meant);
    gs_cpython.drop(function);
    gs_cpython.drop(inner);
    gs_cpython.drop(bound);
    return string;
}

static void label(struct gs_watched *self, enum gs_event_kind kind, uint32_t string)
{
    struct gs_event event = {.kind = (uint8_t)kind, .actor = self->id, .a = string};
    event.time = gs_watch_now();
    gs_watch_put_event(self, event);
}

void gs_items_tell_failure(struct gs_watched *self, gs_py *error, uint32_t name)
{
    char reason[256], text[384];
    gs_error_describe(error, reason, sizeof reason);
    snprintf(text, sizeof text, "%s failed: %s", gs_segment_text(gs_watch.segment, name), reason);
    gs_watch_put(self, gs_watch_now(), GS_EVENT_NOTE, 0, gs_watch_string(text, strlen(text)), 0);
}

static void look_at_result(struct gs_watched *self, gs_py *result, uint32_t name)
{
    gs_py *error = result ? gs_cpython.attribute(result, "_exception") : NULL;
    gs_cpython.clear_error();
    if (error && error != gs_cpython.none)
        gs_items_tell_failure(self, error, name);
    gs_cpython.drop(error);
}

static gs_py *run(gs_py *item, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    struct gs_watched *self = watched();
    gs_py *value = self ? get(item, names.mark) : NULL;
    if (!value)
        return gs_call_method(their_run, item, arguments, count, keywords);
    uint64_t both = (uint64_t)gs_cpython.number(value);
    gs_py *result_of = get(item, names.future);
    uint32_t name = name_of(item);
    gs_cpython.drop(value);
    struct gs_handed *handed = result_of ? gs_handed_find(result_of) : NULL;
    if (handed)
        handed->raised.what = name;
    tell(self, false, (uint32_t)both, (uint32_t)(both >> 32));
    label(self, GS_EVENT_LABEL_BEGIN, name);
    gs_py *result = gs_call_method(their_run, item, arguments, count, keywords);
    gs_handed_over(result_of);
    if (watched() == self) {
        if (result)
            look_at_result(self, result_of, name);
        label(self, GS_EVENT_LABEL_END, 0);
    }
    gs_cpython.drop(result_of);
    return result;
}

/* --- put in front */

static struct gs_stand stands[] = {
    {"ThreadPoolExecutor", &their_open, {"__init__", open_executor, GS_METHOD_ARRAY, NULL}},
    {"_WorkItem", &their_init, {"__init__", make, GS_METHOD_ARRAY, NULL}},
    {"_WorkItem", &their_run, {"run", run, GS_METHOD_ARRAY, NULL}},
};

/* in_front_of_items(type, name, function, text): what stands in a type instead of its method. */
static gs_py *in_front_of_items(gs_py *unused, gs_py *const *arguments, ssize_t count,
                                gs_py *keywords)
{
    (void)unused;
    (void)keywords;
    return gs_stand_in_front(stands, sizeof stands / sizeof stands[0], arguments, count);
}

void gs_items_offer(void (*set)(const char *name, gs_py *value))
{
    static struct gs_method offered = {"in_front_of_items", in_front_of_items, GS_METHOD_ARRAY,
                                       NULL};
    names.mark = gs_cpython.new_name("_gilscope");
    names.function = gs_cpython.new_name("fn");
    names.name = gs_cpython.new_name("__qualname__");
    names.inner = gs_cpython.new_name("func");
    names.bound = gs_cpython.new_name("args");
    names.future = gs_cpython.new_name("future");
    set(offered.name, gs_cpython.new_function(&offered, NULL, NULL));
}
