/* `--to chrome`: Trace Event JSON, which Perfetto's viewer, chrome://tracing and speedscope open. A
 * thread a lane; states and whose the GIL is are slices, labels nest beside them, wakes and
 * messages are arrows. Times are microseconds there. */
#include "export/json.h"
#include "export/shown.h"
#include "export/tracks.h"

#include "timeline/messages.h"
#include "timeline/names.h"

#include <inttypes.h>

struct chrome {
    struct gs_json json;
    const struct gs_timeline *timeline;
    struct gs_shown shown;
    struct gs_tracks tracks;
    uint64_t from, until;
    uint64_t arrows;
    bool any; /* one was written: a comma comes next */
};

static json_t *time_of(uint64_t ns)
{
    return json_real((double)ns / 1e3);
}

static json_t *name_of(const struct chrome *c, uint32_t actor)
{
    char name[GS_NAME_SIZE];
    return gs_json_text(gs_name_actor(name, sizeof name, c->timeline, actor));
}

static void put(struct chrome *c, json_t *event)
{
    if (c->any)
        fputc(',', c->json.out);
    c->any = true;
    gs_json_put(&c->json, event);
}

/* What every event has: its phase, whose lane it is in, and when; ns of UINT64_MAX: it has none. */
static json_t *event_of(const struct chrome *c, const char *phase, uint32_t actor, uint64_t ns)
{
    uint32_t process = gs_tables_process(c->json.tables, actor);
    json_t *event = json_pack("{s:s, s:o, s:o}", "ph", phase, "pid", gs_json_number(process), "tid",
                              gs_json_number(actor));
    if (ns != UINT64_MAX)
        json_object_set_new(event, "ts", time_of(ns));
    return event;
}

static void put_title(struct chrome *c, const char *what, uint32_t actor)
{
    char name[GS_NAME_SIZE];
    json_t *event = event_of(c, "M", actor, UINT64_MAX);
    json_t *title = gs_json_text(gs_tracks_name(name, &c->tracks, actor));
    json_object_update_new(event, json_pack("{s:s, s:{s:o}}", "name", what, "args", "name", title));
    put(c, event);
}

static void put_order(struct chrome *c, const char *what, uint32_t actor)
{
    json_t *event = event_of(c, "M", actor, UINT64_MAX);
    json_object_update_new(event, json_pack("{s:s, s:{s:o}}", "name", what, "args", "sort_index",
                                            gs_json_number(gs_tracks_rank(&c->tracks, actor))));
    put(c, event);
}

static void put_titles(struct chrome *c, uint32_t actor)
{
    const struct gs_actor_row *row = c->json.tables->actor(c->json.tables, actor);
    if (!row)
        return;
    if (row->kind == GS_ACTOR_PROCESS) {
        put_title(c, "process_name", actor);
        put_order(c, "process_sort_index", actor);
    }
    if (!gs_shown_has(&c->shown, actor))
        return;
    put_title(c, "thread_name", actor);
    put_order(c, "thread_sort_index", actor);
}

static bool is_shown(const struct chrome *c, uint64_t start, uint64_t end)
{
    return start <= c->until && end >= c->from;
}

/* Takes name and args. */
static void put_slice(struct chrome *c, uint32_t actor, const char *category, uint64_t start,
                      uint64_t end, json_t *name, json_t *args)
{
    json_t *event = event_of(c, "X", actor, start);
    json_object_update_new(event, json_pack("{s:o, s:s, s:o, s:o}", "dur", time_of(end - start),
                                            "cat", category, "name", name, "args", args));
    put(c, event);
}

static void put_span(struct chrome *c, const struct gs_lane *lane, const struct gs_span *span)
{
    uint64_t end = gs_span_end(c->timeline, span);
    json_t *args = json_object();
    if (!is_shown(c, span->start, end))
        json_decref(args);
    else {
        if (span->on)
            gs_json_add_object(&c->json, args, span->on);
        gs_json_add_line(&c->json, args, span->line, span->place);
        if (span->cause && c->json.tables->actor(c->json.tables, span->cause))
            json_object_set_new(args, "ended by", name_of(c, span->cause));
        put_slice(c, lane->actor, "state", span->start, end,
                  json_string(gs_state_word(span->state)), args);
    }
}

static void put_hold(struct chrome *c, const struct gs_lane *lane, const struct gs_hold *hold)
{
    uint64_t end = gs_hold_end(c->timeline, hold);
    if (!is_shown(c, hold->start, end))
        return;
    put_slice(c, lane->actor, "gil", hold->start, end, name_of(c, hold->owner),
              json_pack("{s:o}", "let go",
                        hold->open ? json_null() : json_string(gs_drop_word(hold->why))));
}

/* Labels may reach over ends of states: they are stretches beside those. */
static void put_label(struct chrome *c, const struct gs_lane *lane, size_t i)
{
    const struct gs_label *label = &lane->labels.items[i];
    const uint64_t ends[] = {label->start, gs_label_end(c->timeline, label)};
    if (!is_shown(c, ends[0], ends[1]))
        return;
    for (int end = 0; end < 2; end++) {
        char id[32];
        json_t *event = event_of(c, end ? "e" : "b", lane->actor, ends[end]);
        snprintf(id, sizeof id, "%u.%u", lane->actor, label->coroutine);
        json_object_update_new(event, json_pack("{s:s, s:s, s:o}", "cat", "label", "id", id, "name",
                                                gs_json_string(&c->json, label->text)));
        put(c, event);
    }
}

static void put_arrow(struct chrome *c, const char *name, uint32_t from, uint64_t sent, uint32_t to,
                      uint64_t received)
{
    const uint32_t actors[] = {from, to};
    const uint64_t times[] = {sent, received};
    if (!gs_shown_has(&c->shown, from) || !gs_shown_has(&c->shown, to) ||
        !is_shown(c, sent, received))
        return;
    c->arrows++;
    for (int end = 0; end < 2; end++) {
        json_t *event = event_of(c, end ? "f" : "s", actors[end], times[end]);
        json_object_update_new(event, json_pack("{s:s, s:s, s:o}", "cat", name, "name", name, "id",
                                                gs_json_number(c->arrows)));
        if (end)
            json_object_set_new(event, "bp", json_string("e"));
        put(c, event);
    }
}

static void put_words(struct chrome *c, const struct gs_event *e)
{
    json_t *event = event_of(c, "i", e->actor, e->time);
    json_object_update_new(event, json_pack("{s:s, s:s, s:o}", "s", "t", "cat",
                                            gs_event_kind_name(e->kind), "name",
                                            gs_json_string(&c->json, e->a)));
    put(c, event);
}

static void put_counter(struct chrome *c, const struct gs_event *e)
{
    json_t *event = event_of(c, "C", e->actor, e->time);
    json_object_update_new(event,
                           json_pack("{s:o, s:{s:o}}", "name", gs_json_object(&c->json, e->a),
                                     "args", "value", gs_json_number(e->b)));
    put(c, event);
}

/* What is missing of a lane, or of all of them. */
static void put_lost(struct chrome *c, const struct gs_event *e)
{
    char text[64];
    snprintf(text, sizeof text, "%" PRIu64 " event%s lost", e->a, e->a == 1 ? " is" : "s are");
    json_t *event = event_of(c, "i", e->actor, e->time);
    json_object_update_new(event, json_pack("{s:s, s:s, s:s}", "s", e->actor ? "t" : "g", "cat",
                                            gs_event_kind_name(e->kind), "name", text));
    put(c, event);
}

static void put_all_lost(struct chrome *c)
{
    struct gs_points lost = gs_timeline_points(c->timeline, GS_EVENT_LOST);
    for (size_t i = 0; i < lost.list.count; i++)
        if (is_shown(c, lost.list.items[i].time, lost.list.items[i].time))
            put_lost(c, &lost.list.items[i]);
    gs_vec_free(&lost.list);
}

static void put_point(struct chrome *c, const struct gs_lane *lane, const struct gs_event *e)
{
    if (!is_shown(c, e->time, e->time) || !gs_shown_tells(&c->shown, lane->actor, e->kind))
        return;
    if (gs_event_says(e->kind) && e->a)
        put_words(c, e);
    else if (e->kind == GS_EVENT_COUNTER)
        put_counter(c, e);
    else if (e->kind == GS_EVENT_WAKE && e->a <= UINT32_MAX)
        put_arrow(c, "wake", e->actor, e->time, (uint32_t)e->a, e->time);
}

/* The turns on a loop are its tasks' spans over again. */
static void put_stretches(struct chrome *c, const struct gs_lane *lane)
{
    const struct gs_actor_row *row = c->json.tables->actor(c->json.tables, lane->actor);
    for (size_t i = 0; i < lane->spans.count; i++)
        if (lane->spans.items[i].state != GS_STATE_NONE)
            put_span(c, lane, &lane->spans.items[i]);
    for (size_t i = 0; row && row->kind == GS_ACTOR_INTERPRETER && i < lane->holds.count; i++)
        put_hold(c, lane, &lane->holds.items[i]);
    for (size_t i = 0; i < lane->labels.count; i++)
        put_label(c, lane, i);
}

static void put_lane(struct chrome *c, const struct gs_lane *lane)
{
    if (gs_shown_has(&c->shown, lane->actor))
        put_stretches(c, lane);
    for (size_t i = 0; i < lane->points.count; i++)
        put_point(c, lane, &lane->points.items[i].event);
}

static void put_messages(struct chrome *c, uint32_t object)
{
    const struct gs_message *m;
    for (uint32_t i = 0; (m = gs_timeline_message_of(c->timeline, object, i)); i++)
        put_arrow(c, "message", m->from, m->sent, m->to, m->received);
}

static bool write_chrome(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct chrome c = {.json = gs_json_open(out, source),
                       .timeline = source->timeline,
                       .shown = gs_shown_of(source),
                       .tracks = gs_tracks_of(source)};
    const struct gs_tables *tables = c.json.tables;
    c.json.flags |= JSON_REAL_PRECISION(16);
    gs_export_window(source, &c.from, &c.until);
    fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n", out);
    for (uint32_t id = 1; id <= tables->actors(tables); id++)
        put_titles(&c, id);
    for (uint32_t id = 1; id <= tables->actors(tables); id++)
        if (gs_timeline_lane(c.timeline, id))
            put_lane(&c, gs_timeline_lane(c.timeline, id));
    for (uint32_t id = 1; id <= tables->objects(tables); id++)
        put_messages(&c, id);
    put_all_lost(&c);
    gs_shown_free(&c.shown);
    gs_tracks_free(&c.tracks);
    fputs("]}\n", out);
    return gs_json_end(&c.json, err);
}

const struct gs_exporter gs_exporter_chrome = {
    .name = "chrome",
    .meaning = "Trace Event JSON, for Perfetto's and Chrome's viewers",
    .ending = "json",
    .write = write_chrome,
};
