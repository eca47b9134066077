#include "timeline/explain/awaited.h"

#include <stdio.h>
#include <string.h>

static uint32_t kind_of(const struct gs_timeline *t, uint32_t object)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_object_row *row = tables->object(tables, object);
    return row ? row->kind : 0;
}

/* The runtime may split a wait to tell another line; its last span tells who ended it. */
static const struct gs_span *last_part(const struct gs_lane *lane, const struct gs_span *span)
{
    const struct gs_span *end = lane->spans.items + lane->spans.count;
    while (span + 1 < end && span[1].state == span->state && span[1].on == span->on &&
           span[1].start == span->end)
        span++;
    return span;
}

static const struct gs_span *first_part(const struct gs_lane *lane, const struct gs_span *span)
{
    while (span > lane->spans.items && span[-1].state == span->state && span[-1].on == span->on &&
           span[-1].end == span->start)
        span--;
    return span;
}

/* Who starts a thread goes on once that runs: so who waits since before it ran waits for that. */
static bool had_run_by(const struct gs_timeline *t, uint32_t thread, uint64_t time)
{
    const struct gs_lane *lane = gs_timeline_lane(t, thread);
    for (size_t i = 0; lane && i < lane->spans.count; i++)
        if (lane->spans.items[i].state == GS_STATE_RUNNING)
            return lane->spans.items[i].start <= time;
    return false;
}

enum which { START, END, UNSAID };

/* The library's function that the line calls says which, if it is one of Thread's own. */
static enum which said_by_call(const struct gs_timeline *t, const struct gs_span *span)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const char *call = tables->string(tables, tables->place(tables, span->place)->call);
    const char *method = strrchr(call, '.');
    return !method                         ? UNSAID
           : strcmp(method, ".start") == 0 ? START
           : strcmp(method, ".join") == 0  ? END
                                           : UNSAID;
}

/* Who is joined has run before. On the virtual clock he tells his death first; on the real one
 * often only after the joiner has been told to go on, but soon. His birth does not tell the two
 * apart: on the real clock he may be born, and without a GIL run, before his starter begins to
 * wait. */
static bool was_started(const struct gs_timeline *t, const struct gs_span *first,
                        const struct gs_span *last)
{
    const struct gs_lane *thread = gs_timeline_lane(t, last->cause);
    if (!thread || !thread->born || (thread->died && thread->death <= last->end))
        return false;
    return !had_run_by(t, last->cause, first->start) || !thread->died ||
           thread->death - last->end >= last->end - thread->birth;
}

bool gs_awaited_start(const struct gs_timeline *t, const struct gs_lane *lane,
                      const struct gs_span *span)
{
    const struct gs_object_row *row =
        gs_timeline_tables(t)->object(gs_timeline_tables(t), span->on);
    if (!row || row->kind != GS_OBJECT_THREAD)
        return false;
    enum which said = said_by_call(t, span);
    if (said != UNSAID)
        return said == START;
    const struct gs_span *first = first_part(lane, span), *last = last_part(lane, span);
    if (last->open)
        return row->actor && !had_run_by(t, row->actor, first->start);
    return was_started(t, first, last);
}

static const char *before_name(const struct gs_timeline *t, const struct gs_lane *lane,
                               const struct gs_span *span)
{
    switch (kind_of(t, span->on)) {
    case GS_OBJECT_THREAD:
        return gs_awaited_start(t, lane, span) ? "the start of " : "the end of ";
    case GS_OBJECT_PROCESS:
        return "the end of ";
    case GS_OBJECT_TASK:
        return span->state == GS_STATE_AWAITING ? "" : "the end of ";
    case GS_OBJECT_SLEEP:
        return "a ";
    case GS_OBJECT_FUTURE:
        return "the result of ";
    case GS_OBJECT_EVENT:
        return "somebody to set ";
    case GS_OBJECT_CONDITION:
        return "somebody to notify ";
    case GS_OBJECT_BARRIER:
        return "the others to arrive at ";
    case GS_OBJECT_ROOM:
        return "room in ";
    case GS_OBJECT_TASKS:
        return "the tasks of ";
    }
    return "";
}

const char *gs_awaited_words(char *buffer, size_t size, const struct gs_timeline *t,
                             const struct gs_lane *lane, const struct gs_span *span)
{
    char name[GS_NAME_SIZE];
    bool nameless = !kind_of(t, span->on);
    snprintf(buffer, size, "%s%s", before_name(t, lane, span),
             nameless ? "somebody" : gs_name_object(name, sizeof name, t, span->on));
    return buffer;
}
