#include "timeline/explain/busy.h"

#include "timeline/explain/facts.h"
#include "timeline/explain/say.h"
#include "timeline/turns.h"

#include <string.h>

/* Of what was computed, in hundredths. */
enum { ALL = 90, MOST = 50 };

const char *gs_busy_words(char *buffer, size_t size, const struct gs_timeline *timeline,
                          const struct gs_event *busy)
{
    struct gs_say say;
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    const struct gs_place_row *place = tables->place(tables, busy->place);
    char where[GS_WHERE_SIZE], name[GS_NAME_SIZE];
    gs_say_init(&say, timeline, buffer, size);
    gs_say(&say, "%sat %s",
           busy->flags >= ALL    ? ""
           : busy->flags >= MOST ? "mostly "
                                 : "most often ",
           gs_where_line(where, sizeof where, tables, gs_event_line(busy), busy->place));
    gs_name_string(name, sizeof name, tables, busy->a);
    if (busy->a && strcmp(name, "<module>") != 0)
        gs_say(&say, ", in %s", name);
    if (place->call)
        gs_say(&say, ", which calls %s", gs_name_string(name, sizeof name, tables, place->call));
    return buffer;
}

const char *gs_kept_words(char *buffer, size_t size, const struct gs_timeline *timeline,
                          uint32_t loop, uint64_t time, uint32_t but)
{
    enum { NAMED = 3 };
    struct gs_say say;
    const struct gs_span *span = gs_explain_span(timeline, but, time);
    uint64_t due = span ? gs_turn_due(timeline, but, time) : 0;
    bool beside = span && (span->state == GS_STATE_READY || (due && due <= time));
    uint32_t names[NAMED + 1], all = gs_turn_kept_count(timeline, loop, time);
    size_t found = gs_turn_kept(timeline, loop, time, names, NAMED + 1), named = 0;
    for (size_t i = 0; i < found; i++)
        if (names[i] != but)
            names[named++] = names[i];
    uint32_t count = all > beside ? all - beside : 0;
    named = count > NAMED ? NAMED - 1 : named < count ? named : count;
    gs_say_init(&say, timeline, buffer, size);
    if (count)
        gs_say(&say, "; it keeps %u %stask%s waiting", count, beside ? "more " : "",
               count == 1 ? "" : "s");
    for (size_t i = 0; i < named; i++)
        gs_say(&say, "%s%s",
               i == 0           ? ": "
               : i + 1 == count ? " and "
                                : ", ",
               gs_say_who(&say, names[i]));
    if (named && named < count)
        gs_say(&say, " and %u others", count - (unsigned)named);
    return buffer;
}
