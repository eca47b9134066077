/* Who has which lock of the program's: a track a lock that somebody has waited for, below the lanes
 * of the process. Several can have a semaphore at a time: it has a track a unit, which a viewer
 * puts together by their key. */
#include "export/perfetto/writer.h"

#include "export/slots.h"
#include "timeline/owners.h"

#include <stdlib.h>

static void put_track(struct gs_perfetto *p, uint64_t track, uint32_t lock, uint32_t owner)
{
    char name[GS_NAME_SIZE];
    uint32_t process = gs_tables_process(p->tables, owner);
    gs_proto_number(&p->event, TRACK_UUID, track);
    gs_proto_number(&p->event, TRACK_PARENT_UUID, gs_perfetto_uuid(process, GS_PERFETTO_OWN));
    gs_proto_text(&p->event, TRACK_NAME, gs_name_object(name, sizeof name, p->timeline, lock));
    gs_proto_number(&p->event, TRACK_SIBLING_ORDER_RANK, gs_tracks_rank_lock(&p->tracks, lock));
    gs_proto_number(&p->event, TRACK_SIBLING_MERGE_BEHAVIOR, SIBLING_MERGE_BY_KEY);
    gs_proto_number(&p->event, TRACK_SIBLING_MERGE_KEY, lock);
    gs_perfetto_put_descriptor(p);
}

static void put_claim(struct gs_perfetto *p, uint64_t track, const struct gs_claim *claim,
                      uint64_t end)
{
    char name[GS_NAME_SIZE];
    gs_perfetto_begin(p, TYPE_SLICE_BEGIN, track);
    gs_perfetto_name(p, "lock", gs_name_actor(name, sizeof name, p->timeline, claim->owner));
    gs_perfetto_annotate_line(p, claim->line, claim->place);
    gs_perfetto_put(p, claim->start);
    gs_perfetto_begin(p, TYPE_SLICE_END, track);
    gs_perfetto_put(p, end);
}

static void put_lock(struct gs_perfetto *p, uint32_t lock)
{
    struct gs_slots units = {0};
    const struct gs_claim *claim;
    for (size_t i = 0; (claim = gs_timeline_claim(p->timeline, lock, i)); i++) {
        uint64_t end = claim->open ? gs_timeline_end(p->timeline) : claim->end;
        if (!gs_shown_has(&p->shown, claim->owner) || !gs_perfetto_is_shown(p, claim->start, end))
            continue;
        size_t known = units.ends.count, unit = gs_slots_take(&units, claim->start, end);
        uint64_t track = gs_perfetto_lock_uuid(lock, unit);
        if (unit == known)
            put_track(p, track, lock, claim->owner);
        put_claim(p, track, claim, end);
    }
    gs_vec_free(&units.ends);
}

/* Whoever waits for one of those is not kept. */
static bool is_semaphore(const struct gs_perfetto *p, uint32_t object)
{
    const struct gs_object_row *row = p->tables->object(p->tables, object);
    return row && row->line && row->kind == GS_OBJECT_SEMAPHORE;
}

void gs_perfetto_put_locks(struct gs_perfetto *p)
{
    size_t count, next = 0;
    uint32_t *locks = gs_program_locks(p->timeline, &count);
    for (uint32_t id = 1; id <= p->tables->objects(p->tables); id++) {
        bool awaited = next < count && locks[next] == id;
        next += awaited;
        if (awaited || is_semaphore(p, id))
            put_lock(p, id);
    }
    free(locks);
}
