/* `--print json`: one object a line, actors first by id, then everything else by time, actor and
 * the order on its lane, the end of the run last: the same run gives the same bytes. */
#include "export/json.h"
#include "export/json_line.h"
#include "export/shown.h"

#include "base/merge.h"
#include "timeline/ends.h"
#include "timeline/question.h"

#include <stdlib.h>

/* At one instant of one actor the stretches stand before the points. */
enum record_kind { RECORD_SPAN, RECORD_LABEL, RECORD_HOLD, RECORD_CLAIM, RECORD_POINT };

struct record {
    uint64_t time;
    uint32_t actor, object; /* object: a claim's, else 0 */
    enum record_kind kind;
    size_t index;
};

struct writer {
    struct gs_json json;
    struct gs_line line;
    const struct gs_timeline *timeline;
    struct gs_shown shown;
    uint64_t from, until;
    struct gs_merge merge;         /* all of all lanes, by time */
    GS_VEC(struct record) instant; /* what begins at one */
};

static void put_string(struct gs_line *l, const char *key, uint64_t id)
{
    if (id)
        gs_line_string(l, key, id);
    else
        gs_line_null(l, key);
}

static void put_actor(struct writer *w, uint32_t id)
{
    struct gs_line *l = &w->line;
    const struct gs_actor_row *row = w->json.tables->actor(w->json.tables, id);
    if (!row)
        return;
    gs_line_begin(l, "actor");
    gs_line_number(l, "id", id);
    gs_line_text(l, "kind", gs_actor_kind_word(row->kind));
    gs_line_string(l, "name", row->name);
    gs_line_actor(l, "parent", row->parent);
    if (row->kind == GS_ACTOR_INTERPRETER) {
        gs_line_text(l, "gil", gs_gil_profile_word(row->gil));
        if (gs_actor_has_gil(row))
            gs_line_number(l, "interval", row->interval_ns);
        else
            gs_line_null(l, "interval");
    }
    if (row->kind == GS_ACTOR_TASK)
        put_string(l, "coroutine", row->what);
    gs_line_end(l);
}

static void put_span(struct writer *w, const struct gs_lane *lane, size_t i)
{
    struct gs_line *l = &w->line;
    const struct gs_span *span = &lane->spans.items[i];
    long label = gs_lane_label_at(lane, span->start);
    gs_line_begin(l, "span");
    gs_line_number(l, "actor", lane->actor);
    gs_line_text(l, "state", gs_state_word(span->state));
    gs_line_object(l, span->on);
    if (label < 0)
        gs_line_null(l, "label");
    else
        gs_line_string(l, "label", lane->labels.items[label].text);
    gs_line_number(l, "start", span->start);
    gs_line_number(l, "end", gs_span_end(w->timeline, span));
    gs_line_place(l, span->line, span->place);
    gs_line_actor(l, "cause", span->cause);
    gs_line_end(l);
}

static void put_label(struct writer *w, const struct gs_lane *lane, size_t i)
{
    struct gs_line *l = &w->line;
    const struct gs_label *label = &lane->labels.items[i];
    gs_line_begin(l, "label");
    gs_line_number(l, "actor", lane->actor);
    gs_line_string(l, "label", label->text);
    gs_line_number(l, "depth", label->depth);
    gs_line_number(l, "start", label->start);
    gs_line_number(l, "end", gs_label_end(w->timeline, label));
    gs_line_place(l, label->line, label->place);
    gs_line_end(l);
}

static void put_hold(struct writer *w, const struct gs_lane *lane, size_t i)
{
    struct gs_line *l = &w->line;
    const struct gs_hold *hold = &lane->holds.items[i];
    gs_line_begin(l, "gil");
    gs_line_number(l, "interpreter", lane->actor);
    gs_line_actor(l, "owner", hold->owner);
    gs_line_number(l, "start", hold->start);
    gs_line_number(l, "end", gs_hold_end(w->timeline, hold));
    gs_line_text(l, "why", hold->open ? NULL : gs_drop_word(hold->why));
    gs_line_end(l);
}

static uint64_t claim_end(const struct writer *w, const struct gs_claim *claim)
{
    return claim->open ? gs_timeline_end(w->timeline) : claim->end;
}

static void put_claim(struct writer *w, uint32_t object, size_t i)
{
    struct gs_line *l = &w->line;
    const struct gs_claim *claim = gs_timeline_claim(w->timeline, object, i);
    gs_line_begin(l, "held");
    gs_line_actor(l, "owner", claim->owner);
    gs_line_object(l, object);
    gs_line_number(l, "start", claim->start);
    gs_line_number(l, "end", claim_end(w, claim));
    gs_line_place(l, claim->line, claim->place);
    gs_line_end(l);
}

/* What an event says beside its time and its actor. */
typedef void tell(struct gs_line *l, const struct gs_event *e);

static void tell_wake(struct gs_line *l, const struct gs_event *e)
{
    gs_line_actor(l, "woken", e->a);
    gs_line_object(l, e->b);
}

static void tell_message(struct gs_line *l, const struct gs_event *e)
{
    gs_line_actor(l, "from", e->flags ? e->actor : 0);
    gs_line_actor(l, "to", e->flags ? 0 : e->actor);
    gs_line_object(l, gs_event_through(e));
    if (gs_event_number(e))
        gs_line_number(l, "number", gs_event_number(e));
    else
        gs_line_null(l, "number");
    gs_line_number(l, "bytes", e->b);
}

static void tell_counter(struct gs_line *l, const struct gs_event *e)
{
    gs_line_object(l, e->a);
    gs_line_number(l, "value", e->b);
}

static void tell_enter(struct gs_line *l, const struct gs_event *e)
{
    gs_line_number(l, "interpreter", e->a);
}

static void tell_interval(struct gs_line *l, const struct gs_event *e)
{
    tell_enter(l, e);
    gs_line_number(l, "interval", e->b);
}

static void tell_busy(struct gs_line *l, const struct gs_event *e)
{
    put_string(l, "function", e->a);
    gs_line_place(l, gs_event_line(e), e->place);
    gs_line_number(l, "percent", e->flags);
}

static void tell_due(struct gs_line *l, const struct gs_event *e)
{
    gs_line_number(l, "until", e->a);
    if (e->flags & GS_DUE_LIMIT)
        gs_line_bool(l, "limit", true);
}

static void tell_member(struct gs_line *l, const struct gs_event *e)
{
    if (e->flags & GS_MEMBER_HANDED) {
        gs_line_object(l, (uint32_t)e->a);
        gs_line_number(l, "number", gs_event_number(e));
        return;
    }
    gs_line_actor(l, "task", (uint32_t)e->a);
    gs_line_number(l, "of", (uint32_t)e->b);
    gs_line_number(l, "untold", e->b >> 32);
}

static void tell_lost(struct gs_line *l, const struct gs_event *e)
{
    gs_line_number(l, "count", e->a);
    if (e->flags & GS_LOST_OF_ALL)
        gs_line_number(l, "since", e->b);
    if (e->flags & GS_LOST_NO_ROOM)
        gs_line_text(l, "why", "no-room");
}

/* The end of a phase has no text. */
static void tell_text(struct gs_line *l, const struct gs_event *e)
{
    put_string(l, "text", e->a);
    gs_line_place(l, gs_event_line(e), e->place);
}

static void tell_output(struct gs_line *l, const struct gs_event *e)
{
    tell_text(l, e);
    if (e->flags & GS_OUTPUT_ON_STDERR)
        gs_line_text(l, "stream", "stderr");
}

/* The speed only where there is one: most leave it to the scene. */
static void tell_phase(struct gs_line *l, const struct gs_event *e)
{
    tell_text(l, e);
    if (gs_event_high(e))
        gs_line_real(l, "speed", gs_event_high(e) / 1e6);
}

static void tell_check(struct gs_line *l, const struct gs_event *e)
{
    gs_line_bool(l, "ok", e->flags);
    tell_text(l, e);
}

/* The answers that can be chosen, and the right one, as the program gave them. */
static void tell_ask(struct gs_line *l, const struct gs_event *e)
{
    struct gs_question question;
    gs_question_read(&question, l->json->tables, e);
    bool known = question.right < question.count;
    gs_line_text(l, "text", question.text);
    gs_line_open_list(l, "answers");
    for (unsigned i = 0; i < question.count; i++)
        gs_line_add_text(l, question.answers[i]);
    gs_line_close_list(l);
    gs_line_text(l, "right", known ? question.answers[question.right] : NULL);
    gs_line_place(l, gs_event_line(e), e->place);
}

static void tell_deadlock(struct gs_line *l, const struct gs_event *e)
{
    gs_line_bool(l, "circle", !(e->flags & 1));
    tell_text(l, e);
}

/* An end that was no ordinary one. */
static void tell_death(struct gs_line *l, const struct gs_event *e)
{
    static const char *const words[] = {[GS_DEATH_ERROR] = "failed",
                                        [GS_DEATH_KILLED] = "killed",
                                        [GS_DEATH_CUT_OFF] = "cut-off",
                                        [GS_DEATH_REPLACED] = "replaced",
                                        [GS_DEATH_CANCELLED] = "cancelled"};
    gs_line_text(l, "how", words[e->flags]);
    switch ((enum gs_death)e->flags) {
    case GS_DEATH_ERROR:
        put_string(l, "error", e->a);
        break;
    case GS_DEATH_KILLED:
        if (e->a)
            gs_line_number(l, "signal", e->a);
        else
            gs_line_null(l, "signal");
        break;
    case GS_DEATH_REPLACED:
        gs_line_string(l, "program", e->a);
        break;
    case GS_DEATH_CANCELLED:
        gs_line_actor(l, "by", e->a);
        break;
    case GS_DEATH_CUT_OFF:
        break;
    }
}

/* Kinds that have a record of their own; of the others spans, labels, holds and claims tell. */
static tell *const tellers[GS_EVENT_KINDS] = {
    [GS_EVENT_WAKE] = tell_wake,         [GS_EVENT_MESSAGE] = tell_message,
    [GS_EVENT_ENTER] = tell_enter,       [GS_EVENT_GIL_INTERVAL] = tell_interval,
    [GS_EVENT_LOST] = tell_lost,         [GS_EVENT_CHECK] = tell_check,
    [GS_EVENT_DIED] = tell_death,        [GS_EVENT_PHASE] = tell_phase,
    [GS_EVENT_NOTE] = tell_text,         [GS_EVENT_MARK] = tell_text,
    [GS_EVENT_OUTPUT] = tell_output,     [GS_EVENT_ERROR] = tell_text,
    [GS_EVENT_DEADLOCK] = tell_deadlock, [GS_EVENT_COUNTER] = tell_counter,
    [GS_EVENT_BUSY] = tell_busy,         [GS_EVENT_ASK] = tell_ask,
    [GS_EVENT_DUE] = tell_due,           [GS_EVENT_MEMBER] = tell_member,
};

static void put_point(struct writer *w, const struct gs_lane *lane, size_t i)
{
    const struct gs_event *e = &lane->points.items[i].event;
    gs_line_begin(&w->line, gs_event_kind_name(e->kind));
    gs_line_number(&w->line, "time", e->time);
    gs_line_actor(&w->line, "actor", e->actor);
    tellers[e->kind](&w->line, e);
    gs_line_end(&w->line);
}

/* Beside events that are lost, those are of what never got a name. */
static void put_left_out(struct writer *w)
{
    uint64_t count = w->json.tables->left_out(w->json.tables);
    if (!count)
        return;
    gs_line_begin(&w->line, "left-out");
    gs_line_number(&w->line, "time", gs_timeline_end(w->timeline));
    gs_line_number(&w->line, "count", count);
    gs_line_end(&w->line);
}

static void put_end(struct writer *w)
{
    struct gs_line *l = &w->line;
    gs_line_begin(l, "end");
    gs_line_number(l, "time", gs_timeline_end(w->timeline));
    if (gs_timeline_complete(w->timeline))
        gs_line_number(l, "status", (uint64_t)gs_end_status(w->timeline));
    else
        gs_line_null(l, "status");
    if (gs_timeline_signal(w->timeline))
        gs_line_number(l, "signal", (uint64_t)gs_timeline_signal(w->timeline));
    gs_line_end(l);
}

/* A task's end says how the coroutine was left; of others only who was killed or replaced. */
static bool is_told(const struct writer *w, const struct gs_event *death)
{
    const struct gs_actor_row *row = w->json.tables->actor(w->json.tables, death->actor);
    bool task = row && row->kind == GS_ACTOR_TASK;
    return death->flags == GS_DEATH_KILLED || death->flags == GS_DEATH_REPLACED ||
           (task && death->flags && death->flags <= GS_DEATH_CANCELLED);
}

/* The turns on a loop are its tasks' spans over again. */
static bool is_gil(const struct writer *w, const struct gs_lane *lane)
{
    const struct gs_actor_row *row = w->json.tables->actor(w->json.tables, lane->actor);
    return row && row->kind == GS_ACTOR_INTERPRETER;
}

/* Whose list it is, as the merge has it: the actor's, of claims the object's. */
static uint64_t list_of(enum record_kind kind, uint32_t id)
{
    return (uint64_t)kind << 32 | id;
}

static void collect(struct writer *w, const struct gs_lane *lane)
{
    struct gs_merge *m = &w->merge;
    uint32_t id = lane->actor;
    gs_merge_add(m, gs_sorted_items(&lane->points, event.time), lane->points.count,
                 list_of(RECORD_POINT, id));
    if (!gs_shown_has(&w->shown, id))
        return;
    gs_merge_add(m, gs_sorted_items(&lane->spans, start), lane->spans.count,
                 list_of(RECORD_SPAN, id));
    gs_merge_add(m, gs_sorted_items(&lane->labels, start), lane->labels.count,
                 list_of(RECORD_LABEL, id));
    if (is_gil(w, lane))
        gs_merge_add(m, gs_sorted_items(&lane->holds, start), lane->holds.count,
                     list_of(RECORD_HOLD, id));
}

static void collect_claims(struct writer *w, uint32_t object)
{
    struct {
        const struct gs_claim *items;
        size_t count;
    } claims = {gs_timeline_claim(w->timeline, object, 0),
                gs_timeline_claim_count(w->timeline, object)};
    gs_merge_add(&w->merge, gs_sorted_items(&claims, start), claims.count,
                 list_of(RECORD_CLAIM, object));
}

static void collect_all(struct writer *w)
{
    const struct gs_tables *tables = w->json.tables;
    for (uint32_t id = 0; id <= tables->actors(tables); id++)
        if (gs_timeline_lane(w->timeline, id))
            collect(w, gs_timeline_lane(w->timeline, id));
    for (uint32_t id = 1; id <= tables->objects(tables); id++)
        collect_claims(w, id);
}

static bool is_point_told(const struct writer *w, const struct gs_event *e)
{
    return tellers[e->kind] && (e->kind != GS_EVENT_DIED || is_told(w, e)) &&
           gs_shown_tells(&w->shown, e->actor, e->kind);
}

/* Whether there is a record of it; then end is when it is over. */
static bool is_recorded(const struct writer *w, const struct record *r, uint64_t *end)
{
    const struct gs_lane *lane = gs_timeline_lane(w->timeline, r->actor);
    switch (r->kind) {
    case RECORD_SPAN:
        *end = gs_span_end(w->timeline, &lane->spans.items[r->index]);
        return lane->spans.items[r->index].state != GS_STATE_NONE;
    case RECORD_LABEL:
        *end = gs_label_end(w->timeline, &lane->labels.items[r->index]);
        return true;
    case RECORD_HOLD:
        *end = gs_hold_end(w->timeline, &lane->holds.items[r->index]);
        return true;
    case RECORD_CLAIM:
        *end = claim_end(w, gs_timeline_claim(w->timeline, r->object, r->index));
        return gs_shown_has(&w->shown, r->actor);
    case RECORD_POINT:
        *end = r->time;
        return is_point_told(w, &lane->points.items[r->index].event);
    }
    return false;
}

static void note_record(struct writer *w, const struct gs_merged *at)
{
    struct record r = {.time = at->value,
                       .actor = (uint32_t)at->whose,
                       .kind = (enum record_kind)(at->whose >> 32),
                       .index = at->index};
    uint64_t end;
    if (r.kind == RECORD_CLAIM) {
        r.object = r.actor;
        r.actor = gs_timeline_claim(w->timeline, r.object, r.index)->owner;
    }
    if (is_recorded(w, &r, &end) && end >= w->from)
        gs_vec_push(&w->instant, r);
}

static int in_order(const void *left, const void *right)
{
    const struct record *a = left, *b = right;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->actor != b->actor)
        return a->actor < b->actor ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->object != b->object)
        return a->object < b->object ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static void put_record(struct writer *w, const struct record *record)
{
    const struct gs_lane *lane = gs_timeline_lane(w->timeline, record->actor);
    switch (record->kind) {
    case RECORD_SPAN:
        put_span(w, lane, record->index);
        break;
    case RECORD_LABEL:
        put_label(w, lane, record->index);
        break;
    case RECORD_HOLD:
        put_hold(w, lane, record->index);
        break;
    case RECORD_CLAIM:
        put_claim(w, record->object, record->index);
        break;
    case RECORD_POINT:
        put_point(w, lane, record->index);
        break;
    }
}

static void put_instant(struct writer *w)
{
    if (w->instant.count)
        qsort(w->instant.items, w->instant.count, sizeof *w->instant.items, in_order);
    for (size_t i = 0; i < w->instant.count; i++)
        put_record(w, &w->instant.items[i]);
    w->instant.count = 0;
}

/* Instant by instant, so that nothing but one has to be in memory at a time. */
static void put_records(struct writer *w)
{
    struct gs_merged at;
    uint64_t now = 0;
    collect_all(w);
    while (gs_merge_next(&w->merge, &at) && at.value <= w->until) {
        if (at.value != now)
            put_instant(w);
        now = at.value;
        note_record(w, &at);
    }
    put_instant(w);
    gs_merge_free(&w->merge);
    gs_vec_free(&w->instant);
}

static bool write_json(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct writer w = {.json = gs_json_open(out, source),
                       .timeline = source->timeline,
                       .shown = gs_shown_of(source)};
    w.line.json = &w.json;
    gs_export_window(source, &w.from, &w.until);
    uint32_t actors = w.json.tables->actors(w.json.tables);
    for (uint32_t id = 1; id <= actors; id++)
        put_actor(&w, id);
    put_records(&w);
    gs_shown_free(&w.shown);
    put_left_out(&w);
    put_end(&w);
    gs_line_free(&w.line);
    return gs_json_end(&w.json, err);
}

const struct gs_exporter gs_exporter_json = {
    .name = "json",
    .meaning = "one JSON object a line",
    .write = write_json,
};
