#include "export/tellings.h"

#include "export/print.h"

#include "base/text.h"
#include "timeline/ends.h"
#include "timeline/names.h"

#include <inttypes.h>
#include <stdlib.h>

/* What is told, and the word that stands before it. */
static const struct {
    enum gs_event_kind kind;
    const char *word;
    bool who; /* it matters which actor it was */
} told[] = {{GS_EVENT_PHASE, "phase", false},  {GS_EVENT_NOTE, "note", false},
            {GS_EVENT_MARK, "mark", false},    {GS_EVENT_ASK, "asks", false},
            {GS_EVENT_OUTPUT, "prints", true}, {GS_EVENT_ERROR, "error", true},
            {GS_EVENT_LOST, "lost", true},     {GS_EVENT_DEADLOCK, "deadlock", false},
            {GS_EVENT_DIED, "ends", false}};

/* Ends of lanes are seen; that of a process has a word to it where it was no ordinary one. */
static bool is_told(const struct gs_timeline *timeline, const struct gs_event *event)
{
    char how[GS_END_SIZE];
    if (event->kind == GS_EVENT_DIED)
        return gs_tables_process(gs_timeline_tables(timeline), event->actor) == event->actor &&
               *gs_end_of_process(how, sizeof how, timeline, event->actor);
    /* That comes out of our own standard error, too. */
    if (event->kind == GS_EVENT_OUTPUT)
        return !(event->flags & GS_OUTPUT_ON_STDERR);
    return event->kind != GS_EVENT_PHASE || event->a != 0;
}

static void collect(struct gs_tellings *tellings, const struct gs_timeline *timeline, size_t how,
                    uint64_t from, uint64_t until)
{
    struct gs_points points = gs_timeline_points(timeline, told[how].kind);
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *event = &points.list.items[i];
        if (event->time >= from && event->time <= until && is_told(timeline, event))
            gs_vec_push(&tellings->list, ((struct gs_telling){*event, how, tellings->list.count}));
    }
    gs_vec_free(&points.list);
}

static int by_time(const void *left, const void *right)
{
    const struct gs_telling *a = left, *b = right;
    if (a->event.time != b->event.time)
        return a->event.time < b->event.time ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

struct gs_tellings gs_tellings_collect(const struct gs_timeline *timeline, uint64_t from,
                                       uint64_t until)
{
    struct gs_tellings tellings = {0};
    for (size_t how = 0; how < sizeof told / sizeof *told; how++)
        collect(&tellings, timeline, how, from, until);
    if (tellings.list.count)
        qsort(tellings.list.items, tellings.list.count, sizeof *tellings.list.items, by_time);
    return tellings;
}

const char *gs_telling_word(const struct gs_telling *t)
{
    return t->event.kind == GS_EVENT_DEADLOCK ? gs_print_deadlock_word(&t->event)
                                              : told[t->how].word;
}

char *gs_telling_text(const struct gs_timeline *timeline, const struct gs_telling *t)
{
    char *text = NULL, *string = NULL;
    char name[GS_NAME_SIZE], about[GS_NOTED_SIZE], end[GS_END_SIZE];
    int length;
    gs_name_actor(name, sizeof name, timeline, t->event.actor);
    gs_end_of_process(end, sizeof end, timeline, t->event.actor);
    if (t->event.kind != GS_EVENT_LOST && t->event.kind != GS_EVENT_DIED)
        string = gs_print_event(gs_timeline_tables(timeline), &t->event);
    if (t->event.kind == GS_EVENT_DIED)
        length = asprintf(&text, "%s is %s", name, end);
    else if (!string && t->event.flags & GS_LOST_NO_ROOM)
        length = asprintf(&text,
                          "the run is whole from %s on: there was no room for %" PRIu64
                          " events before, neither in memory nor on a disk",
                          gs_text_duration(end, sizeof end, t->event.time), t->event.a);
    else if (!string && t->event.flags & GS_LOST_OF_ALL)
        length = asprintf(&text,
                          "%" PRIu64 " events are missing: the recording is damaged, and what "
                          "happened from %s on is not known",
                          t->event.a, gs_text_duration(end, sizeof end, t->event.b));
    else if (!string)
        length = asprintf(&text, "%s: %" PRIu64 " events did not fit and are missing here", name,
                          t->event.a);
    else
        length =
            asprintf(&text, "%s%s%s%s", told[t->how].who ? name : "", told[t->how].who ? ": " : "",
                     gs_name_noted(about, sizeof about, timeline, &t->event), string);
    free(string);
    if (length < 0)
        abort();
    return text;
}
