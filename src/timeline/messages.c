#include "timeline/messages.h"

#include "timeline/store.h"

#include "base/sorted.h"

/* Ends come in the order of their rings: a little early or late. What says that it is far ahead is
 * no message of ours, and gets no memory. */
enum { FAR = 1 << 16 };

void gs_messages_add(struct gs_timeline *t, const struct gs_event *e)
{
    uint32_t number = gs_event_number(e);
    struct gs_record *record = number ? gs_store_make_record(t, gs_event_through(e)) : NULL;
    if (!record)
        return;
    if (number <= record->forgotten_messages)
        return;
    number -= record->forgotten_messages;
    if (number > record->messages.count + FAR) {
        t->strays++;
        return;
    }
    while (record->messages.count < number)
        gs_long_push(&record->messages, ((struct gs_message){0}));
    struct gs_message *message = &record->messages.items[number - 1];
    if (e->flags & 1) {
        message->from = e->actor;
        message->sent = e->time;
        message->bytes = e->b;
    } else {
        message->to = e->actor;
        message->received = e->time;
        message->bytes_received = e->b;
    }
}

const struct gs_message *gs_timeline_message_of(const struct gs_timeline *t, uint32_t object,
                                                uint32_t i)
{
    const struct gs_record *record = gs_store_record(t, object);
    return record && i < record->messages.count ? &record->messages.items[i] : NULL;
}

const struct gs_message *gs_timeline_message(const struct gs_timeline *t, uint32_t object,
                                             uint32_t number)
{
    const struct gs_record *record = gs_store_record(t, object);
    uint32_t forgotten = record ? record->forgotten_messages : 0;
    const struct gs_message *message =
        number > forgotten ? gs_timeline_message_of(t, object, number - 1 - forgotten) : NULL;
    return message && (message->from || message->to) ? message : NULL;
}

bool gs_timeline_find_message(const struct gs_timeline *t, uint32_t actor, uint64_t from,
                              uint64_t until, struct gs_event *event)
{
    const struct gs_lane *lane = gs_timeline_lane(t, actor);
    size_t i = lane ? gs_sorted_before(&lane->points, event.time, from) : 0;
    for (; lane && i < lane->points.count && lane->points.items[i].event.time < until; i++) {
        *event = lane->points.items[i].event;
        if (event->kind == GS_EVENT_MESSAGE && gs_event_number(event))
            return true;
    }
    return false;
}
