#include "python/sync/arrivals.h"

#include "python/cpython/errors.h"
#include "python/watch/places.h"

#include <stdio.h>
#include <string.h>

uint32_t gs_arrivals_getter(const struct gs_watched *self)
{
    return self->task ? self->task : self->id;
}

void gs_arrivals_got(struct gs_watched *self, struct gs_handed *handed)
{
    uint32_t getter = gs_arrivals_getter(self);
    if (handed->got || handed->by == getter)
        return;
    handed->got = true;
    uint64_t through = handed->item >> 32 << 32 | handed->results, now = gs_watch_now();
    if (!handed->results)
        return;
    if (getter == self->id)
        gs_watch_put(self, now, GS_EVENT_MESSAGE, 0, through, 0);
    else
        gs_watch_put_for(self, getter, now, GS_EVENT_MESSAGE, 0, through, 0);
}

void gs_raised_look(struct gs_raised *raised, gs_py *error)
{
    char file[4096];
    if (!gs_error_raised(error, file, sizeof file, &raised->line) ||
        !gs_places_of_file(file, &raised->place))
        raised->line = 0;
}

/* " in pool_0", " in pool_0 (work.py:12)" */
static void say_whose(const struct gs_raised *raised, char *text, size_t size)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_actor_row *row = raised->whose ? tables->actor(tables, raised->whose) : NULL;
    const char *file = raised->line ? gs_places_file(raised->place) : "";
    const char *slash = strrchr(file, '/');
    size_t length = 0;
    *text = '\0';
    if (row)
        length =
            (size_t)snprintf(text, size, " in %s", gs_segment_text(gs_watch.segment, row->name));
    if (raised->line && length < size)
        snprintf(text + length, size - length, " (%s:%u)", slash ? slash + 1 : file, raised->line);
}

void gs_failure_words(const struct gs_failure *failure, char *text, size_t size)
{
    char reason[256], whose[256];
    gs_error_describe(failure->error, reason, sizeof reason);
    say_whose(&failure->raised, whose, sizeof whose);
    snprintf(text, size, "the failure of %s%s arrives here: %s",
             failure->raised.what ? gs_segment_text(gs_watch.segment, failure->raised.what)
                                  : "a call",
             whose, reason);
}

void gs_failure_tell(struct gs_watched *self, const struct gs_failure *failure, const char *words)
{
    struct gs_event note = {.actor = failure->actor,
                            .kind = GS_EVENT_NOTE,
                            .flags = GS_NOTE_ABOUT_ACTOR,
                            .place = failure->place,
                            .a = gs_watch_string(words, strlen(words)),
                            .b = failure->line};
    note.time = gs_watch_now();
    if (failure->actor == self->id)
        gs_watch_put_event(self, note);
    else
        gs_watch_put_event_for(self, note);
}
