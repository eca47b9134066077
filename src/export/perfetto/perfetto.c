/* `--to perfetto`: a trace for Perfetto's viewer and its SQL: processes, threads and tasks as
 * tracks, what they do as states, whose the GIL is as slices, wakes and messages as flows. The
 * order of packets is that of the tracks; readers sort them by time, and keep that order at one
 * instant. */
#include "export/perfetto/writer.h"

#include <errno.h>
#include <stdlib.h>

enum { OUR_SEQUENCE = 1 };

static void put_packet(struct gs_perfetto *p)
{
    struct gs_bytes *trace = &p->part; /* nothing is being made in it now */
    gs_proto_message(trace, TRACE_PACKET, &p->packet);
    fwrite(trace->list.items, 1, trace->list.count, p->out);
    trace->list.count = 0;
}

void gs_perfetto_put_descriptor(struct gs_perfetto *p)
{
    gs_proto_message(&p->packet, PACKET_TRACK_DESCRIPTOR, &p->event);
    gs_proto_number(&p->packet, PACKET_SEQUENCE_ID, OUR_SEQUENCE);
    put_packet(p);
}

void gs_perfetto_begin(struct gs_perfetto *p, unsigned type, uint64_t track)
{
    gs_proto_number(&p->event, EVENT_TYPE, type);
    gs_proto_number(&p->event, EVENT_TRACK_UUID, track);
}

void gs_perfetto_name(struct gs_perfetto *p, const char *category, const char *name)
{
    gs_proto_text(&p->event, EVENT_CATEGORIES, category);
    gs_proto_text(&p->event, EVENT_NAME, name);
}

void gs_perfetto_annotate(struct gs_perfetto *p, const char *name, const char *value)
{
    gs_proto_text(&p->part, ANNOTATION_NAME, name);
    gs_proto_text(&p->part, ANNOTATION_STRING, value);
    gs_proto_message(&p->event, EVENT_DEBUG_ANNOTATIONS, &p->part);
}

void gs_perfetto_annotate_number(struct gs_perfetto *p, const char *name, uint64_t value)
{
    gs_proto_text(&p->part, ANNOTATION_NAME, name);
    gs_proto_number(&p->part, ANNOTATION_UINT, value);
    gs_proto_message(&p->event, EVENT_DEBUG_ANNOTATIONS, &p->part);
}

void gs_perfetto_put(struct gs_perfetto *p, uint64_t ns)
{
    gs_proto_number(&p->packet, PACKET_TIMESTAMP, ns);
    gs_proto_message(&p->packet, PACKET_TRACK_EVENT, &p->event);
    gs_proto_number(&p->packet, PACKET_SEQUENCE_ID, OUR_SEQUENCE);
    put_packet(p);
}

bool gs_perfetto_is_shown(const struct gs_perfetto *p, uint64_t start, uint64_t end)
{
    return start <= p->until && end >= p->from;
}

/* A reader takes nothing of a sequence whose beginning it has not seen. */
static void put_begin(struct gs_perfetto *p)
{
    gs_proto_number(&p->packet, PACKET_SEQUENCE_ID, OUR_SEQUENCE);
    gs_proto_number(&p->packet, PACKET_SEQUENCE_FLAGS, SEQ_INCREMENTAL_STATE_CLEARED);
    put_packet(p);
}

static void put_lanes(struct gs_perfetto *p)
{
    for (uint32_t id = 1; id <= p->tables->actors(p->tables); id++) {
        const struct gs_lane *lane = gs_timeline_lane(p->timeline, id);
        if (lane && gs_shown_has(&p->shown, id))
            gs_perfetto_put_stretches(p, lane);
        if (lane)
            gs_perfetto_put_points(p, lane);
    }
}

static bool end(struct gs_perfetto *p, struct gs_error *err)
{
    gs_vec_free(&p->packet.list);
    gs_vec_free(&p->event.list);
    gs_vec_free(&p->part.list);
    gs_tracks_free(&p->tracks);
    gs_shown_free(&p->shown);
    errno = 0;
    if (fflush(p->out) == 0 && !ferror(p->out))
        return true;
    return gs_error_system(err, errno ? errno : EIO, "writing the output failed");
}

static bool write_perfetto(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct gs_perfetto p = {.out = out,
                            .timeline = source->timeline,
                            .tables = gs_timeline_tables(source->timeline),
                            .tracks = gs_tracks_of(source),
                            .shown = gs_shown_of(source),
                            .compat = source->compat};
    gs_export_window(source, &p.from, &p.until);
    put_begin(&p);
    gs_perfetto_put_tracks(&p);
    put_lanes(&p);
    gs_perfetto_put_locks(&p);
    gs_perfetto_put_messages(&p);
    gs_perfetto_put_lost(&p);
    return end(&p, err);
}

const struct gs_exporter gs_exporter_perfetto = {
    .name = "perfetto",
    .meaning = "a trace for Perfetto's viewer: tracks, states, flows",
    .ending = "pftrace",
    .write = write_perfetto,
};
