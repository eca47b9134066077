/* `--print json`: one object a line, actors first by id, then everything else by time, actor and
 * the order on its lane, the end of the run last: the same run gives the same bytes. */
#include "export/json.h"
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
    const struct gs_timeline *timeline;
    struct gs_shown shown;
    uint64_t from, until;
    struct gs_merge merge;         /* all of all lanes, by time */
    GS_VEC(struct record) instant; /* what begins at one */
};

static void put_actor(const struct writer *w, uint32_t id)
{
    const struct gs_actor_row *row = w->json.tables->actor(w->json.tables, id);
    if (!row)
        return;
    json_t *record =
        json_pack("{s:s, s:o, s:s, s:o, s:o}", "type", "actor", "id", gs_json_number(id), "kind",
                  gs_actor_kind_word(row->kind), "name", gs_json_string(&w->json, row->name),
                  "parent", gs_json_actor(&w->json, row->parent));
    if (row->kind == GS_ACTOR_INTERPRETER) {
        json_object_set_new(record, "gil", json_string(gs_gil_profile_word(row->gil)));
        json_object_set_new(record, "interval",
                            gs_actor_has_gil(row) ? gs_json_number(row->interval_ns) : json_null());
    }
    if (row->kind == GS_ACTOR_TASK)
        json_object_set_new(record, "coroutine",
                            row->what ? gs_json_string(&w->json, row->what) : json_null());
    gs_json_put(&w->json, record);
}

static json_t *label_at(const struct writer *w, const struct gs_lane *lane, uint64_t time)
{
    long i = gs_lane_label_at(lane, time);
    return i < 0 ? json_null() : gs_json_string(&w->json, lane->labels.items[i].text);
}

static void put_span(const struct writer *w, const struct gs_lane *lane, size_t i)
{
    const struct gs_span *span = &lane->spans.items[i];
    json_t *record = json_pack("{s:s, s:o, s:s}", "type", "span", "actor",
                               gs_json_number(lane->actor), "state", gs_state_word(span->state));
    gs_json_add_object(&w->json, record, span->on);
    json_object_update_new(record,
                           json_pack("{s:o, s:o, s:o}", "label", label_at(w, lane, span->start),
                                     "start", gs_json_number(span->start), "end",
                                     gs_json_number(gs_span_end(w->timeline, span))));
    gs_json_add_line(&w->json, record, span->line, span->place);
    json_object_set_new(record, "cause", gs_json_actor(&w->json, span->cause));
    gs_json_put(&w->json, record);
}

static void put_label(const struct writer *w, const struct gs_lane *lane, size_t i)
{
    const struct gs_label *label = &lane->labels.items[i];
    json_t *record =
        json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "type", "label", "actor",
                  gs_json_number(lane->actor), "label", gs_json_string(&w->json, label->text),
                  "depth", gs_json_number(label->depth), "start", gs_json_number(label->start),
                  "end", gs_json_number(gs_label_end(w->timeline, label)));
    gs_json_add_line(&w->json, record, label->line, label->place);
    gs_json_put(&w->json, record);
}

static void put_hold(const struct writer *w, const struct gs_lane *lane, size_t i)
{
    const struct gs_hold *hold = &lane->holds.items[i];
    gs_json_put(&w->json,
                json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "type", "gil", "interpreter",
                          gs_json_number(lane->actor), "owner",
                          gs_json_actor(&w->json, hold->owner), "start",
                          gs_json_number(hold->start), "end",
                          gs_json_number(gs_hold_end(w->timeline, hold)), "why",
                          hold->open ? json_null() : json_string(gs_drop_word(hold->why))));
}

static uint64_t claim_end(const struct writer *w, const struct gs_claim *claim)
{
    return claim->open ? gs_timeline_end(w->timeline) : claim->end;
}

static void put_claim(const struct writer *w, uint32_t object, size_t i)
{
    const struct gs_claim *claim = gs_timeline_claim(w->timeline, object, i);
    json_t *record =
        json_pack("{s:s, s:o}", "type", "held", "owner", gs_json_actor(&w->json, claim->owner));
    gs_json_add_object(&w->json, record, object);
    json_object_update_new(record, json_pack("{s:o, s:o}", "start", gs_json_number(claim->start),
                                             "end", gs_json_number(claim_end(w, claim))));
    gs_json_add_line(&w->json, record, claim->line, claim->place);
    gs_json_put(&w->json, record);
}

/* What an event says beside its time and its actor. */
typedef void tell(const struct gs_json *j, json_t *record, const struct gs_event *e);

static void tell_wake(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    json_object_set_new(record, "woken", gs_json_actor(j, e->a));
    gs_json_add_object(j, record, e->b);
}

static void tell_message(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    json_t *who = gs_json_actor(j, e->actor);
    json_object_set_new(record, "from", e->flags ? who : json_null());
    json_object_set_new(record, "to", e->flags ? json_null() : who);
    gs_json_add_object(j, record, gs_event_through(e));
    json_object_set_new(record, "number",
                        gs_event_number(e) ? gs_json_number(gs_event_number(e)) : json_null());
    json_object_set_new(record, "bytes", gs_json_number(e->b));
}

static void tell_counter(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    gs_json_add_object(j, record, e->a);
    json_object_set_new(record, "value", gs_json_number(e->b));
}

static void tell_enter(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    (void)j;
    json_object_set_new(record, "interpreter", gs_json_number(e->a));
}

static void tell_interval(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    tell_enter(j, record, e);
    json_object_set_new(record, "interval", gs_json_number(e->b));
}

static void tell_busy(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    json_object_set_new(record, "function", e->a ? gs_json_string(j, e->a) : json_null());
    gs_json_add_line(j, record, gs_event_line(e), e->place);
    json_object_set_new(record, "percent", gs_json_number(e->flags));
}

static void tell_lost(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    (void)j;
    json_object_set_new(record, "count", gs_json_number(e->a));
    if (e->flags & GS_LOST_OF_ALL)
        json_object_set_new(record, "since", gs_json_number(e->b));
    if (e->flags & GS_LOST_NO_ROOM)
        json_object_set_new(record, "why", json_string("no-room"));
}

/* The end of a phase has no text. */
static void tell_text(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    json_object_set_new(record, "text", e->a ? gs_json_string(j, e->a) : json_null());
    gs_json_add_line(j, record, gs_event_line(e), e->place);
}

/* The speed only where there is one: most leave it to the scene. */
static void tell_phase(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    tell_text(j, record, e);
    if (gs_event_high(e))
        json_object_set_new(record, "speed", json_real(gs_event_high(e) / 1e6));
}

static void tell_check(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    json_object_set_new(record, "ok", json_boolean(e->flags));
    tell_text(j, record, e);
}

/* The answers that can be chosen, and the right one, as the program gave them. */
static void tell_ask(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    struct gs_question question;
    json_t *answers = json_array();
    gs_question_read(&question, j->tables, e);
    for (unsigned i = 0; i < question.count; i++)
        json_array_append_new(answers, json_string(question.answers[i]));
    json_object_set_new(record, "text", json_string(question.text));
    json_object_set_new(record, "answers", answers);
    json_object_set_new(record, "right",
                        question.right < question.count
                            ? json_string(question.answers[question.right])
                            : json_null());
    gs_json_add_line(j, record, gs_event_line(e), e->place);
}

static void tell_deadlock(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    json_object_set_new(record, "circle", json_boolean(!(e->flags & 1)));
    tell_text(j, record, e);
}

/* An end that was no ordinary one. */
static void tell_death(const struct gs_json *j, json_t *record, const struct gs_event *e)
{
    static const char *const words[] = {[GS_DEATH_ERROR] = "failed",
                                        [GS_DEATH_KILLED] = "killed",
                                        [GS_DEATH_CUT_OFF] = "cut-off",
                                        [GS_DEATH_REPLACED] = "replaced",
                                        [GS_DEATH_CANCELLED] = "cancelled"};
    json_object_set_new(record, "how", json_string(words[e->flags]));
    switch ((enum gs_death)e->flags) {
    case GS_DEATH_ERROR:
        json_object_set_new(record, "error", e->a ? gs_json_string(j, e->a) : json_null());
        break;
    case GS_DEATH_KILLED:
        json_object_set_new(record, "signal", e->a ? gs_json_number(e->a) : json_null());
        break;
    case GS_DEATH_REPLACED:
        json_object_set_new(record, "program", gs_json_string(j, e->a));
        break;
    case GS_DEATH_CANCELLED:
        json_object_set_new(record, "by", gs_json_actor(j, e->a));
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
    [GS_EVENT_OUTPUT] = tell_text,       [GS_EVENT_ERROR] = tell_text,
    [GS_EVENT_DEADLOCK] = tell_deadlock, [GS_EVENT_COUNTER] = tell_counter,
    [GS_EVENT_BUSY] = tell_busy,         [GS_EVENT_ASK] = tell_ask,
};

static void put_point(const struct writer *w, const struct gs_lane *lane, size_t i)
{
    const struct gs_event *e = &lane->points.items[i].event;
    json_t *record = json_pack("{s:s, s:o, s:o}", "type", gs_event_kind_name(e->kind), "time",
                               gs_json_number(e->time), "actor", gs_json_actor(&w->json, e->actor));
    tellers[e->kind](&w->json, record, e);
    gs_json_put(&w->json, record);
}

/* Beside events that are lost, those are of what never got a name. */
static void put_left_out(const struct writer *w)
{
    uint64_t count = w->json.tables->left_out(w->json.tables);
    if (count)
        gs_json_put(&w->json, json_pack("{s:s, s:o, s:o}", "type", "left-out", "time",
                                        gs_json_number(gs_timeline_end(w->timeline)), "count",
                                        gs_json_number(count)));
}

static void put_end(const struct writer *w)
{
    bool complete = gs_timeline_complete(w->timeline);
    json_t *record = json_pack("{s:s, s:o, s:o}", "type", "end", "time",
                               gs_json_number(gs_timeline_end(w->timeline)), "status",
                               complete ? json_integer(gs_end_status(w->timeline)) : json_null());
    if (gs_timeline_signal(w->timeline))
        json_object_set_new(record, "signal", json_integer(gs_timeline_signal(w->timeline)));
    gs_json_put(&w->json, record);
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

static void put_record(const struct writer *w, const struct record *record)
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
    gs_export_window(source, &w.from, &w.until);
    uint32_t actors = w.json.tables->actors(w.json.tables);
    for (uint32_t id = 1; id <= actors; id++)
        put_actor(&w, id);
    put_records(&w);
    gs_shown_free(&w.shown);
    put_left_out(&w);
    put_end(&w);
    return gs_json_end(&w.json, err);
}

const struct gs_exporter gs_exporter_json = {
    .name = "json",
    .meaning = "one JSON object a line",
    .write = write_json,
};
