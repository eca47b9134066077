/* The parts of the Perfetto exporter: packets as they go out, and what is in them, a file each.
 * Private to export/perfetto/. */
#ifndef GS_EXPORT_PERFETTO_WRITER_H
#define GS_EXPORT_PERFETTO_WRITER_H

#include "export/perfetto/fields.h"
#include "export/perfetto/proto.h"
#include "export/shown.h"
#include "export/tracks.h"

struct gs_perfetto {
    FILE *out;
    const struct gs_timeline *timeline;
    const struct gs_tables *tables;
    struct gs_tracks tracks;
    struct gs_shown shown;
    bool compat;                         /* no state tracks: slices in their place */
    uint64_t from, until;                /* ns */
    uint64_t flows;                      /* as many have their number */
    struct gs_bytes packet, event, part; /* that are being made */
};

/* The tracks of an actor, and that of a counter. */
enum gs_perfetto_track {
    GS_PERFETTO_OWN,   /* a process, a thread, a task; an interpreter's: its GIL's owners */
    GS_PERFETTO_STATE, /* what it does */
    GS_PERFETTO_LABELS /* of its coroutines; those of the lane itself stand in its own track */
};
uint64_t gs_perfetto_uuid(uint32_t actor, enum gs_perfetto_track track);
uint64_t gs_perfetto_coroutine_uuid(uint32_t actor, uint32_t coroutine);
uint64_t gs_perfetto_counter_uuid(uint32_t object);
uint64_t gs_perfetto_lock_uuid(uint32_t object, size_t unit);

/* Descriptors of all tracks. */
void gs_perfetto_put_tracks(struct gs_perfetto *p);
/* One more, for what turns up among the events: with a parent and a name. */
void gs_perfetto_put_track(struct gs_perfetto *p, uint64_t uuid, uint64_t parent, const char *name);

/* What a lane does, its labels, whose a GIL is; what happens at an instant, and the arrows. */
void gs_perfetto_put_stretches(struct gs_perfetto *p, const struct gs_lane *lane);
void gs_perfetto_put_points(struct gs_perfetto *p, const struct gs_lane *lane);
void gs_perfetto_put_locks(struct gs_perfetto *p);
void gs_perfetto_put_messages(struct gs_perfetto *p);
void gs_perfetto_put_lost(struct gs_perfetto *p);

bool gs_perfetto_is_shown(const struct gs_perfetto *p, uint64_t start, uint64_t end);

/* An event: begun, filled with fields and annotations, and put at its time. */
void gs_perfetto_begin(struct gs_perfetto *p, unsigned type, uint64_t track);
void gs_perfetto_name(struct gs_perfetto *p, const char *category, const char *name);
void gs_perfetto_annotate(struct gs_perfetto *p, const char *name, const char *value);
void gs_perfetto_annotate_number(struct gs_perfetto *p, const char *name, uint64_t value);
/* line 0: nothing. */
void gs_perfetto_annotate_line(struct gs_perfetto *p, uint32_t line, uint16_t place);
void gs_perfetto_put(struct gs_perfetto *p, uint64_t ns);
/* A track's descriptor that was made in p->event. */
void gs_perfetto_put_descriptor(struct gs_perfetto *p);

#endif
