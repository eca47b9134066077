#include "timeline/explain/cancelled.h"

#include "timeline/turns.h"

#include <stdio.h>
#include <string.h>

/* What the library has the loop call when a timeout's time has come (Lib/asyncio/timeouts.py). */
static const char timeout[] = "Timeout._on_timeout";

static uint32_t kind_of(const struct gs_timeline *t, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_actor_row *row = tables->actor(tables, actor);
    return row ? row->kind : 0;
}

static bool is_sleep(const struct gs_timeline *t, const struct gs_span *span)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    const struct gs_object_row *row = tables->object(tables, span->on);
    return row && row->kind == GS_OBJECT_SLEEP;
}

/* It never awaited anything again, and ended as whoever ended the span wanted. */
static bool ended_by_it(const struct gs_lane *lane, const struct gs_span *span)
{
    const struct gs_span *end = lane->spans.items + lane->spans.count;
    if (!lane->died || lane->how != GS_DEATH_CANCELLED || lane->by != span->cause)
        return false;
    while (++span < end)
        if (span->state == GS_STATE_AWAITING)
            return false;
    return true;
}

const char *gs_cancelled_by(char *buffer, size_t size, const struct gs_timeline *t,
                            const struct gs_lane *lane, const struct gs_span *span)
{
    char name[GS_NAME_SIZE], call[GS_NAME_SIZE];
    bool somebody = !span->open && kind_of(t, span->cause);
    /* Nobody but the clock ends a sleep that goes on. */
    if (span->state != GS_STATE_AWAITING || !somebody ||
        !(is_sleep(t, span) || ended_by_it(lane, span)))
        return NULL;
    const struct gs_label *label = kind_of(t, span->cause) == GS_ACTOR_LOOP
                                       ? gs_turn_callback(t, span->cause, span->end)
                                       : NULL;
    gs_name_actor(name, sizeof name, t, span->cause);
    if (label)
        gs_name_string(call, sizeof call, gs_timeline_tables(t), label->text);
    if (label && strcmp(call, timeout) == 0)
        snprintf(buffer, size, "its timeout");
    else if (label)
        snprintf(buffer, size, "%s, which %s calls,", call, name);
    else
        snprintf(buffer, size, "%s", name);
    return buffer;
}
