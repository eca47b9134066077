/* Messages: what one actor put into a queue, pipe or connection and another took out of it. */
#ifndef GS_TIMELINE_MESSAGES_H
#define GS_TIMELINE_MESSAGES_H

#include <stdbool.h>
#include <stdint.h>

struct gs_event;
struct gs_timeline;

struct gs_message {
    uint32_t from, to; /* actors; 0: that end has not been told (yet) */
    uint64_t sent, received;
    uint64_t bytes, bytes_received;
};

/* The one with this number of those that went through the object. NULL: none of its ends is told.
 */
const struct gs_message *gs_timeline_message(const struct gs_timeline *timeline, uint32_t object,
                                             uint32_t number);
/* The i-th of them all from 0, by their numbers; NULL: there are no more. */
const struct gs_message *gs_timeline_message_of(const struct gs_timeline *timeline, uint32_t object,
                                                uint32_t i);

/* The first message that the actor sent or received from `from` on and before `until`. False: there
 * is none. */
bool gs_timeline_find_message(const struct gs_timeline *timeline, uint32_t actor, uint64_t from,
                              uint64_t until, struct gs_event *event);

#endif
