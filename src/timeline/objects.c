/* What is told of locks, semaphores and counters: who has which, and what they show. It answers
 * "whom does it wait for?". */
#include "timeline/store.h"

#include "base/sorted.h"

#include <stdlib.h>

/* How far back an owner is looked for. A lock's is the last claim; a semaphore's owners are among
 * the last few, unless one of them keeps its unit while thousands come and go. */
enum { LOOK_BACK = 4096 };

struct gs_record *gs_store_record(const struct gs_timeline *t, uint64_t object)
{
    return object < t->records.count ? t->records.items[object] : NULL;
}

struct gs_record *gs_store_make_record(struct gs_timeline *t, uint64_t object)
{
    struct gs_record *record = gs_store_record(t, object);
    if (record)
        return record;
    if (!object || object > t->tables->objects(t->tables)) {
        t->strays++;
        return NULL;
    }
    while (t->records.count <= object)
        gs_vec_push(&t->records, NULL);
    record = calloc(1, sizeof *record);
    if (!record)
        abort();
    return t->records.items[object] = record;
}

void gs_objects_free(struct gs_timeline *t)
{
    for (size_t i = 0; i < t->records.count; i++) {
        struct gs_record *record = t->records.items[i];
        if (!record)
            continue;
        gs_long_free(&record->claims);
        gs_owned_sums_free(&record->owned);
        gs_long_free(&record->readings);
        gs_long_free(&record->messages);
        free(record);
    }
    gs_vec_free(&t->records);
    gs_vec_free(&t->locks);
}

/* The open claim that a release by actor ends: its own, else the oldest one that is near. A lock
 * and a semaphore may be released by somebody who never took them. */
static struct gs_claim *open_claim(struct gs_record *record, uint32_t actor)
{
    struct gs_claim *other = NULL;
    size_t seen = 0;
    for (size_t i = record->claims.count; i-- > 0 && seen < record->open;) {
        struct gs_claim *claim = &record->claims.items[i];
        if (record->claims.count - i > LOOK_BACK)
            break;
        if (!claim->open)
            continue;
        if (claim->owner == actor)
            return claim;
        other = claim;
        seen++;
    }
    return other;
}

static void insert(struct gs_record *record, const struct gs_claim *claim)
{
    struct gs_claim *place = gs_long_sorted_add(&record->claims, start, claim->start);
    *place = *claim;
    record->open++;
    gs_owned_sums_change(&record->owned, (size_t)(place - record->claims.items));
    if (record->awaited && record->claims.count % GS_OWNED_BLOCK == 0)
        gs_owned_sums_grow(&record->owned, record->claims.items, sizeof *record->claims.items,
                           record->claims.count);
}

static void acquire(struct gs_record *record, const struct gs_event *e, bool reenters)
{
    struct gs_claim *own = reenters ? open_claim(record, e->actor) : NULL;
    if (own && own->owner == e->actor) {
        own->depth++;
        return;
    }
    struct gs_claim claim = {.start = e->time,
                             .end = UINT64_MAX,
                             .owner = e->actor,
                             .line = gs_event_line(e),
                             .place = e->place,
                             .depth = 1,
                             .open = true};
    insert(record, &claim);
}

static void release(struct gs_record *record, const struct gs_event *e, bool reenters)
{
    struct gs_claim *claim = open_claim(record, e->actor);
    if (!claim)
        return;
    if (reenters && claim->owner == e->actor && gs_event_high(e) > 0) {
        claim->depth = gs_event_high(e);
        return;
    }
    gs_owned_sums_change(&record->owned, (size_t)(claim - record->claims.items));
    claim->end = e->time;
    claim->open = false;
    claim->put_back = e->flags & 1;
    record->open--;
}

static void note_memory(struct gs_timeline *t, const struct gs_object_row *row, uint64_t object)
{
    struct gs_book *book = row->kind == GS_OBJECT_MEMORY ? gs_store_book(t, row->actor) : NULL;
    if (book)
        book->memory = (uint32_t)object;
}

static void read_counter(struct gs_record *record, const struct gs_event *e)
{
    *gs_long_sorted_add(&record->readings, start, e->time) =
        (struct gs_reading){.start = e->time, .value = e->b};
}

/* Asked of the tables until they have it: rows stay as they are. */
static const struct gs_object_row *row_of(const struct gs_timeline *t, struct gs_record *record,
                                          uint32_t object)
{
    if (!record->row)
        record->row = t->tables->object(t->tables, object);
    return record->row;
}

void gs_objects_add(struct gs_timeline *t, const struct gs_event *e)
{
    struct gs_record *record = gs_store_make_record(t, e->a);
    if (!record)
        return;
    const struct gs_object_row *row = row_of(t, record, (uint32_t)e->a);
    bool reenters = row && row->kind == GS_OBJECT_RLOCK;
    if (e->kind == GS_EVENT_COUNTER && row)
        note_memory(t, row, e->a);
    if (e->kind == GS_EVENT_COUNTER)
        read_counter(record, e);
    else if (e->kind == GS_EVENT_ACQUIRE)
        acquire(record, e, reenters);
    else
        release(record, e, reenters);
}

void gs_objects_await(struct gs_timeline *t, uint64_t object)
{
    const struct gs_record *known = gs_store_record(t, object);
    if (known && known->awaited)
        return;
    const struct gs_object_row *row =
        object && object <= UINT32_MAX ? t->tables->object(t->tables, (uint32_t)object) : NULL;
    if (!row || (row->kind != GS_OBJECT_LOCK && row->kind != GS_OBJECT_RLOCK))
        return;
    struct gs_record *record = gs_store_make_record(t, object);
    if (!record || record->awaited)
        return;
    record->awaited = true;
    gs_vec_push(&t->locks, (uint32_t)object);
}

bool gs_timeline_counter(const struct gs_timeline *t, uint32_t object, uint64_t time,
                         uint64_t *value)
{
    const struct gs_record *record = gs_store_record(t, object);
    size_t told = record ? gs_sorted_until(&record->readings, start, time) : 0;
    if (told)
        *value = record->readings.items[told - 1].value;
    return told > 0;
}

bool gs_timeline_counter_most(const struct gs_timeline *t, uint32_t object, uint64_t from,
                              uint64_t until, uint64_t *value)
{
    const struct gs_record *record = gs_store_record(t, object);
    size_t end = record ? gs_sorted_until(&record->readings, start, until) : 0;
    uint64_t most = 0;
    bool told = gs_timeline_counter(t, object, from, &most);
    for (size_t i = end; i-- > 0 && record->readings.items[i].start >= from; told = true)
        if (record->readings.items[i].value > most)
            most = record->readings.items[i].value;
    if (told)
        *value = most;
    return told;
}

uint32_t gs_timeline_memory(const struct gs_timeline *t, uint32_t process)
{
    return process < t->books.count && t->books.items[process] ? t->books.items[process]->memory
                                                               : 0;
}

size_t gs_timeline_claims(const struct gs_timeline *t, uint32_t object, uint64_t time,
                          struct gs_claim *found, size_t room)
{
    const struct gs_record *record = gs_store_record(t, object);
    size_t count = 0, steps = 0;
    for (size_t i = record ? record->claims.count : 0; i-- > 0 && steps < LOOK_BACK;) {
        const struct gs_claim *claim = &record->claims.items[i];
        if (claim->start > time)
            continue;
        steps++;
        if (claim->end <= time)
            continue;
        if (count < room)
            found[count] = *claim;
        count++;
    }
    return count;
}

const struct gs_claim *gs_timeline_claim(const struct gs_timeline *t, uint32_t object, size_t i)
{
    const struct gs_record *record = gs_store_record(t, object);
    return record && i < record->claims.count ? &record->claims.items[i] : NULL;
}

size_t gs_timeline_claim_count(const struct gs_timeline *t, uint32_t object)
{
    const struct gs_record *record = gs_store_record(t, object);
    return record ? record->claims.count : 0;
}

void gs_timeline_tasks(const struct gs_timeline *t, uint32_t tasks, uint64_t time, uint64_t *done,
                       uint64_t *taken)
{
    const struct gs_record *record = gs_store_record(t, tasks);
    size_t count = record ? gs_sorted_until(&record->claims, start, time) : 0;
    *done = record ? record->forgotten_done : 0;
    *taken = 0;
    for (size_t i = 0; i < count; i++) {
        const struct gs_claim *claim = &record->claims.items[i];
        *taken += claim->end > time;
        *done += claim->end <= time && !claim->put_back;
    }
}
