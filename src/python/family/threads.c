/* Threads: their birth is told by themselves, in their own ring. */
#include "python/bootstrap/bootstrap.h"
#include "python/cpython/frames.h"
#include "python/front/front.h"
#include "python/sync/objects.h"
#include "python/watch/gils.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct start {
    void *(*function)(void *);
    void *argument;
    struct gs_watched *thread; /* NULL: none of Python's, as far as is known */
};

/* However it ends: by returning, by pthread_exit, or cut off while the interpreter ends. */
static void leave(void *unused)
{
    (void)unused;
    if (gs_watched_self)
        gs_watched_leave(gs_watched_self);
}

static void *run(void *argument)
{
    struct start start = *(struct start *)argument;
    void *result;
    free(argument);
    if (start.thread)
        gs_watched_enter(start.thread);
    pthread_cleanup_push(leave, NULL);
    result = start.function(start.argument);
    pthread_cleanup_pop(1);
    return result;
}

static bool get(gs_py *object, const char *attribute, char *text, size_t size)
{
    gs_py *value = gs_cpython.attribute(object, attribute);
    const char *found = value ? gs_cpython.text(value) : NULL;
    if (found)
        snprintf(text, size, "%s", found);
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return found != NULL;
}

static bool is_true(gs_py *object, const char *attribute)
{
    gs_py *value = gs_cpython.attribute(object, attribute);
    bool truth = value && gs_cpython.truth(value) > 0;
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return truth;
}

/* The method Thread.start is what the caller runs: its object has a name, and the new thread is one
 * of Python's. */
static gs_py *started_by(const struct gs_watched *self)
{
    struct gs_frame frame;
    char text[4096];
    if (!self || !self->holds || !gs_frames_first(gs_gil_python_of(self), &frame))
        return NULL;
    gs_frame_function(&frame, text, sizeof text);
    if (strcmp(text, "start") != 0)
        return NULL;
    gs_frame_file(&frame, text, sizeof text);
    const char *base = strrchr(text, '/');
    return base && strcmp(base, "/threading.py") == 0 ? gs_frame_self(&frame) : NULL;
}

static bool runs_for_multiprocessing(gs_py *object)
{
    char module[64] = "";
    gs_py *target = gs_cpython.attribute(object, "_target");
    if (target)
        (void)get(target, "__module__", module, sizeof module);
    if (target)
        gs_cpython.drop(target);
    gs_cpython.clear_error();
    return strncmp(module, "multiprocessing.", strlen("multiprocessing.")) == 0;
}

/* A thread that a pool, a queue, a manager or an executor has for itself. A ThreadPool's workers
 * are none: they do what the program asks for. */
static bool is_helper(gs_py *object)
{
    const char *type = gs_type_name(gs_object_type(object));
    return strcmp(type, "_ExecutorManagerThread") == 0 ||
           (strcmp(type, "DummyProcess") != 0 && runs_for_multiprocessing(object));
}

static struct gs_watched *announced(struct gs_watched *self)
{
    char name[128];
    gs_py *object = started_by(self);
    if (!object || !get(object, "_name", name, sizeof name))
        return NULL;
    gs_bootstrap_started(object);
    uint32_t daemon = is_true(object, "_daemonic") ? GS_ACTOR_DAEMON : 0;
    uint32_t helper = is_helper(object) ? GS_ACTOR_HELPER : 0;
    struct gs_watched *thread = gs_watched_new(gs_watch_string(name, strlen(name)), self->id,
                                               self->interpreter, daemon | helper);
    gs_objects_name_thread(object, name, thread);
    return thread;
}

static int create(pthread_t *id, const pthread_attr_t *attributes, void *(*function)(void *),
                  void *argument)
{
    struct start *start = malloc(sizeof *start);
    if (!start)
        return gs_below.pthread_create(id, attributes, function, argument);
    *start = (struct start){function, argument, announced(gs_watched_self)};
    int code = gs_below.pthread_create(id, attributes, run, start);
    if (code != 0)
        free(start);
    return code;
}

void gs_watch_threads(struct gs_front *table)
{
    table->pthread_create = create;
}
