#include "python/bootstrap/results.h"

#include "python/bootstrap/items.h"
#include "python/cpython/calls.h"
#include "python/sync/arrivals.h"
#include "python/sync/objects.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <string.h>

/* Lib/concurrent/futures/_base.py: class Future. */
static gs_py *their_set_result, *their_set_exception, *their_result, *their_exception;
static gs_py *their_item, *their_open; /* process.py: of _WorkItem and ProcessPoolExecutor */

/* What is looked up again and again. */
static struct {
    gs_py *failure, *future, *function, *inner, *bound, *name;
} names;

static struct gs_watched *watched(void)
{
    return atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) ? gs_watched_self : NULL;
}

/* --- what processes are given: only the future of it is here */

static uint32_t given; /* in this process: they have numbers */

/* map() gives a chunk of calls at once. */
static gs_py *meant_by(gs_py *function)
{
    gs_py *inner = gs_cpython.attribute_named(function, names.inner);
    gs_py *bound = inner ? gs_cpython.attribute_named(function, names.bound) : NULL;
    gs_py *name = inner ? gs_cpython.attribute_named(inner, names.name) : NULL;
    const char *text = name ? gs_cpython.text(name) : NULL;
    bool chunk = text && bound && strcmp(text, "_process_chunk") == 0;
    gs_py *meant =
        chunk && gs_cpython.tuple_size(bound) > 0 ? gs_cpython.tuple_item(bound, 0) : function;
    gs_cpython.drop(inner);
    gs_cpython.drop(bound);
    gs_cpython.drop(name);
    gs_cpython.clear_error();
    return meant;
}

static void note(const struct gs_watched *self, gs_py *item)
{
    gs_py *future = gs_cpython.attribute_named(item, names.future);
    gs_py *function = gs_cpython.attribute_named(item, names.function);
    uint32_t through = gs_items_queue_here(self);
    if (future && function)
        gs_handed_note(future,
                       (struct gs_handed){.item = (uint64_t)++given << 32,
                                          .results = through,
                                          .raised.what = gs_items_name(meant_by(function))});
    gs_cpython.drop(future);
    gs_cpython.drop(function);
    gs_cpython.clear_error();
}

static gs_py *make_item(gs_py *item, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    gs_py *result = gs_call_method(their_item, item, arguments, count, keywords);
    if (result && watched())
        note(gs_watched_self, item);
    return result;
}

/* A thread of its own hands on what comes from its processes: the executor is made in the line that
 * has a name for it. */
static gs_py *open_executor(gs_py *executor, gs_py *const *arguments, ssize_t count,
                            gs_py *keywords)
{
    gs_py *result = gs_call_method(their_open, executor, arguments, count, keywords);
    if (result && watched())
        gs_objects_share(executor, GS_OBJECT_QUEUE, gs_items_queue("futures of "));
    return result;
}

/* --- put into it */

/* Before it is done: who waits for it may be quicker than who looks afterwards. error: NULL, it is
 * none. One that comes from another process has lost where it was raised. */
static void tell_done(gs_py *future, gs_py *error)
{
    struct gs_watched *self = watched();
    struct gs_handed *handed = self ? gs_handed_find(future) : NULL;
    if (!handed || handed->by)
        return;
    handed->by = self->id;
    if ((uint32_t)handed->item)
        handed->raised.whose = self->id;
    if ((uint32_t)handed->item && error)
        gs_raised_look(&handed->raised, error);
    if (handed->results)
        gs_watch_put(self, gs_watch_now(), GS_EVENT_MESSAGE, 1,
                     handed->item >> 32 << 32 | handed->results, 0);
}

static gs_py *set_result(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    tell_done(future, NULL);
    return gs_call_method(their_set_result, future, arguments, count, keywords);
}

static gs_py *set_exception(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    tell_done(future, count > 0 ? arguments[0] : NULL);
    return gs_call_method(their_set_exception, future, arguments, count, keywords);
}

/* --- got out of it */

/* asyncio copies it into a future of its own, which a task gets it from: see _copy_future_state. */
static gs_py *copied_into(const struct gs_watched *self)
{
    struct gs_frame frame;
    bool copies = gs_frames_first(gs_gil_python_of(self), &frame) &&
                  gs_frame_is_in(&frame, "_copy_future_state") && !gs_frame_is_own(&frame);
    return copies ? gs_frame_argument(&frame, 1) : NULL;
}

/* The error is the future's, or NULL. */
static void got(struct gs_watched *self, gs_py *future, struct gs_handed *handed, gs_py *error)
{
    gs_py *other = copied_into(self);
    if (other) {
        gs_handed_move(future, other);
        return;
    }
    struct gs_failure failed = {
        .error = error, .raised = handed->raised, .actor = gs_arrivals_getter(self)};
    char words[GS_FAILURE_SIZE];
    gs_arrivals_got(self, handed);
    if (!error || failed.actor == handed->by)
        return;
    gs_places_look(gs_gil_python_of(self), &failed.line, &failed.place);
    gs_failure_words(&failed, words, sizeof words);
    gs_failure_tell(self, &failed, words);
}

/* The future's own error; the caller drops it. NULL: it has none. */
static gs_py *error_of(gs_py *future)
{
    gs_py *error = gs_cpython.attribute_named(future, names.failure);
    if (error != gs_cpython.none)
        return error;
    gs_cpython.drop(error);
    return NULL;
}

/* What was raised is the future's error, and not that the time is up. */
static void look_at_raised(struct gs_watched *self, gs_py *future, struct gs_handed *handed)
{
    gs_py *type, *value, *traceback;
    gs_cpython.fetch_error(&type, &value, &traceback);
    gs_py *error = error_of(future);
    if (error && error == value)
        got(self, future, handed, error);
    gs_cpython.drop(error);
    gs_cpython.clear_error();
    gs_cpython.restore_error(type, value, traceback);
}

static gs_py *result(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    gs_py *result = gs_call_method(their_result, future, arguments, count, keywords);
    struct gs_watched *self = watched();
    struct gs_handed *handed = self ? gs_handed_done(future) : NULL;
    if (handed && result)
        got(self, future, handed, NULL);
    else if (handed)
        look_at_raised(self, future, handed);
    return result;
}

static gs_py *exception(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    gs_py *error = gs_call_method(their_exception, future, arguments, count, keywords);
    struct gs_watched *self = watched();
    struct gs_handed *handed = self && error ? gs_handed_done(future) : NULL;
    if (handed)
        got(self, future, handed, error == gs_cpython.none ? NULL : error);
    return error;
}

/* --- put in front */

static struct gs_stand stands[] = {
    {"ProcessPoolExecutor", &their_open, {"__init__", open_executor, GS_METHOD_ARRAY, NULL}},
    {"_WorkItem", &their_item, {"__init__", make_item, GS_METHOD_ARRAY, NULL}},
    {"Future", &their_set_result, {"set_result", set_result, GS_METHOD_ARRAY, NULL}},
    {"Future", &their_set_exception, {"set_exception", set_exception, GS_METHOD_ARRAY, NULL}},
    {"Future", &their_result, {"result", result, GS_METHOD_ARRAY, NULL}},
    {"Future", &their_exception, {"exception", exception, GS_METHOD_ARRAY, NULL}},
};

static gs_py *in_front_of_futures(gs_py *unused, gs_py *const *arguments, ssize_t count,
                                  gs_py *keywords)
{
    (void)unused;
    (void)keywords;
    return gs_stand_in_front(stands, sizeof stands / sizeof stands[0], arguments, count);
}

void gs_results_offer(void (*set)(const char *name, gs_py *value))
{
    static struct gs_method offered = {"in_front_of_futures", in_front_of_futures, GS_METHOD_ARRAY,
                                       NULL};
    names.failure = gs_cpython.new_name("_exception");
    names.future = gs_cpython.new_name("future");
    names.function = gs_cpython.new_name("fn");
    names.inner = gs_cpython.new_name("func");
    names.bound = gs_cpython.new_name("args");
    names.name = gs_cpython.new_name("__qualname__");
    set(offered.name, gs_cpython.new_function(&offered, NULL, NULL));
}
