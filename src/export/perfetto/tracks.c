/* The tracks: processes with their GILs, threads, loops with their tasks, in the order of the rows
 * of the picture; and for each that does something one of its states. */
#include "export/perfetto/writer.h"

/* Counters have numbers behind all actors'. */
#define COUNTERS   (1ull << 40)
#define COROUTINES (1ull << 41)
#define LOCKS      (1ull << 63)

uint64_t gs_perfetto_uuid(uint32_t actor, enum gs_perfetto_track track)
{
    return (uint64_t)actor << 2 | track;
}

uint64_t gs_perfetto_coroutine_uuid(uint32_t actor, uint32_t coroutine)
{
    return coroutine ? COROUTINES + ((uint64_t)actor << 32) + coroutine
                     : gs_perfetto_uuid(actor, GS_PERFETTO_OWN);
}

uint64_t gs_perfetto_counter_uuid(uint32_t object)
{
    return COUNTERS + object;
}

uint64_t gs_perfetto_lock_uuid(uint32_t object, size_t unit)
{
    return LOCKS + ((uint64_t)object << 24) + unit;
}

static void describe(struct gs_perfetto *p, uint64_t uuid, uint64_t parent, const char *name)
{
    gs_proto_number(&p->event, TRACK_UUID, uuid);
    if (parent)
        gs_proto_number(&p->event, TRACK_PARENT_UUID, parent);
    gs_proto_text(&p->event, TRACK_NAME, name);
}

void gs_perfetto_put_track(struct gs_perfetto *p, uint64_t uuid, uint64_t parent, const char *name)
{
    describe(p, uuid, parent, name);
    gs_perfetto_put_descriptor(p);
}

/* It says that the order is ours. */
static void put_root(struct gs_perfetto *p)
{
    gs_proto_number(&p->event, TRACK_UUID, 0);
    gs_proto_number(&p->event, TRACK_PROCESS_ORDERING, PROCESS_ORDERING_EXPLICIT);
    gs_proto_number(&p->event, TRACK_THREAD_ORDERING, THREAD_ORDERING_EXPLICIT);
    gs_perfetto_put_descriptor(p);
}

/* Processes and threads go by their actors' numbers, as everywhere in what we export: those of the
 * system mean nothing once the run is over, and can come twice. */
static void put_numbers(struct gs_perfetto *p, uint32_t actor, uint32_t kind, const char *name)
{
    if (kind == GS_ACTOR_PROCESS) {
        gs_proto_number(&p->part, PROCESS_PID, actor);
        gs_proto_text(&p->part, PROCESS_NAME, name);
        gs_proto_message(&p->event, TRACK_PROCESS, &p->part);
    } else if (kind == GS_ACTOR_THREAD) {
        gs_proto_number(&p->part, THREAD_PID, gs_tables_process(p->tables, actor));
        gs_proto_number(&p->part, THREAD_TID, actor);
        gs_proto_text(&p->part, THREAD_NAME, name);
        gs_proto_message(&p->event, TRACK_THREAD, &p->part);
    }
}

/* An interpreter stands in its process, a loop beside its thread, a task in its loop; what the
 * numbers say of processes and threads needs no parent. */
static uint64_t parent_of(const struct gs_perfetto *p, uint32_t actor,
                          const struct gs_actor_row *row)
{
    switch ((enum gs_actor_kind)row->kind) {
    case GS_ACTOR_PROCESS:
        break;
    case GS_ACTOR_THREAD:
        return gs_perfetto_uuid(gs_tables_process(p->tables, actor), GS_PERFETTO_OWN);
    case GS_ACTOR_INTERPRETER:
    case GS_ACTOR_LOOP:
    case GS_ACTOR_TASK:
        return gs_perfetto_uuid(row->parent, GS_PERFETTO_OWN);
    }
    return 0;
}

static bool does_something(const struct gs_perfetto *p, uint32_t actor)
{
    const struct gs_lane *lane = gs_timeline_lane(p->timeline, actor);
    for (size_t i = 0; lane && i < lane->spans.count; i++)
        if (lane->spans.items[i].state != GS_STATE_NONE)
            return true;
    return false;
}

static void put_state(struct gs_perfetto *p, uint32_t actor)
{
    describe(p, gs_perfetto_uuid(actor, GS_PERFETTO_STATE),
             gs_perfetto_uuid(actor, GS_PERFETTO_OWN), "state");
    if (p->compat)
        gs_proto_number(&p->event, TRACK_SIBLING_MERGE_BEHAVIOR, SIBLING_MERGE_NONE);
    else
        gs_proto_message(&p->event, TRACK_STATE, &p->part); /* an empty one: that it is there */
    gs_perfetto_put_descriptor(p);
}

static void put_actor(struct gs_perfetto *p, uint32_t actor)
{
    const struct gs_actor_row *row = p->tables->actor(p->tables, actor);
    char name[GS_NAME_SIZE];
    if (!row || (row->kind != GS_ACTOR_PROCESS && !gs_shown_has(&p->shown, actor)))
        return;
    gs_tracks_name(name, &p->tracks, actor);
    describe(p, gs_perfetto_uuid(actor, GS_PERFETTO_OWN), parent_of(p, actor, row), name);
    put_numbers(p, actor, row->kind, name);
    gs_proto_number(&p->event, TRACK_CHILD_ORDERING, CHILD_ORDERING_EXPLICIT);
    gs_proto_number(&p->event, TRACK_SIBLING_ORDER_RANK, gs_tracks_rank(&p->tracks, actor));
    gs_proto_number(&p->event, TRACK_SIBLING_MERGE_BEHAVIOR, SIBLING_MERGE_NONE);
    gs_perfetto_put_descriptor(p);
    if (does_something(p, actor))
        put_state(p, actor);
}

/* In the process of whoever tells it first: a queue between processes has one track. */
static void put_counter(struct gs_perfetto *p, const struct gs_event *e)
{
    uint32_t object = (uint32_t)e->a;
    const struct gs_object_row *row = p->tables->object(p->tables, object);
    char name[GS_NAME_SIZE];
    bool memory = row && row->kind == GS_OBJECT_MEMORY;
    describe(p, gs_perfetto_counter_uuid(object),
             gs_perfetto_uuid(gs_tables_process(p->tables, e->actor), GS_PERFETTO_OWN),
             gs_name_object(name, sizeof name, p->timeline, object));
    gs_proto_number(&p->part, COUNTER_UNIT, memory ? UNIT_SIZE_BYTES : UNIT_COUNT);
    gs_proto_message(&p->event, TRACK_COUNTER, &p->part);
    gs_perfetto_put_descriptor(p);
}

static void put_counters(struct gs_perfetto *p)
{
    struct gs_points counters = gs_timeline_points(p->timeline, GS_EVENT_COUNTER);
    uint32_t objects = p->tables->objects(p->tables);
    GS_VEC(bool) told = {0};
    for (uint32_t id = 0; id <= objects; id++)
        gs_vec_push(&told, false);
    for (size_t i = 0; i < counters.list.count; i++) {
        const struct gs_event *e = &counters.list.items[i];
        if (e->a > objects || told.items[e->a])
            continue;
        told.items[e->a] = true;
        put_counter(p, e);
    }
    gs_vec_free(&told);
    gs_vec_free(&counters.list);
}

void gs_perfetto_put_tracks(struct gs_perfetto *p)
{
    put_root(p);
    for (uint32_t id = 1; id <= p->tables->actors(p->tables); id++)
        put_actor(p, id);
    put_counters(p);
}
