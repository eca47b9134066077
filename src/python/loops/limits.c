#include "python/loops/limits.h"

#include <stdlib.h>
#include <string.h>

struct gs_task_limit {
    uint32_t actor; /* whose it is */
    uint64_t due;   /* ns */
    gs_py *handle;  /* of the timer; ours as long as this is there */
    struct gs_task_limit *next;
};

/* Of tasks that are still in the step in which they set them. */
static struct gs_task_limit *fresh;

static bool says(gs_py *object, const char *attribute, const char *const *words, size_t count)
{
    gs_py *value = gs_cpython.attribute(object, attribute);
    const char *text = value ? gs_cpython.text(value) : NULL;
    bool found = false;
    for (size_t i = 0; text && i < count; i++)
        found |= strcmp(text, words[i]) == 0;
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return found;
}

/* Lib/asyncio/tasks.py, timeouts.py; the package async_timeout, which aiohttp uses up to 3.10. */
static bool ends_a_wait(gs_py *callback)
{
    static const char *const functions[] = {"_release_waiter", "_on_timeout"},
                             *const modules[] = {"asyncio.tasks", "asyncio.timeouts",
                                                 "async_timeout"};
    return says(callback, "__name__", functions, sizeof functions / sizeof *functions) &&
           says(callback, "__module__", modules, sizeof modules / sizeof *modules);
}

/* A loop's time is time.monotonic(). 0: it is over, or the loop has another. */
static uint64_t due_at(gs_py *when)
{
    const double far = 1e18;
    double ns = gs_cpython.real(when) * 1e9;
    uint64_t start = gs_watch.driven ? 0 : gs_watch.start_ns;
    gs_cpython.clear_error();
    bool good = ns > (double)(start + gs_watch_now()) && ns < far;
    return good ? (uint64_t)ns - start : 0;
}

void gs_limits_note(const struct gs_watched *self, gs_py *when, gs_py *callback, gs_py *handle)
{
    uint64_t due = self->task && ends_a_wait(callback) ? due_at(when) : 0;
    if (!due)
        return;
    struct gs_task_limit *limit = malloc(sizeof *limit);
    if (!limit)
        abort();
    gs_cpython.keep(handle);
    *limit = (struct gs_task_limit){self->task, due, handle, fresh};
    fresh = limit;
}

static void remove_at(struct gs_task_limit **place)
{
    struct gs_task_limit *gone = *place;
    *place = gone->next;
    gs_cpython.drop(gone->handle);
    free(gone);
}

static void take_fresh(struct gs_task *task)
{
    for (struct gs_task_limit **place = &fresh; *place;) {
        struct gs_task_limit *limit = *place;
        if (limit->actor != task->actor) {
            place = &limit->next;
            continue;
        }
        *place = limit->next;
        limit->next = task->limits;
        task->limits = limit;
    }
}

static bool is(gs_py *handle, const char *attribute)
{
    gs_py *value = gs_cpython.attribute(handle, attribute);
    bool yes = value && gs_cpython.truth(value) == 1;
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return yes;
}

/* A timer that the loop has called is scheduled no more; one that is cancelled stays so for a
 * while. */
static bool stands(const struct gs_task_limit *limit)
{
    return is(limit->handle, "_scheduled") && !is(limit->handle, "_cancelled");
}

uint64_t gs_limits_of(struct gs_task *task)
{
    uint64_t due = 0;
    if (fresh)
        take_fresh(task);
    for (struct gs_task_limit **place = &task->limits; *place;) {
        const struct gs_task_limit *limit = *place;
        if (!stands(limit)) {
            remove_at(place);
            continue;
        }
        due = due && due < limit->due ? due : limit->due;
        place = &(*place)->next;
    }
    return due;
}

void gs_limits_drop(struct gs_task *task)
{
    if (fresh)
        take_fresh(task);
    while (task->limits)
        remove_at(&task->limits);
}

void gs_limits_forget(void)
{
    fresh = NULL;
}
