/* What happens at an instant: what was said, counters, what is missing; and wakes and messages,
 * each a flow from an instant of the one to an instant of the other. */
#include "export/perfetto/writer.h"

#include "export/print.h"
#include "timeline/messages.h"

#include <inttypes.h>
#include <stdlib.h>

static uint64_t own(uint32_t actor)
{
    return actor ? gs_perfetto_uuid(actor, GS_PERFETTO_OWN) : 0;
}

static void put_words(struct gs_perfetto *p, const struct gs_event *e)
{
    char *text = gs_print_event(p->tables, e);
    gs_perfetto_begin(p, TYPE_INSTANT, own(e->actor));
    gs_perfetto_name(p, gs_event_kind_name(e->kind), text);
    if (e->kind == GS_EVENT_CHECK)
        gs_perfetto_annotate(p, "holds", e->flags & 1 ? "yes" : "no");
    gs_perfetto_put(p, e->time);
    free(text);
}

static void put_counter(struct gs_perfetto *p, const struct gs_event *e)
{
    gs_perfetto_begin(p, TYPE_COUNTER, gs_perfetto_counter_uuid((uint32_t)e->a));
    gs_proto_number(&p->event, EVENT_COUNTER_VALUE, e->b);
    gs_perfetto_put(p, e->time);
}

struct end {
    uint32_t actor;
    uint64_t time;
    const char *does; /* "wakes" whom, "woken by" whom */
    uint32_t field;   /* of the flow's number */
};

static void put_end(struct gs_perfetto *p, const char *category, const struct end *end,
                    uint32_t other)
{
    char name[GS_NAME_SIZE], text[GS_NAME_SIZE + 16];
    snprintf(text, sizeof text, "%s %s", end->does,
             gs_name_actor(name, sizeof name, p->timeline, other));
    gs_perfetto_begin(p, TYPE_INSTANT, own(end->actor));
    gs_perfetto_name(p, category, text);
    gs_proto_fixed64(&p->event, end->field, p->flows);
}

/* False: an end of it is not there. Its first end is not put yet, for more of it to be told. */
static bool can_flow(const struct gs_perfetto *p, uint32_t from, uint64_t sent, uint32_t to,
                     uint64_t received)
{
    return gs_shown_has(&p->shown, from) && gs_shown_has(&p->shown, to) &&
           gs_perfetto_is_shown(p, sent, received);
}

static void put_wake(struct gs_perfetto *p, const struct gs_event *e)
{
    uint32_t woken = e->a <= UINT32_MAX ? (uint32_t)e->a : 0;
    const struct end ends[] = {{e->actor, e->time, "wakes", EVENT_FLOW_IDS},
                               {woken, e->time, "woken by", EVENT_TERMINATING_FLOW_IDS}};
    char name[GS_NAME_SIZE];
    if (!can_flow(p, e->actor, e->time, woken, e->time))
        return;
    p->flows++;
    put_end(p, "wake", &ends[0], woken);
    if (e->b && e->b <= UINT32_MAX)
        gs_perfetto_annotate(p, "over",
                             gs_name_object(name, sizeof name, p->timeline, (uint32_t)e->b));
    gs_perfetto_put(p, e->time);
    put_end(p, "wake", &ends[1], e->actor);
    gs_perfetto_put(p, e->time);
}

static void put_message(struct gs_perfetto *p, uint32_t object, const struct gs_message *m)
{
    const struct end ends[] = {{m->from, m->sent, "sends to", EVENT_FLOW_IDS},
                               {m->to, m->received, "receives from", EVENT_TERMINATING_FLOW_IDS}};
    char name[GS_NAME_SIZE];
    if (!can_flow(p, m->from, m->sent, m->to, m->received))
        return;
    p->flows++;
    for (int i = 0; i < 2; i++) {
        put_end(p, "message", &ends[i], ends[1 - i].actor);
        gs_perfetto_annotate(p, "through", gs_name_object(name, sizeof name, p->timeline, object));
        gs_perfetto_annotate_number(p, "bytes", i ? m->bytes_received : m->bytes);
        gs_perfetto_put(p, ends[i].time);
    }
}

void gs_perfetto_put_messages(struct gs_perfetto *p)
{
    const struct gs_message *m;
    for (uint32_t object = 1; object <= p->tables->objects(p->tables); object++)
        for (uint32_t i = 0; (m = gs_timeline_message_of(p->timeline, object, i)); i++)
            put_message(p, object, m);
}

void gs_perfetto_put_points(struct gs_perfetto *p, const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->points.count; i++) {
        const struct gs_event *e = &lane->points.items[i].event;
        if (!gs_perfetto_is_shown(p, e->time, e->time) ||
            !gs_shown_tells(&p->shown, lane->actor, e->kind))
            continue;
        if (gs_event_says(e->kind) && e->a)
            put_words(p, e);
        else if (e->kind == GS_EVENT_COUNTER && e->a <= p->tables->objects(p->tables))
            put_counter(p, e);
        else if (e->kind == GS_EVENT_WAKE)
            put_wake(p, e);
    }
}

/* Of a lane, or of all of them: that is the track that belongs to nobody. */
void gs_perfetto_put_lost(struct gs_perfetto *p)
{
    struct gs_points lost = gs_timeline_points(p->timeline, GS_EVENT_LOST);
    for (size_t i = 0; i < lost.list.count; i++) {
        const struct gs_event *e = &lost.list.items[i];
        char text[64];
        if (!gs_perfetto_is_shown(p, e->time, e->time))
            continue;
        snprintf(text, sizeof text, "%" PRIu64 " event%s lost", e->a, e->a == 1 ? " is" : "s are");
        gs_perfetto_begin(p, TYPE_INSTANT, own(e->actor));
        gs_perfetto_name(p, "lost", text);
        gs_perfetto_put(p, e->time);
    }
    gs_vec_free(&lost.list);
}
