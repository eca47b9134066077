#include "python/loops/steps.h"

#include "python/cpython/frames.h"
#include "python/cpython/patch.h"
#include "python/loops/askers.h"
#include "python/loops/awaits.h"
#include "python/loops/busy.h"
#include "python/loops/callbacks.h"
#include "python/loops/ears.h"
#include "python/loops/holders.h"
#include "python/loops/limits.h"
#include "python/loops/outcomes.h"
#include "python/loops/says.h"
#include "python/loops/stuck.h"
#include "python/loops/table.h"

#include <string.h>

/* In what stands for a task's next step: the task. In a built-in method: what it is, its object.
 * In a task: its loop. See TaskStepMethWrapper, PyCFunctionObject, FutureObj_HEAD. */
enum { STEP_TASK = 16, METHOD_DEFINITION = 16, METHOD_SELF = 24, TASK_LOOP = 16 };

static uint32_t home; /* the interpreter whose tasks have lanes; 0: the next one that has a task */
static const void *step_type, *wake_up_type; /* of what a loop is asked to call; … */
static const void *wake_up_definition;       /* … from 3.10 on a wake-up is a built-in method */

/* Names that are looked up again and again. */
static struct {
    gs_py *waiter, *state, *name, *coroutine, *what;
} names;

/* The calling thread, if it has lanes and runs the interpreter whose tasks have some. */
struct gs_watched *gs_steps_watched(void)
{
    bool begun = atomic_load_explicit(&gs_watch.begun, memory_order_relaxed);
    struct gs_watched *self = gs_watched_self;
    if (!begun || !self || !self->holds)
        return NULL;
    home = home ? home : self->interpreter;
    return self->interpreter == home ? self : NULL;
}

static void put_state(struct gs_watched *self, const struct gs_task *task, enum gs_state state,
                      uint32_t on, uint32_t cause)
{
    if (task->actor)
        gs_watch_put_event_for(self, (struct gs_event){.time = gs_watch_now(),
                                                       .actor = task->actor,
                                                       .kind = GS_EVENT_STATE,
                                                       .flags = (uint8_t)state,
                                                       .place = task->place,
                                                       .a = on,
                                                       .b = gs_event_pack(task->line, cause)});
}

/* When its sleep is over, or before that the time that it has for it. */
static void put_due(struct gs_watched *self, const struct gs_task *task, uint64_t sleep,
                    uint64_t limit)
{
    uint64_t now = gs_watch_now();
    bool limited = limit && (!sleep || limit < now + sleep);
    if (task->actor && (sleep || limit))
        gs_watch_put_for(self, task->actor, now, GS_EVENT_DUE, limited ? GS_DUE_LIMIT : 0,
                         limited ? limit : now + sleep, 0);
}

/* --- its first time */

/* Takes the value. */
static uint32_t string_of(gs_py *value)
{
    const char *text = value ? gs_cpython.text(value) : NULL;
    uint32_t string = text ? gs_watch_string(text, strlen(text)) : 0;
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return string;
}

static struct gs_task *add(struct gs_watched *self, const void *object, struct gs_actor_row row)
{
    struct gs_task *task = gs_task_add(object);
    row.kind = GS_ACTOR_TASK;
    row.interpreter = self->interpreter;
    task->loop = row.parent;
    task->state = GS_TASK_AWAITS;
    task->actor = gs_segment_add_actor(gs_watch.segment, &row);
    if (task->actor)
        gs_watch_put_for(self, task->actor, gs_watch_now(), GS_EVENT_BORN, 0,
                         self->task ? self->task : self->id, 0);
    return task;
}

static uint32_t what_is(gs_py *coroutine)
{
    return coroutine ? string_of(gs_cpython.attribute_named(coroutine, names.what)) : 0;
}

/* What asyncio.run has the loop do at its end: shutdown_asyncgens, shutdown_default_executor. */
static uint32_t flags_of(uint32_t what)
{
    static const char own[] = "BaseEventLoop.shutdown_";
    const char *text = gs_segment_text(gs_watch.segment, what);
    return strncmp(text, own, sizeof own - 1) == 0 ? GS_ACTOR_HELPER : 0;
}

static struct gs_task *meet(struct gs_watched *self, gs_py *object)
{
    gs_py *coroutine = gs_cpython.attribute_named(object, names.coroutine);
    gs_cpython.clear_error();
    uint32_t what = what_is(coroutine);
    uint32_t loop = self->loop ? self->loop : gs_loop_of(self, gs_pointer_at(object, TASK_LOOP));
    struct gs_task *task = add(
        self, object,
        (struct gs_actor_row){.flags = flags_of(what),
                              .parent = loop,
                              .name = string_of(gs_cpython.call_method(object, names.name, NULL)),
                              .what = what});
    task->coroutine = coroutine;
    if (coroutine)
        gs_cpython.drop(coroutine);
    return task;
}

static void cut_off(struct gs_watched *self, struct gs_task *task)
{
    if (task->state != GS_TASK_OVER && task->actor)
        gs_watch_put_for(self, task->actor, gs_watch_now(), GS_EVENT_DIED, GS_DEATH_CUT_OFF, 0, 0);
    task->state = GS_TASK_OVER;
}

/* Of a loop that another thread runs from now on it has another lane. */
static struct gs_task *known(struct gs_watched *self, gs_py *object)
{
    struct gs_task *task = gs_task_of(object);
    if (task && self->loop && task->loop != self->loop)
        cut_off(self, task);
    return task && task->state != GS_TASK_OVER ? task : meet(self, object);
}

/* --- ready */

/* Whose doing it is what the calling thread does. */
static uint32_t doer(const struct gs_watched *self)
{
    if (self->task)
        return self->task;
    uint32_t asker = self->loop ? gs_callbacks_asker() : 0;
    return asker ? asker : self->loop ? self->loop : self->id;
}

/* Whoever runs the loop is told, where it waits: what ends that is whoever asks it. */
static void tell_who_asks(uint32_t loop, uint32_t asker)
{
    for (struct gs_watched *thread = gs_watched_first(); loop && thread; thread = thread->next)
        if (thread->loop == loop)
            atomic_store(&thread->asker, asker);
}

uint32_t gs_steps_asker(gs_py *loop)
{
    const struct gs_watched *self = gs_steps_watched();
    uint32_t lane = self ? gs_loop_find(loop) : 0;
    if (!self || (self->loop && self->loop == lane))
        return 0;
    tell_who_asks(lane, doer(self));
    return doer(self);
}

/* The task that is being cancelled: what it awaits ends by that, and not by itself. */
static _Thread_local const struct gs_task *cancelled;

/* Who puts it into its loop's queue: who cancels it; the task that runs; who asked for what the
 * loop calls; or else the loop, for a time that has come or a file that has something to say. */
static uint32_t who(const struct gs_watched *self, const struct gs_task *task)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_object_row *on = task->on ? tables->object(tables, task->on) : NULL;
    uint32_t by = doer(self);
    if (by == task->actor)
        return GS_CAUSE_NONE;
    if (by != self->loop || task == cancelled)
        return by;
    return on && on->kind == GS_OBJECT_SLEEP    ? GS_CAUSE_CLOCK
           : on && on->kind == GS_OBJECT_SOCKET ? GS_CAUSE_WORK
                                                : by;
}

static void be_ready(struct gs_watched *self, struct gs_task *task)
{
    if (task->state == GS_TASK_STEPS)
        gs_busy_end(self);
    put_state(self, task, GS_STATE_READY, 0, who(self, task));
    task->state = GS_TASK_READY;
    task->on = 0;
}

/* NULL: what a loop is asked to call is no step of a task's. */
static gs_py *task_behind(gs_py *callback)
{
    const void *type = gs_object_type(callback);
    if (type == step_type)
        return gs_pointer_at(callback, STEP_TASK);
    if (type != wake_up_type)
        return NULL;
    if (!wake_up_definition)
        return gs_pointer_at(callback, STEP_TASK);
    return gs_pointer_at(callback, METHOD_DEFINITION) == wake_up_definition
               ? gs_pointer_at(callback, METHOD_SELF)
               : NULL;
}

bool gs_steps_is_one(gs_py *callback)
{
    return task_behind(callback) != NULL;
}

/* A task gets its name after its first step is asked for: while it is being made nothing is told.
 */
static _Thread_local struct making {
    unsigned depth;  /* functions that make one, in each other */
    const void *one; /* the task whose first step was asked for meanwhile; NULL: none */
} making;

/* Nobody runs the loop yet: its tasks have lanes once it is known whose it is. */
static bool is_idle(const struct gs_watched *self, gs_py *object)
{
    return !self->loop || gs_loop_find(gs_pointer_at(object, TASK_LOOP)) != self->loop;
}

void gs_steps_asked(gs_py *callback)
{
    struct gs_watched *self = gs_steps_watched();
    gs_py *object = self ? task_behind(callback) : NULL;
    struct gs_task *task = object ? gs_task_of(object) : NULL;
    if (!object || (!task && is_idle(self, object)))
        return;
    if (making.depth && (!task || task->state == GS_TASK_OVER)) {
        making.one = object;
        return;
    }
    if (!task || task->state == GS_TASK_OVER)
        task = meet(self, object);
    if (task->state != GS_TASK_READY)
        be_ready(self, task);
}

void gs_steps_make(void)
{
    making.depth++;
}

void gs_steps_made(gs_py *object)
{
    struct gs_watched *self = gs_steps_watched();
    const void *one = making.one;
    if (--making.depth > 0)
        return;
    making.one = NULL;
    if (self && object && object == one)
        be_ready(self, known(self, object));
}

/* --- a step */

struct turn {
    struct gs_watched *self; /* NULL: it is not told */
    uint32_t outer;          /* the task that has made one run inside its own step; 0: none */
};

static struct turn begin_step(struct gs_watched *self, struct gs_task *task)
{
    struct turn turn = {.self = self, .outer = self->task};
    gs_busy_end(self);
    if (task->state == GS_TASK_AWAITS) /* its first, or of a loop that does not tell who is ready */
        be_ready(self, task);
    put_state(self, task, GS_STATE_RUNNING, 0, turn.outer ? turn.outer : self->loop);
    task->state = GS_TASK_STEPS;
    self->task = task->actor;
    gs_busy_begin(self, task->actor);
    return turn;
}

static struct turn begin(gs_py *object)
{
    struct gs_watched *self = gs_steps_watched();
    return self ? begin_step(self, known(self, object)) : (struct turn){0};
}

static struct turn begin_awaited(gs_py *object, gs_py *future)
{
    struct turn turn = begin(object);
    if (turn.self && future)
        gs_outcomes_awaited(turn.self, gs_task_of(object), future);
    return turn;
}

static void end_task(struct gs_watched *self, gs_py *object, struct gs_task *task)
{
    struct gs_event died = {.actor = task->actor, .kind = GS_EVENT_DIED};
    if (!gs_says_how_it_ended(object, names.state, task->canceller, &died)) {
        be_ready(self, task); /* likewise: it gave way, and wants to go on */
        return;
    }
    task->state = GS_TASK_OVER;
    task->coroutine = NULL;
    gs_limits_drop(task);
    died.time = gs_watch_now();
    if (task->actor)
        gs_watch_put_event_for(self, died);
}

/* It has run, and has not been made ready since: it awaits something, or has ended. */
static void settle(struct gs_watched *self, gs_py *object, struct gs_task *task)
{
    gs_py *future = gs_cpython.attribute_named(object, names.waiter);
    if (future && future != gs_cpython.none) {
        struct gs_awaited awaited = gs_awaits_look(self, task, future);
        put_state(self, task, GS_STATE_AWAITING, task->on, GS_CAUSE_NONE);
        put_due(self, task, awaited.sleep, gs_limits_of(task));
        gs_members_tell(self, task, awaited.members);
        if (awaited.handed)
            gs_watch_put_for(self, task->actor, gs_watch_now(), GS_EVENT_MEMBER, GS_MEMBER_HANDED,
                             awaited.handed, 0);
        task->state = GS_TASK_AWAITS;
    } else {
        end_task(self, object, task);
    }
    if (future)
        gs_cpython.drop(future);
}

/* Inside its step it may have been made ready again, and told so; or the process been forked. */
static void finish(const struct turn *turn, gs_py *object)
{
    struct gs_watched *self = turn->self ? gs_steps_watched() : NULL;
    if (!self || self != turn->self)
        return;
    gs_busy_end(self);
    self->task = turn->outer;
    struct gs_task *task = gs_task_of(object);
    if (task)
        gs_outcomes_settle(self, task, object);
    if (task && task->state == GS_TASK_STEPS)
        settle(self, object, task);
    if (self->task || self->called.calls)
        gs_busy_begin(self, self->task ? self->task : self->loop);
}

/* What a step could not handle, SystemExit, leaves the loop. */
static gs_py *finish_with(const struct turn *turn, gs_py *object, gs_py *result)
{
    gs_py *type = NULL, *value = NULL, *traceback = NULL;
    if (!result)
        gs_cpython.fetch_error(&type, &value, &traceback);
    finish(turn, object);
    if (!result)
        gs_cpython.restore_error(type, value, traceback);
    return result;
}

typedef gs_py *call_slot(gs_py *self, gs_py *arguments, gs_py *keywords);
typedef gs_py *one_argument(gs_py *self, gs_py *argument);

static call_slot *step, *wake_up_39;
static one_argument *wake_up;

static gs_py *our_step(gs_py *self, gs_py *arguments, gs_py *keywords)
{
    gs_py *task = gs_pointer_at(self, STEP_TASK);
    struct turn turn = begin(task);
    return finish_with(&turn, task, step(self, arguments, keywords));
}

static gs_py *our_wake_up_39(gs_py *self, gs_py *arguments, gs_py *keywords)
{
    gs_py *task = gs_pointer_at(self, STEP_TASK);
    struct turn turn = begin_awaited(
        task, gs_cpython.tuple_size(arguments) > 0 ? gs_cpython.tuple_item(arguments, 0) : NULL);
    return finish_with(&turn, task, wake_up_39(self, arguments, keywords));
}

static gs_py *our_wake_up(gs_py *task, gs_py *future)
{
    struct turn turn = begin_awaited(task, future);
    return finish_with(&turn, task, wake_up(task, future));
}

/* --- eager ones (3.12 and later), whose first step is run while they are made */

typedef int init_slot(gs_py *self, gs_py *arguments, gs_py *keywords);

static init_slot *init;

/* Borrowed; NULL: it is not among them, or None. */
static gs_py *keyword(gs_py *keywords, const char *name)
{
    gs_py *value = keywords ? gs_cpython.get_item(keywords, name) : NULL;
    return value == gs_cpython.none ? NULL : value;
}

/* What it will be called if it has no name of its own is not known yet: after its coroutine. */
static struct gs_task *expect(struct gs_watched *self, gs_py *object, gs_py *arguments,
                              gs_py *keywords)
{
    bool first = gs_cpython.tuple_size(arguments) > 0;
    gs_py *coroutine = first ? gs_cpython.tuple_item(arguments, 0) : keyword(keywords, "coro");
    gs_py *loop = keyword(keywords, "loop"), *name = keyword(keywords, "name");
    uint32_t what = what_is(coroutine), said = 0;
    if (name) {
        gs_cpython.keep(name);
        said = string_of(name);
    }
    struct gs_task *task =
        add(self, object,
            (struct gs_actor_row){.parent = loop ? gs_loop_of(self, loop) : self->loop,
                                  .name = said ? said : what,
                                  .what = what});
    task->coroutine = coroutine;
    task->state = GS_TASK_STEPS; /* it was in no queue */
    return task;
}

static int our_init(gs_py *object, gs_py *arguments, gs_py *keywords)
{
    struct gs_watched *self = gs_steps_watched();
    gs_py *eager = self && self->loop ? keyword(keywords, "eager_start") : NULL;
    if (!eager || gs_cpython.truth(eager) != 1)
        return init(object, arguments, keywords);
    struct making outer = making;
    struct turn turn = begin_step(self, expect(self, object, arguments, keywords));
    making = (struct making){0};
    int result = init(object, arguments, keywords);
    making = outer;
    (void)finish_with(&turn, object, result == 0 ? gs_cpython.none : NULL);
    return result;
}

/* --- cancelled, thrown away */

/* What the loop calls meanwhile, a time-out say, is told: it is the reason. The task that was being
 * cancelled before. */
static const struct gs_task *begin_cancel(gs_py *object)
{
    const struct gs_task *outer = cancelled;
    struct gs_watched *self = gs_steps_watched();
    struct gs_task *task = self ? gs_task_of(object) : NULL;
    cancelled = task;
    if (!task)
        return outer;
    task->canceller = doer(self);
    if (!self->task && self->called.calls)
        gs_watched_tell_called(self);
    return outer;
}

typedef gs_py *array_method(gs_py *self, gs_py *const *arguments, ssize_t count, gs_py *names);
typedef gs_py *array_method_of_class(gs_py *self, gs_py *type, gs_py *const *arguments,
                                     ssize_t count, gs_py *names);

static array_method *cancel;
static array_method_of_class *cancel_of_class;

static gs_py *our_cancel(gs_py *task, gs_py *const *arguments, ssize_t count, gs_py *keywords)
{
    const struct gs_task *outer = begin_cancel(task);
    gs_py *result = cancel(task, arguments, count, keywords);
    cancelled = outer;
    return result;
}

static gs_py *our_cancel_of_class(gs_py *task, gs_py *type, gs_py *const *arguments, ssize_t count,
                                  gs_py *keywords)
{
    const struct gs_task *outer = begin_cancel(task);
    gs_py *result = cancel_of_class(task, type, arguments, count, keywords);
    cancelled = outer;
    return result;
}

typedef void finalize_slot(gs_py *self);

static finalize_slot *finalize;

/* Theirs may have something to say of it. */
static void our_finalize(gs_py *object)
{
    finalize(object);
    struct gs_watched *self = gs_steps_watched();
    struct gs_task *task = self ? gs_task_of(object) : NULL;
    if (!task)
        return;
    cut_off(self, task);
    gs_task_remove(object);
}

/* --- loops */

static void put_loop(struct gs_watched *self, uint32_t loop, enum gs_state state)
{
    gs_watch_put_for(self, loop, gs_watch_now(), GS_EVENT_STATE, (uint8_t)state, 0,
                     gs_event_pack(0, GS_CAUSE_NONE));
}

static one_argument *set_running_loop;

static gs_py *our_set_running_loop(gs_py *module, gs_py *loop)
{
    gs_py *result = set_running_loop(module, loop);
    struct gs_watched *self = result ? gs_steps_watched() : NULL;
    if (!self)
        return result;
    if (self->loop)
        put_loop(self, self->loop, GS_STATE_NONE);
    gs_busy_close(self);
    self->loop = loop == gs_cpython.none ? 0 : gs_loop_of(self, loop);
    if (!self->loop)
        return result;
    gs_ear_find(self, loop);
    put_loop(self, self->loop, GS_STATE_RUNNING);
    gs_busy_open(self);
    return result;
}

void gs_steps_forget(void)
{
    if (home)
        home = 0;
    gs_loops_forget();
    gs_holders_forget();
    gs_askers_forget(NULL);
    gs_limits_forget();
}

void gs_steps_closed(gs_py *loop)
{
    gs_askers_forget(loop);
    struct gs_watched *self = gs_steps_watched();
    if (self)
        gs_loop_remove(self, loop);
}

/* --- being put in place */

static void stand_before_steps(gs_py *a_step, gs_py *a_wake_up)
{
    call_slot *ours = our_step, *ours_39 = our_wake_up_39;
    one_argument *ours_one = our_wake_up;
    step_type = gs_object_type(a_step);
    wake_up_type = gs_object_type(a_wake_up);
    gs_patch((char *)gs_object_type(a_step) + GS_TYPE_CALL, &step, &ours);
    if (gs_cpython.minor < 10) {
        gs_patch((char *)gs_object_type(a_wake_up) + GS_TYPE_CALL, &wake_up_39, &ours_39);
        return;
    }
    wake_up_definition = gs_pointer_at(a_wake_up, METHOD_DEFINITION);
    gs_patch(gs_patch_function(a_wake_up), &wake_up, &ours_one);
}

static void stand_before_cancel(gs_py *method)
{
    enum { WITH_CLASS = 0x200 };
    array_method *ours = our_cancel;
    array_method_of_class *ours_of_class = our_cancel_of_class;
    if (gs_patch_flags(method) & WITH_CLASS)
        gs_patch(gs_patch_method(method), &cancel_of_class, &ours_of_class);
    else
        gs_patch(gs_patch_method(method), &cancel, &ours);
}

void gs_steps_open(gs_py *module, gs_py *a_step, gs_py *a_wake_up)
{
    finalize_slot *ours_finalize = our_finalize;
    init_slot *ours_init = our_init;
    one_argument *ours_set = our_set_running_loop;
    gs_py *task = gs_cpython.attribute(module, "Task");
    gs_py *method = task ? gs_cpython.attribute(task, "cancel") : NULL;
    gs_py *function = gs_cpython.attribute(module, "_set_running_loop");
    if (!method || !function || !gs_watched_self)
        return;
    home = gs_watched_self->interpreter;
    names.waiter = gs_cpython.new_name("_fut_waiter");
    names.state = gs_cpython.new_name("_state");
    names.name = gs_cpython.new_name("get_name");
    names.coroutine = gs_cpython.new_name("_coro");
    names.what = gs_cpython.new_name("__qualname__");
    gs_patch((char *)task + GS_TYPE_FINALIZE, &finalize, &ours_finalize);
    gs_patch((char *)task + GS_TYPE_INIT, &init, &ours_init);
    gs_patch(gs_patch_function(function), &set_running_loop, &ours_set);
    stand_before_cancel(method);
    stand_before_steps(a_step, a_wake_up);
    gs_callbacks_open();
    gs_outcomes_open(module);
    gs_stuck_open();
    if (gs_watch.driven)
        gs_busy_count_lines();
    gs_cpython.drop(task);
    gs_cpython.drop(method);
    gs_cpython.drop(function);
}
