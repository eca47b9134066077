#include "python/loops/says.h"

#include "python/cpython/errors.h"
#include "python/loops/table.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <stdio.h>
#include <string.h>

bool gs_says_how_it_ended(gs_py *task, gs_py *state, uint32_t canceller, struct gs_event *died)
{
    char text[256];
    gs_py *value = gs_cpython.attribute_named(task, state);
    const char *word = value ? gs_cpython.text(value) : NULL;
    bool pending = !word || strcmp(word, "PENDING") == 0;
    bool cancelled = word && strcmp(word, "CANCELLED") == 0;
    gs_py *error = !pending && !cancelled ? gs_cpython.attribute(task, "_exception") : NULL;
    if (cancelled) {
        died->flags = GS_DEATH_CANCELLED;
        died->a = canceller;
    } else if (error && error != gs_cpython.none) {
        gs_error_describe(error, text, sizeof text);
        died->flags = GS_DEATH_ERROR;
        died->a = gs_watch_string(text, strlen(text));
    }
    if (error)
        gs_cpython.drop(error);
    if (value)
        gs_cpython.drop(value);
    gs_cpython.clear_error();
    return !pending;
}

/* A note of the task's that it is about, or else of who says it, with its own line. */
static void note(const struct gs_task *task, const char *text)
{
    struct gs_watched *self = gs_watched_self;
    bool begun = atomic_load_explicit(&gs_watch.begun, memory_order_relaxed);
    struct gs_event event = {.kind = GS_EVENT_NOTE};
    uint32_t line = 0;
    if (!begun || !self)
        return;
    if (task && task->actor) {
        event.actor = task->actor;
        event.flags = GS_NOTE_ABOUT_ACTOR;
        event.place = task->place;
        line = task->line;
    } else {
        event.actor = self->task ? self->task : self->id;
        gs_places_look(gs_gil_python_of(self), &line, &event.place);
    }
    event.b = line;
    event.a = gs_watch_string(text, strlen(text));
    event.time = gs_watch_now();
    gs_watch_put_event_for(self, event);
}

void gs_says_handled(gs_py *context)
{
    char text[512], reason[256] = "";
    gs_py *message = gs_cpython.get_item(context, "message");
    gs_py *error = gs_cpython.get_item(context, "exception");
    gs_py *about = gs_cpython.get_item(context, "task");
    about = about ? about : gs_cpython.get_item(context, "future");
    const char *said = message ? gs_cpython.text(message) : NULL;
    if (error && error != gs_cpython.none)
        gs_error_describe(error, reason, sizeof reason);
    snprintf(text, sizeof text, "%s%s%s", said ? said : "", *reason ? " " : "", reason);
    gs_cpython.clear_error();
    if (*text)
        note(about ? gs_task_of(about) : NULL, text);
}

void gs_says_unawaited(gs_py *coroutine)
{
    char text[256];
    gs_py *name = gs_cpython.attribute(coroutine, "__qualname__");
    const char *word = name ? gs_cpython.text(name) : NULL;
    snprintf(text, sizeof text, "coroutine '%s' was never awaited", word ? word : "?");
    if (name)
        gs_cpython.drop(name);
    gs_cpython.clear_error();
    note(NULL, text);
}
