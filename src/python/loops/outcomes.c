#include "python/loops/outcomes.h"

#include "python/cpython/frames.h"
#include "python/cpython/patch.h"
#include "python/loops/members.h"
#include "python/sync/arrivals.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <string.h>

/* In a future of asyncio's: its error, NULL as long as there is none; see FutureObj_HEAD. In a
 * type: what it does where it is awaited, of which __await__ is the first; see PyAsyncMethods. */
enum { FUTURE_EXCEPTION = 48, TYPE_ASYNC = 80 };

static const void *future_type;

static gs_py *error_in(const gs_py *future)
{
    return gs_pointer_at(future, FUTURE_EXCEPTION);
}

/* A loop may have futures of another kind. */
static bool is_ours(gs_py *future)
{
    gs_py *type = gs_object_type(future);
    while (type && type != future_type)
        type = gs_type_base(type);
    return type != NULL;
}

/* --- whose it is */

/* False: nobody's that is known. */
static bool find_whose(gs_py *future, struct gs_raised *raised)
{
    const struct gs_handed *handed = gs_handed_done(future);
    const struct gs_task *task = handed ? NULL : gs_task_of(future);
    if (task)
        *raised = task->failed;
    if (handed)
        *raised = handed->raised;
    return raised->whose || raised->what;
}

/* --- an error on its way */

/* It has reached the task, and it is not known yet what that does about it. The error may be gone
 * when that is known, so its words are found at once. */
static _Thread_local struct {
    struct gs_failure failure; /* of no actor: there is none */
    char words[GS_FAILURE_SIZE];
} reached;

static void tell_reached(struct gs_watched *self)
{
    if (reached.failure.actor)
        gs_failure_tell(self, &reached.failure, reached.words);
    reached.failure.actor = 0;
}

/* What has reached it before has not ended it. */
static void reach(struct gs_watched *self, const struct gs_failure *failure)
{
    tell_reached(self);
    reached.failure = *failure;
    gs_failure_words(failure, reached.words, sizeof reached.words);
}

/* Its own, unless it could not handle somebody else's. What its traceback says is good now: later
 * it is told from where it was asked for. */
static void end_by(struct gs_task *task, gs_py *error)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_actor_row *row = tables->actor(tables, task->actor);
    if (reached.failure.actor == task->actor && reached.failure.error == error) {
        task->failed = reached.failure.raised;
        reached.failure.actor = 0;
        return;
    }
    task->failed = (struct gs_raised){.what = row ? row->what : 0, .whose = task->actor};
    gs_raised_look(&task->failed, error);
}

void gs_outcomes_settle(struct gs_watched *self, struct gs_task *task, gs_py *object)
{
    gs_py *error = error_in(object);
    if (error && !task->failed.what && !task->failed.whose)
        end_by(task, error);
    if (reached.failure.actor && reached.failure.actor == task->actor)
        tell_reached(self);
}

/* --- got */

/* The actor and its line are filled in. */
static void get(struct gs_watched *self, gs_py *future, struct gs_failure *failure)
{
    struct gs_handed *handed = gs_handed_done(future);
    if (handed)
        gs_arrivals_got(self, handed);
    failure->error = error_in(future);
    if (failure->error && find_whose(future, &failure->raised))
        reach(self, failure);
}

/* Of all that it stands for; what fails fails by the first that did. */
static void get_members(struct gs_watched *self, gs_py *gather, struct gs_failure *failure)
{
    const gs_py *error = error_in(gather);
    gs_py *all = gs_members_of(&(struct gs_members_wait){0}, gather).tuple;
    for (ssize_t i = 0; all && i < gs_cpython.tuple_size(all); i++) {
        gs_py *one = gs_cpython.tuple_item(all, i);
        struct gs_handed *handed = gs_handed_done(one);
        if (handed && !error)
            gs_arrivals_got(self, handed);
        else if (error && is_ours(one) && error_in(one) == error) {
            get(self, one, failure);
            break;
        }
    }
    gs_cpython.drop(all);
}

void gs_outcomes_awaited(struct gs_watched *self, const struct gs_task *task, gs_py *future)
{
    struct gs_failure failure = {.actor = task->actor, .line = task->line, .place = task->place};
    if (!task->actor || !is_ours(future) || (!error_in(future) && !gs_handed_any()))
        return;
    if (strcmp(gs_type_name(gs_object_type(future)), "_GatheringFuture") == 0)
        get_members(self, future, &failure);
    else
        get(self, future, &failure);
}

/* The task that runs awaits what is done already, or asks for its result or its error. */
static void asked(gs_py *future)
{
    struct gs_watched *self = gs_watched_self;
    bool begun = atomic_load_explicit(&gs_watch.begun, memory_order_relaxed);
    if (!begun || !self || !self->task || (!error_in(future) && !gs_handed_done(future)))
        return;
    struct gs_failure failure = {.actor = self->task};
    gs_places_look(gs_gil_python_of(self), &failure.line, &failure.place);
    get(self, future, &failure);
}

/* --- being put in place */

typedef gs_py *of_object(gs_py *object);
typedef gs_py *no_arguments(gs_py *object, gs_py *unused);

typedef gs_py *array_of_class(gs_py *object, gs_py *type, gs_py *const *arguments, ssize_t count,
                              gs_py *keywords);

static of_object *await_future;
static no_arguments *result, *exception;
static array_of_class *exception_of_class; /* from 3.12 on */

static gs_py *our_await(gs_py *future)
{
    asked(future);
    return await_future(future);
}

static gs_py *our_result(gs_py *future, gs_py *unused)
{
    asked(future);
    return result(future, unused);
}

static gs_py *our_exception(gs_py *future, gs_py *unused)
{
    asked(future);
    return exception(future, unused);
}

static gs_py *our_exception_of_class(gs_py *future, gs_py *type, gs_py *const *arguments,
                                     ssize_t count, gs_py *keywords)
{
    asked(future);
    return exception_of_class(future, type, arguments, count, keywords);
}

static void stand_before_exception(gs_py *method)
{
    enum { WITH_CLASS = 0x200 };
    no_arguments *ours = our_exception;
    array_of_class *ours_of_class = our_exception_of_class;
    if (gs_patch_flags(method) & WITH_CLASS)
        gs_patch(gs_patch_method(method), &exception_of_class, &ours_of_class);
    else
        gs_patch(gs_patch_method(method), &exception, &ours);
}

static void stand_before(gs_py *type)
{
    of_object *ours = our_await;
    no_arguments *ours_result = our_result;
    gs_py *method = gs_cpython.attribute(type, "result");
    gs_py *error = gs_cpython.attribute(type, "exception");
    void *awaited = gs_pointer_at(type, TYPE_ASYNC);
    if (awaited)
        gs_patch(awaited, &await_future, &ours);
    if (method)
        gs_patch(gs_patch_method(method), &result, &ours_result);
    if (error)
        stand_before_exception(error);
    gs_cpython.drop(method);
    gs_cpython.drop(error);
}

void gs_outcomes_open(gs_py *module)
{
    gs_py *future = gs_cpython.attribute(module, "Future");
    gs_py *task = gs_cpython.attribute(module, "Task");
    if (future && task) {
        future_type = future;
        stand_before(future);
        stand_before(task);
    }
    gs_cpython.drop(future);
    gs_cpython.drop(task);
    gs_cpython.clear_error();
}
