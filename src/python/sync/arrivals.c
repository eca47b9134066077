#include "python/sync/arrivals.h"

#include "python/cpython/errors.h"

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

/* " in pool_0", " in pool_0 (work.py:12)" */
static void say_whose(const struct gs_failure *failure, char *text, size_t size)
{
    const struct gs_tables *tables = gs_segment_tables(gs_watch.segment);
    const struct gs_actor_row *row = failure->whose ? tables->actor(tables, failure->whose) : NULL;
    char file[256];
    uint32_t line = 0;
    bool raised = gs_error_raised(failure->error, file, sizeof file, &line);
    const char *slash = raised ? strrchr(file, '/') : NULL;
    int length = row ? snprintf(text, size, " in %s", gs_segment_text(gs_watch.segment, row->name))
                     : snprintf(text, size, "%s", "");
    if (raised && length >= 0 && (size_t)length < size)
        snprintf(text + length, size - (size_t)length, " (%s:%u)", slash ? slash + 1 : file, line);
}

void gs_failure_tell(struct gs_watched *self, const struct gs_failure *failure)
{
    char reason[256], whose[256], text[768];
    gs_error_describe(failure->error, reason, sizeof reason);
    say_whose(failure, whose, sizeof whose);
    snprintf(text, sizeof text, "what %s raised%s arrives here: %s",
             failure->what ? gs_segment_text(gs_watch.segment, failure->what) : "somebody", whose,
             reason);
    struct gs_event note = {.actor = failure->actor,
                            .kind = GS_EVENT_NOTE,
                            .place = failure->place,
                            .a = gs_watch_string(text, strlen(text)),
                            .b = failure->line,
                            .time = gs_watch_now()};
    if (failure->actor == self->id)
        gs_watch_put_event(self, note);
    else
        gs_watch_put_event_for(self, note);
}
