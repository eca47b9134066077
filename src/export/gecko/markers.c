/* The markers of a thread. Those that CPython's own profiler has bear its names and payloads (see
 * Lib/profiling/sampling/gecko_collector.py of 3.15), so that ours lie beside a real profile:
 * whether it had the GIL, waited for it, was on a core, in Python or native code. What that
 * profiler cannot see has names of our own: what was waited for, labels, the turns of tasks, what
 * was said. */
#include "export/gecko/parts.h"

#include "base/sorted.h"
#include "export/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* In the profiler's words: what has a length, and what has none. */
enum phase { INSTANT = 0, INTERVAL = 1 };

struct marker {
    uint64_t start, end; /* ns */
    size_t order;        /* in which they were found */
    enum phase phase;
    enum gs_gecko_category category;
    json_t *name, *data;
};

struct markers {
    struct gs_gecko *gecko;
    uint32_t thread;
    GS_VEC(struct marker) list;
};

static bool is_shown(const struct gs_gecko *g, uint64_t start, uint64_t end)
{
    return start <= g->until && end >= g->from;
}

/* Takes data, which gets its type. */
static void add(struct markers *m, const char *type, const char *name, enum phase phase,
                enum gs_gecko_category category, uint64_t start, uint64_t end, json_t *data)
{
    if (!is_shown(m->gecko, start, end)) {
        json_decref(data);
        return;
    }
    json_object_set_new(data, "type", json_string(type));
    gs_vec_push(&m->list, ((struct marker){.start = start,
                                           .end = end,
                                           .order = m->list.count,
                                           .phase = phase,
                                           .category = category,
                                           .name = gs_gecko_string(m->gecko, name),
                                           .data = data}));
}

/* "Has GIL", of type "HasGIL", with what CPython's has. */
static void add_as_cpython(struct markers *m, const char *name, enum gs_gecko_category category,
                           uint64_t start, uint64_t end)
{
    char type[32];
    size_t n = 0;
    for (const char *c = name; *c && n < sizeof type - 1; c++)
        if (*c != ' ')
            type[n++] = *c;
    type[n] = '\0';
    add(m, type, name, INTERVAL, category, start, end,
        json_pack("{s:o, s:o}", "duration", gs_gecko_time(end - start), "tid",
                  gs_json_number(m->thread)));
}

/* States in which something holds of the thread, and what it is called while it does not. */
struct condition {
    unsigned states; /* bits 1 << enum gs_state */
    const char *name, *otherwise;
    enum gs_gecko_category category;
};

static const struct condition conditions[] = {
    {1u << GS_STATE_RUNNING | 1u << GS_STATE_NATIVE, "On CPU", "Off CPU", GS_GECKO_CPU},
    {1u << GS_STATE_RUNNING, "Python Code", NULL, GS_GECKO_CODE_TYPE},
    {1u << GS_STATE_NATIVE, "Native Code", NULL, GS_GECKO_CODE_TYPE},
    {1u << GS_STATE_WANTS_GIL, "Waiting for GIL", NULL, GS_GECKO_GIL},
};

static void add_stretch(struct markers *m, const struct condition *c, bool holds, uint64_t start,
                        uint64_t end)
{
    const char *name = holds ? c->name : c->otherwise;
    if (name && start < end)
        add_as_cpython(m, name, c->category, start, end);
}

/* A stretch of the condition, or of the other, over as many states as it lasts; states that took no
 * time do not end it, and what nobody knows is neither. */
static void add_condition(struct markers *m, const struct gs_lane *lane, const struct condition *c)
{
    uint64_t start = 0, end = 0;
    bool holds = false;
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t span_end = gs_span_end(m->gecko->timeline, span);
        bool here = c->states >> span->state & 1;
        bool known = span->state != GS_STATE_NONE && span->state != GS_STATE_UNKNOWN;
        if (!known || span_end == span->start)
            continue;
        if (here != holds || span->start != end) {
            add_stretch(m, c, holds, start, end);
            start = span->start;
            holds = here;
        }
        end = span_end;
    }
    add_stretch(m, c, holds, start, end);
}

/* "No GIL" is what lies between, for as long as the thread is there. */
static void add_gil(struct markers *m, const struct gs_lane *thread)
{
    const struct gs_gecko *g = m->gecko;
    uint64_t free_since = thread->birth;
    uint64_t over = thread->died ? thread->death : gs_timeline_end(g->timeline);
    for (size_t i = gs_sorted_before(&g->holds, thread, m->thread);
         i < g->holds.count && g->holds.items[i].thread == m->thread; i++) {
        const struct gs_gecko_hold *hold = &g->holds.items[i];
        if (free_since < hold->start)
            add_as_cpython(m, "No GIL", GS_GECKO_GIL, free_since, hold->start);
        add_as_cpython(m, "Has GIL", GS_GECKO_GIL, hold->start, hold->end);
        free_since = hold->end;
    }
    if (free_since < over)
        add_as_cpython(m, "No GIL", GS_GECKO_GIL, free_since, over);
}

static void add_line(const struct markers *m, json_t *data, uint32_t line, uint16_t place)
{
    if (line)
        gs_json_add_line(&m->gecko->json, data, line, place);
}

static bool is_wait(unsigned state)
{
    return state == GS_STATE_IO || state == GS_STATE_SLEEPING || state == GS_STATE_WAITING ||
           state == GS_STATE_READY;
}

/* "waiting queue jobs", for a line of a table that has room for no more. */
static json_t *wait_text(const struct markers *m, const struct gs_span *span)
{
    char name[GS_NAME_SIZE] = "", text[GS_NAME_SIZE + 32];
    if (span->on)
        gs_name_object(name, sizeof name, m->gecko->timeline, span->on);
    snprintf(text, sizeof text, "%s%s%s", gs_state_word(span->state), *name ? " " : "", name);
    return gs_json_text(text);
}

static void add_waits(struct markers *m, const struct gs_lane *lane)
{
    const struct gs_tables *tables = m->gecko->json.tables;
    char name[GS_NAME_SIZE];
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        if (!is_wait(span->state))
            continue;
        json_t *data = json_pack("{s:o}", "text", wait_text(m, span));
        if (span->cause && tables->actor(tables, span->cause))
            json_object_set_new(
                data, "endedBy",
                gs_json_text(gs_name_actor(name, sizeof name, m->gecko->timeline, span->cause)));
        add_line(m, data, span->line, span->place);
        add(m, "Wait", gs_state_word(span->state), INTERVAL, GS_GECKO_WAIT, span->start,
            gs_span_end(m->gecko->timeline, span), data);
    }
}

static void add_labels(struct markers *m, const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->labels.count; i++) {
        const struct gs_label *label = &lane->labels.items[i];
        char *text = gs_print_string(m->gecko->json.tables, label->text);
        json_t *data = json_pack("{s:s}", "text", text);
        add_line(m, data, label->line, label->place);
        add(m, "Label", text, INTERVAL, GS_GECKO_LABEL, label->start,
            gs_label_end(m->gecko->timeline, label), data);
        free(text);
    }
}

/* A task has no thread of its own: its turns are the thread's that its loop runs in. */
static void add_turns(struct markers *m, uint32_t loop)
{
    const struct gs_lane *lane = gs_timeline_lane(m->gecko->timeline, loop);
    char name[GS_NAME_SIZE];
    for (size_t i = 0; lane && i < lane->holds.count; i++) {
        const struct gs_hold *turn = &lane->holds.items[i];
        if (!gs_shown_has(&m->gecko->shown, turn->owner))
            continue;
        gs_tracks_name(name, &m->gecko->tracks, turn->owner);
        add(m, "Task", name, INTERVAL, GS_GECKO_TASK, turn->start,
            gs_hold_end(m->gecko->timeline, turn), json_pack("{s:o}", "task", gs_json_text(name)));
    }
}

static void add_words(struct markers *m, const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->points.count; i++) {
        const struct gs_event *e = &lane->points.items[i].event;
        if (!gs_event_says(e->kind) || !e->a)
            continue;
        char *text = gs_print_event(m->gecko->json.tables, e);
        json_t *data = json_pack("{s:s}", "text", text);
        add_line(m, data, gs_event_line(e), e->place);
        add(m, "Said", gs_event_kind_name(e->kind), INSTANT, GS_GECKO_SAID, e->time, e->time, data);
        free(text);
    }
}

/* What is missing of the thread, or of all that there are: nobody knows whose it was. */
static void add_lost(struct markers *m)
{
    struct gs_points lost = gs_timeline_points(m->gecko->timeline, GS_EVENT_LOST);
    for (size_t i = 0; i < lost.list.count; i++) {
        const struct gs_event *e = &lost.list.items[i];
        char text[64];
        if (e->actor != m->thread && e->actor && !(e->flags & GS_LOST_OF_ALL))
            continue;
        snprintf(text, sizeof text, "%" PRIu64 " event%s lost", e->a, e->a == 1 ? " is" : "s are");
        add(m, "Said", "lost", INSTANT, GS_GECKO_SAID, e->time, e->time,
            json_pack("{s:s}", "text", text));
    }
    gs_vec_free(&lost.list);
}

static int in_order(const void *left, const void *right)
{
    const struct marker *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* By columns, as the profiler has all its tables. Takes what the markers hold. */
static json_t *table_of(struct markers *m)
{
    json_t *data = json_array(), *name = json_array(), *start = json_array(), *end = json_array(),
           *phase = json_array(), *category = json_array();
    if (m->list.count)
        qsort(m->list.items, m->list.count, sizeof *m->list.items, in_order);
    for (size_t i = 0; i < m->list.count; i++) {
        struct marker *marker = &m->list.items[i];
        json_array_append_new(data, marker->data);
        json_array_append_new(name, marker->name);
        json_array_append_new(start, gs_gecko_time(marker->start));
        json_array_append_new(end,
                              marker->phase == INSTANT ? json_null() : gs_gecko_time(marker->end));
        json_array_append_new(phase, json_integer((json_int_t)marker->phase));
        json_array_append_new(category, json_integer((json_int_t)marker->category));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "data", data, "name", name, "startTime",
                     start, "endTime", end, "phase", phase, "category", category, "length",
                     gs_json_number(m->list.count));
}

json_t *gs_gecko_markers(struct gs_gecko *g, uint32_t actor)
{
    const struct gs_lane *lane = gs_timeline_lane(g->timeline, actor);
    struct markers m = {.gecko = g, .thread = actor};
    if (lane) {
        for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
            add_condition(&m, lane, &conditions[i]);
        add_gil(&m, lane);
        add_waits(&m, lane);
        add_labels(&m, lane);
        add_words(&m, lane);
    }
    add_lost(&m);
    for (size_t i = gs_sorted_before(&g->loops, thread, actor);
         i < g->loops.count && g->loops.items[i].thread == actor; i++)
        add_turns(&m, g->loops.items[i].loop);
    json_t *table = table_of(&m);
    gs_vec_free(&m.list);
    return table;
}
