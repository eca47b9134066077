#include "support/tally.h"

struct gs_segment *tally_segment(uint32_t ring_events)
{
    return gs_segment_create(
        &(struct gs_segment_conf){
            .ring_events = ring_events, .rings = 4, .actors = 4, .objects = 4, .string_bytes = 64},
        NULL);
}

void tally_count(void *context, const struct gs_event *event)
{
    struct tally *t = context;
    if (event->kind == GS_EVENT_LOST) {
        t->lost += event->a;
        return;
    }
    t->stored++;
    t->out_of_order += event->time < t->next;
    t->next = event->time + 1;
}
