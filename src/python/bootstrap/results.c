#include "python/bootstrap/results.h"

#include "python/cpython/calls.h"
#include "python/sync/arrivals.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

/* Lib/concurrent/futures/_base.py: class Future. */
static gs_py *their_set_result, *their_set_exception, *their_result, *their_exception;
static gs_py *failure; /* a name */

static struct gs_watched *watched(void)
{
    return atomic_load_explicit(&gs_watch.begun, memory_order_relaxed) ? gs_watched_self : NULL;
}

/* --- put into it */

/* Before it is done: who waits for it may be quicker than who looks afterwards. */
static void tell_done(gs_py *future)
{
    struct gs_watched *self = watched();
    struct gs_handed *handed = self ? gs_handed_find(future) : NULL;
    if (!handed || handed->by)
        return;
    handed->by = self->id;
    if (handed->results)
        gs_watch_put(self, gs_watch_now(), GS_EVENT_MESSAGE, 1,
                     handed->item >> 32 << 32 | handed->results, 0);
}

static gs_py *set_result(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    tell_done(future);
    return gs_call_method(their_set_result, future, arguments, count, names);
}

static gs_py *set_exception(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    tell_done(future);
    return gs_call_method(their_set_exception, future, arguments, count, names);
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
    struct gs_failure failed = {.error = error,
                                .raised = {.what = handed->name, .whose = handed->by},
                                .actor = gs_arrivals_getter(self)};
    char words[GS_FAILURE_SIZE];
    gs_arrivals_got(self, handed);
    if (!error || failed.actor == failed.raised.whose)
        return;
    gs_places_look(gs_gil_python_of(self), &failed.line, &failed.place);
    gs_raised_look(&failed.raised, error);
    gs_failure_words(&failed, words, sizeof words);
    gs_failure_tell(self, &failed, words);
}

/* The future's own error; the caller drops it. NULL: it has none. */
static gs_py *error_of(gs_py *future)
{
    gs_py *error = gs_cpython.attribute_named(future, failure);
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

static gs_py *result(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *result = gs_call_method(their_result, future, arguments, count, names);
    struct gs_watched *self = watched();
    struct gs_handed *handed = self ? gs_handed_done(future) : NULL;
    if (handed && result)
        got(self, future, handed, NULL);
    else if (handed)
        look_at_raised(self, future, handed);
    return result;
}

static gs_py *exception(gs_py *future, gs_py *const *arguments, ssize_t count, gs_py *names)
{
    gs_py *error = gs_call_method(their_exception, future, arguments, count, names);
    struct gs_watched *self = watched();
    struct gs_handed *handed = self && error ? gs_handed_done(future) : NULL;
    if (handed)
        got(self, future, handed, error == gs_cpython.none ? NULL : error);
    return error;
}

/* --- put in front */

static struct gs_stand stands[] = {
    {"Future", &their_set_result, {"set_result", set_result, GS_METHOD_ARRAY, NULL}},
    {"Future", &their_set_exception, {"set_exception", set_exception, GS_METHOD_ARRAY, NULL}},
    {"Future", &their_result, {"result", result, GS_METHOD_ARRAY, NULL}},
    {"Future", &their_exception, {"exception", exception, GS_METHOD_ARRAY, NULL}},
};

static gs_py *in_front_of_futures(gs_py *unused, gs_py *const *arguments, ssize_t count,
                                  gs_py *names)
{
    (void)unused;
    (void)names;
    return gs_stand_in_front(stands, sizeof stands / sizeof stands[0], arguments, count);
}

void gs_results_offer(void (*set)(const char *name, gs_py *value))
{
    static struct gs_method offered = {"in_front_of_futures", in_front_of_futures, GS_METHOD_ARRAY,
                                       NULL};
    failure = gs_cpython.new_name("_exception");
    set(offered.name, gs_cpython.new_function(&offered, NULL, NULL));
}
