/* What lasts: states, owners of a GIL, labels. */
#include "export/perfetto/writer.h"

#include "export/print.h"

#include <stdlib.h>

static void annotate_string(struct gs_perfetto *p, const char *name, uint64_t string)
{
    char *text = gs_print_string(p->tables, string);
    gs_perfetto_annotate(p, name, text);
    free(text);
}

void gs_perfetto_annotate_line(struct gs_perfetto *p, uint32_t line, uint16_t place)
{
    const struct gs_place_row *row = p->tables->place(p->tables, place);
    if (!line)
        return;
    gs_perfetto_annotate_number(p, "line", line);
    if (row->file)
        annotate_string(p, "file", row->file);
    if (row->call)
        annotate_string(p, "call", row->call);
}

static void annotate_span(struct gs_perfetto *p, const struct gs_span *span)
{
    char name[GS_NAME_SIZE];
    if (span->on)
        gs_perfetto_annotate(p, "on", gs_name_object(name, sizeof name, p->timeline, span->on));
    gs_perfetto_annotate_line(p, span->line, span->place);
    if (span->cause && p->tables->actor(p->tables, span->cause))
        gs_perfetto_annotate(p, "ended by",
                             gs_name_actor(name, sizeof name, p->timeline, span->cause));
}

/* A state lasts until the next one, so that only one without a next one has an end of its own. */
static void put_spans(struct gs_perfetto *p, const struct gs_lane *lane)
{
    uint64_t track = gs_perfetto_uuid(lane->actor, GS_PERFETTO_STATE), last = UINT64_MAX;
    for (size_t i = 0; i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t ends = gs_span_end(p->timeline, span);
        if (span->state == GS_STATE_NONE || !gs_perfetto_is_shown(p, span->start, ends))
            continue;
        if (last != UINT64_MAX && (p->compat || last != span->start)) {
            gs_perfetto_begin(p, p->compat ? TYPE_SLICE_END : TYPE_STATE, track);
            gs_perfetto_put(p, last);
        }
        gs_perfetto_begin(p, p->compat ? TYPE_SLICE_BEGIN : TYPE_STATE, track);
        gs_perfetto_name(p, "state", gs_state_word(span->state));
        annotate_span(p, span);
        gs_perfetto_put(p, span->start);
        last = ends;
    }
    if (last == UINT64_MAX)
        return;
    gs_perfetto_begin(p, p->compat ? TYPE_SLICE_END : TYPE_STATE, track);
    gs_perfetto_put(p, last);
}

static void put_holds(struct gs_perfetto *p, const struct gs_lane *lane)
{
    uint64_t track = gs_perfetto_uuid(lane->actor, GS_PERFETTO_OWN);
    for (size_t i = 0; i < lane->holds.count; i++) {
        const struct gs_hold *hold = &lane->holds.items[i];
        uint64_t ends = gs_hold_end(p->timeline, hold);
        char name[GS_NAME_SIZE];
        if (!gs_perfetto_is_shown(p, hold->start, ends))
            continue;
        gs_perfetto_begin(p, TYPE_SLICE_BEGIN, track);
        gs_perfetto_name(p, "gil", gs_name_actor(name, sizeof name, p->timeline, hold->owner));
        if (!hold->open)
            gs_perfetto_annotate(p, "let go", gs_drop_word(hold->why));
        if (hold->asked_by)
            gs_perfetto_annotate(p, "asked by",
                                 gs_name_actor(name, sizeof name, p->timeline, hold->asked_by));
        gs_perfetto_put(p, hold->start);
        gs_perfetto_begin(p, TYPE_SLICE_END, track);
        gs_perfetto_put(p, ends);
    }
}

struct open_label {
    uint64_t end;
    uint16_t depth;
};

struct open_labels {
    GS_VEC(struct open_label) list;
};

/* Those that are as deep, or deeper, are over. */
static void end_labels(struct gs_perfetto *p, uint64_t track, struct open_labels *open, int depth)
{
    while (open->list.count && open->list.items[open->list.count - 1].depth >= depth) {
        gs_perfetto_begin(p, TYPE_SLICE_END, track);
        gs_perfetto_put(p, open->list.items[--open->list.count].end);
    }
}

/* Slices of one track nest, and so do the labels of one coroutine. */
static void put_labels_of(struct gs_perfetto *p, const struct gs_lane *lane, uint32_t coroutine)
{
    uint64_t track = gs_perfetto_coroutine_uuid(lane->actor, coroutine);
    struct open_labels open = {0};
    if (coroutine)
        gs_perfetto_put_track(p, track, gs_perfetto_uuid(lane->actor, GS_PERFETTO_OWN), "labels");
    for (size_t i = 0; i < lane->labels.count; i++) {
        const struct gs_label *label = &lane->labels.items[i];
        uint64_t ends = gs_label_end(p->timeline, label);
        if (label->coroutine != coroutine || !gs_perfetto_is_shown(p, label->start, ends))
            continue;
        end_labels(p, track, &open, label->depth);
        char *text = gs_print_string(p->tables, label->text);
        gs_perfetto_begin(p, TYPE_SLICE_BEGIN, track);
        gs_perfetto_name(p, "label", text);
        gs_perfetto_annotate_line(p, label->line, label->place);
        gs_perfetto_put(p, label->start);
        gs_vec_push(&open.list, ((struct open_label){ends, label->depth}));
        free(text);
    }
    end_labels(p, track, &open, 0);
    gs_vec_free(&open.list);
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static void put_labels(struct gs_perfetto *p, const struct gs_lane *lane)
{
    GS_VEC(uint32_t) coroutines = {0};
    for (size_t i = 0; i < lane->labels.count; i++)
        gs_vec_push(&coroutines, lane->labels.items[i].coroutine);
    if (coroutines.count)
        qsort(coroutines.items, coroutines.count, sizeof *coroutines.items, by_number);
    for (size_t i = 0; i < coroutines.count; i++)
        if (i == 0 || coroutines.items[i] != coroutines.items[i - 1])
            put_labels_of(p, lane, coroutines.items[i]);
    gs_vec_free(&coroutines);
}

/* The turns on a loop are its tasks' states over again. */
void gs_perfetto_put_stretches(struct gs_perfetto *p, const struct gs_lane *lane)
{
    const struct gs_actor_row *row = p->tables->actor(p->tables, lane->actor);
    put_spans(p, lane);
    if (row && row->kind == GS_ACTOR_INTERPRETER)
        put_holds(p, lane);
    put_labels(p, lane);
}
