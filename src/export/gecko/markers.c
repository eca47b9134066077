/* The markers of a thread. Those that CPython's own profiler has bear its names and payloads (see
 * Lib/profiling/sampling/gecko_collector.py of 3.15), so that ours lie beside a real profile:
 * whether it had the GIL, waited for it, was on a core, in Python or native code. What that
 * profiler cannot see has names of our own: what was waited for, labels, the turns of tasks, what
 * was said. */
#include "export/gecko/markers.h"

#include "base/sorted.h"
#include "export/print.h"

#include <stdlib.h>

/* If some of it is in the window. */
static void add(struct gs_gecko_markers *m, const char *name, struct gs_gecko_marker marker)
{
    if (marker.start > m->gecko->until || marker.end < m->gecko->from)
        return;
    marker.name = gs_gecko_string(m->gecko, name);
    gs_long_push(&m->list, marker);
}

/* "Has GIL", say. */
static void add_as_cpython(struct gs_gecko_markers *m, const char *name,
                           enum gs_gecko_category category, uint64_t start, uint64_t end)
{
    add(m, name,
        (struct gs_gecko_marker){.start = start,
                                 .end = end,
                                 .payload = OF_STRETCH,
                                 .phase = INTERVAL,
                                 .category = (uint8_t)category});
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

static void add_stretch(struct gs_gecko_markers *m, const struct condition *c, bool holds,
                        uint64_t start, uint64_t end)
{
    const char *name = holds ? c->name : c->otherwise;
    if (name && start < end)
        add_as_cpython(m, name, c->category, start, end);
}

/* A stretch of the condition, or of the other, over as many states as it lasts; states that took no
 * time do not end it, and what nobody knows is neither. */
static void add_condition(struct gs_gecko_markers *m, const struct condition *c)
{
    const struct gs_lane *lane = m->lane;
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
static void add_gil(struct gs_gecko_markers *m)
{
    const struct gs_lane *thread = m->lane;
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

static bool is_wait(unsigned state)
{
    return state == GS_STATE_IO || state == GS_STATE_SLEEPING || state == GS_STATE_WAITING ||
           state == GS_STATE_READY;
}

static void add_waits(struct gs_gecko_markers *m)
{
    for (size_t i = 0; i < m->lane->spans.count; i++) {
        const struct gs_span *span = &m->lane->spans.items[i];
        if (is_wait(span->state))
            add(m, gs_state_word(span->state),
                (struct gs_gecko_marker){.start = span->start,
                                         .end = gs_span_end(m->gecko->timeline, span),
                                         .index = i,
                                         .payload = OF_WAIT,
                                         .phase = INTERVAL,
                                         .category = GS_GECKO_WAIT});
    }
}

static void add_labels(struct gs_gecko_markers *m)
{
    for (size_t i = 0; i < m->lane->labels.count; i++) {
        const struct gs_label *label = &m->lane->labels.items[i];
        char *text = gs_print_string(m->gecko->json.tables, label->text);
        add(m, text,
            (struct gs_gecko_marker){.start = label->start,
                                     .end = gs_label_end(m->gecko->timeline, label),
                                     .index = i,
                                     .payload = OF_LABEL,
                                     .phase = INTERVAL,
                                     .category = GS_GECKO_LABEL});
        free(text);
    }
}

/* A task has no thread of its own: its turns are the thread's that its loop runs in. */
static void add_turns(struct gs_gecko_markers *m, uint32_t loop)
{
    const struct gs_lane *lane = gs_timeline_lane(m->gecko->timeline, loop);
    char name[GS_NAME_SIZE];
    for (size_t i = 0; lane && i < lane->holds.count; i++) {
        const struct gs_hold *turn = &lane->holds.items[i];
        if (gs_shown_has(&m->gecko->shown, turn->owner))
            add(m, gs_tracks_name(name, &m->gecko->tracks, turn->owner),
                (struct gs_gecko_marker){.start = turn->start,
                                         .end = gs_hold_end(m->gecko->timeline, turn),
                                         .payload = OF_TURN,
                                         .phase = INTERVAL,
                                         .category = GS_GECKO_TASK});
    }
}

static void add_instant(struct gs_gecko_markers *m, const char *name, enum gs_gecko_payload payload,
                        uint64_t time, size_t index)
{
    add(m, name,
        (struct gs_gecko_marker){.start = time,
                                 .end = time,
                                 .index = index,
                                 .payload = (uint8_t)payload,
                                 .phase = INSTANT,
                                 .category = GS_GECKO_SAID});
}

static void add_words(struct gs_gecko_markers *m)
{
    for (size_t i = 0; i < m->lane->points.count; i++) {
        const struct gs_event *e = &m->lane->points.items[i].event;
        if (gs_event_says(e->kind) && e->a)
            add_instant(m, gs_event_kind_name(e->kind), OF_WORDS, e->time, i);
    }
}

/* What is missing of the thread, or of all that there are: nobody knows whose it was. */
static void add_lost(struct gs_gecko_markers *m)
{
    for (size_t i = 0; i < m->lost.list.count; i++) {
        const struct gs_event *e = &m->lost.list.items[i];
        if (e->actor == m->thread || !e->actor || (e->flags & GS_LOST_OF_ALL))
            add_instant(m, "lost", OF_LOSS, e->time, i);
    }
}

void gs_gecko_write_markers(struct gs_gecko *g, uint32_t actor)
{
    struct gs_gecko_markers m = {.gecko = g,
                                 .thread = actor,
                                 .lane = gs_timeline_lane(g->timeline, actor),
                                 .lost = gs_timeline_points(g->timeline, GS_EVENT_LOST)};
    if (m.lane) {
        for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
            add_condition(&m, &conditions[i]);
        add_gil(&m);
        add_waits(&m);
        add_labels(&m);
        add_words(&m);
    }
    add_lost(&m);
    for (size_t i = gs_sorted_before(&g->loops, thread, actor);
         i < g->loops.count && g->loops.items[i].thread == actor; i++)
        add_turns(&m, g->loops.items[i].loop);
    gs_gecko_write_table(&m);
    gs_long_free(&m.list);
    gs_vec_free(&m.lost.list);
}
