#include "python/preload/output.h"

#include "python/preload/files.h"
#include "python/preload/gils.h"
#include "python/preload/places.h"

#include <string.h>
#include <unistd.h>

/* What was written without a line's end yet. */
struct gs_partial {
    size_t length;
    char text[4096];
};

static _Thread_local struct gs_partial partial;

static void put_line(struct gs_watched *self)
{
    gs_watch_put_line(self, gs_watch_now(), GS_EVENT_OUTPUT, 0,
                      gs_watch_string(partial.text, partial.length), 0);
    partial.length = 0;
}

static void add(struct gs_watched *self, const char *text, size_t length)
{
    while (length) {
        size_t room = sizeof partial.text - partial.length, n = length < room ? length : room;
        memcpy(partial.text + partial.length, text, n);
        partial.length += n;
        text += n;
        length -= n;
        if (length)
            put_line(self);
    }
}

void gs_output_note(const void *text, ssize_t length)
{
    struct gs_watched *self = gs_watched_self;
    if (!self || length <= 0 || !atomic_load_explicit(&gs_watch.begun, memory_order_relaxed))
        return;
    if (!self->holds)
        gs_gil_settle(self, GS_STATE_IO, gs_files_object(STDOUT_FILENO));
    gs_places_look(gs_gil_python_of(self), &self->line, &self->place);
    const char *at = text, *end = at + length;
    for (const char *stop; (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
        add(self, at, (size_t)(stop - at));
        put_line(self);
    }
    add(self, at, (size_t)(end - at));
}

void gs_output_finish(void)
{
    if (gs_watched_self && partial.length)
        put_line(gs_watched_self);
}

void gs_output_forget(void)
{
    partial.length = 0;
}
