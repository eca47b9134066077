#include "support/mangle.h"

#include "base/error.h"
#include "timeline/explain/explain.h"
#include "timeline/judge/stats.h"
#include "timeline/judge/verify.h"
#include "timeline/names.h"
#include "timeline/owners.h"
#include "timeline/rows.h"
#include "trace/collector.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RINGS = 3, RING_EVENTS = 32, ACTORS = 12, OBJECTS = 6, PLACES = 4, STRING_BYTES = 512 };

static const struct gs_segment_conf conf = {.ring_events = RING_EVENTS,
                                            .rings = RINGS,
                                            .actors = ACTORS,
                                            .objects = OBJECTS,
                                            .places = PLACES,
                                            .string_bytes = STRING_BYTES};

struct bytes {
    const uint8_t *at, *end;
};

/* Zeros behind the end. */
static uint64_t take(struct bytes *b, size_t count)
{
    uint64_t value = 0;
    while (count-- > 0 && b->at < b->end)
        value = value << 8 | *b->at++;
    return value;
}

struct run {
    struct gs_segment *segment;
    struct gs_collector *collector;
    struct gs_timeline *timeline;
    struct gs_ring rings[RINGS];
    char *raw; /* the segment, as the stage sees it */
    size_t size;
    uint64_t time;
};

static uint32_t name(struct run *r, const char *text)
{
    return gs_segment_add_string(r->segment, text, strlen(text));
}

/* A process, an interpreter with a GIL, threads in it, a loop, a task; one of every kind of lock.
 */
static void populate(struct run *r)
{
    static const uint32_t kinds[] = {GS_ACTOR_PROCESS, GS_ACTOR_INTERPRETER, GS_ACTOR_THREAD,
                                     GS_ACTOR_THREAD,  GS_ACTOR_LOOP,        GS_ACTOR_TASK};
    static const uint32_t parents[] = {0, 1, 2, 2, 4, 5};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        gs_segment_add_actor(r->segment, &(struct gs_actor_row){.kind = kinds[i],
                                                                .parent = parents[i],
                                                                .interpreter = 2,
                                                                .name = name(r, "somebody"),
                                                                .gil = GS_GIL_312,
                                                                .interval_ns = 5000000});
    for (uint32_t i = 0; i < OBJECTS - 1; i++)
        gs_segment_add_object(r->segment, &(struct gs_object_row){.kind = GS_OBJECT_LOCK + i,
                                                                  .name = name(r, "something")});
    for (uint32_t i = 0; i < PLACES - 1; i++)
        gs_segment_add_place(r->segment, &(struct gs_place_row){.file = name(r, "a file"),
                                                                .call = name(r, "a call")});
}

static void start(struct run *r)
{
    struct stat st;
    *r = (struct run){.segment = gs_segment_create(&conf, NULL)};
    populate(r);
    for (uint32_t i = 0; i < RINGS; i++)
        gs_segment_open_ring(r->segment, i + 3, false, &r->rings[i]);
    fstat(gs_segment_fd(r->segment), &st);
    r->size = (size_t)st.st_size;
    r->raw = mmap(NULL, r->size, PROT_READ | PROT_WRITE, MAP_SHARED, gs_segment_fd(r->segment), 0);
    r->collector = gs_collector_new(r->segment);
    r->timeline = gs_timeline_new(gs_segment_tables(r->segment));
}

static void stop(struct run *r)
{
    gs_timeline_free(r->timeline);
    gs_collector_free(r->collector);
    munmap(r->raw, r->size);
    gs_segment_close(r->segment);
}

/* An event that could be one, mostly: small ids, a time near the last one. */
static void put(struct run *r, struct bytes *b)
{
    struct gs_ring *ring = &r->rings[take(b, 1) % RINGS];
    uint8_t kind = (uint8_t)(take(b, 1) % (GS_EVENT_KINDS + 1)), flags = (uint8_t)take(b, 1);
    uint32_t actor = (uint32_t)take(b, 1) % (ACTORS + 2);
    uint64_t x = take(b, 1), y = take(b, 1);
    r->time += take(b, 1) * 1000;
    gs_ring_put_event(
        ring, (struct gs_event){.time = r->time,
                                .actor = actor,
                                .kind = kind,
                                .flags = flags % 16,
                                .place = flags / 16 % (PLACES + 2),
                                .a = x % (ACTORS + 2),
                                .b = gs_event_pack((uint32_t)(y & 15), (uint32_t)(y >> 4))});
}

static void put_anything(struct run *r, struct bytes *b)
{
    struct gs_ring *ring = &r->rings[take(b, 1) % RINGS];
    uint64_t time = take(b, 8);
    uint32_t actor = (uint32_t)take(b, 4);
    uint8_t kind = (uint8_t)take(b, 1), flags = (uint8_t)take(b, 1);
    uint64_t x = take(b, 8), y = take(b, 8);
    gs_ring_put_event(ring, (struct gs_event){.time = time,
                                              .actor = actor,
                                              .kind = kind,
                                              .flags = flags,
                                              .place = (uint16_t)(x ^ y),
                                              .a = x,
                                              .b = y});
}

/* Eight bytes, anywhere; or at the beginning, where the layout stands. */
static void scribble(struct run *r, struct bytes *b, size_t range)
{
    uint64_t at = take(b, 4) % (range - 8), value = take(b, 8);
    memcpy(r->raw + at, &value, sizeof value);
}

/* What the stage's own handles know is right; what lies in the segment need not be. */
static void scribble_ring(struct run *r, struct bytes *b)
{
    struct gs_ring_shared *shared = r->rings[take(b, 1) % RINGS].shared;
    _Atomic uint64_t *places[] = {&shared->head, &shared->tail, &shared->lost, &shared->limit};
    uint64_t which = take(b, 1);
    if (which & 4)
        atomic_store(&shared->owner, (uint32_t)take(b, 1) % 4);
    atomic_store(places[which & 3], take(b, which & 8 ? 8 : 1));
}

/* A row or a string that does not end. */
static void fill(struct run *r, struct bytes *b)
{
    size_t at = take(b, 4) % r->size, count = take(b, 2);
    memset(r->raw + at, (int)take(b, 1), count < r->size - at ? count : r->size - at);
}

static void attach(struct run *r)
{
    struct gs_error err;
    struct gs_segment *other = gs_segment_attach(dup(gs_segment_fd(r->segment)), &err);
    if (!other)
        return;
    const struct gs_tables *tables = gs_segment_tables(other);
    for (uint32_t id = 0; id < ACTORS + 2; id++)
        (void)strlen(gs_tables_actor_name(tables, id));
    gs_segment_close(other);
}

static void explain(const struct run *r, struct bytes *b)
{
    char text[512];
    uint32_t actor = (uint32_t)take(b, 1) % (ACTORS + 2), cause;
    uint64_t time = take(b, 1) * r->time / 200, cause_time;
    gs_explain(text, sizeof text, r->timeline, actor, time);
    gs_explain_cause(r->timeline, actor, time, &cause, &cause_time);
    for (unsigned kind = 0; kind < GS_EVENT_KINDS; kind++) {
        struct gs_points points = gs_timeline_points(r->timeline, kind);
        for (size_t i = 0; i < points.list.count; i++)
            gs_explain_event(text, sizeof text, r->timeline, &points.list.items[i]);
        gs_vec_free(&points.list);
    }
}

static void zoom(const struct run *r, struct bytes *b)
{
    uint64_t end = gs_timeline_end(r->timeline), ns[GS_STATES];
    uint64_t from = take(b, 1) * (end / 256), until = from + take(b, 1) * (end / 256);
    for (uint32_t id = 0; id < ACTORS + 2; id++) {
        const struct gs_lane *lane = gs_timeline_lane(r->timeline, id);
        if (!lane)
            continue;
        gs_lane_shares(r->timeline, lane, from, until, ns);
        gs_lane_shares_rough(lane, from, until, ns);
        gs_owned_share(r->timeline, &(struct gs_owned){.lane = lane}, from, until);
        gs_lane_label_at(lane, until);
        gs_lane_interpreter_at(lane, from);
        gs_timeline_interval(r->timeline, id, until);
    }
}

static void judge(const struct run *r)
{
    struct gs_violations violations = {0};
    struct gs_stats stats;
    struct gs_rows rows = {0};
    char title[128];
    gs_verify(r->timeline, &violations);
    gs_vec_free(&violations.list);
    gs_stats_take(&stats, r->timeline, 0, UINT64_MAX);
    gs_stats_free(&stats);
    gs_rows_build(&rows, r->timeline, NULL);
    for (size_t i = 0; i < rows.list.count; i++)
        gs_row_title(title, sizeof title, r->timeline, &rows.list.items[i]);
    gs_rows_free(&rows);
}

static void step(struct run *r, struct bytes *b)
{
    switch (take(b, 1) % 16) {
    case 0:
        put_anything(r, b);
        return;
    case 1:
        scribble(r, b, r->size);
        return;
    case 2:
        scribble(r, b, 128);
        return;
    case 3:
        scribble_ring(r, b);
        return;
    case 4:
        fill(r, b);
        return;
    case 5:
        attach(r);
        return;
    case 6:
        explain(r, b);
        return;
    case 7:
        zoom(r, b);
        return;
    case 8:
        judge(r);
        return;
    case 9:
    case 10:
        gs_collector_drain(r->collector, take(b, 1), gs_timeline_add, r->timeline);
        return;
    default:
        put(r, b);
    }
}

void mangle_run(const uint8_t *bytes, size_t size)
{
    struct bytes b = {.at = bytes, .end = bytes + size};
    struct run r;
    start(&r);
    while (b.at < b.end)
        step(&r, &b);
    gs_collector_finish(r.collector, gs_timeline_add, r.timeline);
    explain(&r, &b);
    judge(&r);
    stop(&r);
}
