#include "python/front/front.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where it is; the state that its lane shows is told up to here. */
static uint32_t line_of(struct gs_watched *self)
{
    if (!self->holds)
        gs_gil_settle(self, GS_STATE_NATIVE, 0);
    else
        gs_places_look(gs_gil_python_of(self), &self->line, &self->place);
    return self->line;
}

static void print(const char *name, const char *text)
{
    char line[1024];
    int length = snprintf(line, sizeof line, "%s is %s\n", name, text);
    (void)!gs_real.write(STDERR_FILENO, line, (size_t)length);
}

static void tell(struct gs_watched *self, enum gs_event_kind kind, const char *name,
                 const char *text)
{
    char note[1024];
    snprintf(note, sizeof note, kind == GS_EVENT_NOTE ? "%s is %s" : "%.0s%s", name, text);
    self->failed |= kind == GS_EVENT_ERROR;
    gs_watch_put(self, gs_watch_now(), (uint8_t)kind, 0, gs_watch_string(note, strlen(note)),
                 self->line);
}

/* Runs in the thread that is blocked, so in nothing of ours: all of that may be called. Its call
 * goes on afterwards, if it is one that the kernel takes up again. */
static void hear(int number)
{
    static _Atomic bool told;
    struct gs_watched *self = gs_watched_self;
    char where[32] = "", text[512];
    const char *name = "a native thread";
    bool again = atomic_exchange(&told, true);
    int code = errno;
    (void)number;
    if (self && line_of(self))
        snprintf(where, sizeof where, " in line %u", (unsigned)self->line);
    if (self)
        name = gs_tables_actor_name(gs_segment_tables(gs_watch.segment), self->id);
    snprintf(
        text, sizeof text,
        "blocked%s where the virtual clock cannot see it, in a lock or a sleep of a C library's "
        "own or in a device; nobody can go on. %s--clock real can run it",
        where, again ? "The run ends here; " : "");
    print(name, text);
    if (self)
        tell(self, again ? GS_EVENT_ERROR : GS_EVENT_NOTE, name, text);
    if (again)
        _Exit(EXIT_FAILURE);
    errno = code;
}

void gs_blocked_listen(void)
{
    struct sigaction action = {.sa_handler = hear, .sa_flags = SA_RESTART};
    gs_real.sigaction(GS_SIGNAL_BLOCKED, &action, NULL);
}
