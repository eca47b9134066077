#include "timeline/judge/verify_message.h"

#include "timeline/names.h"

static void judge(struct gs_judge *j, uint32_t object, const struct gs_message *message)
{
    struct gs_judge_words w;
    const char *through = gs_name_object(w.gil, sizeof w.gil, j->t, object),
               *who = gs_judge_name(j, w.actor, message->to),
               *when = gs_judge_duration(w.time, message->received);
    if (!message->to)
        return;
    if (!message->from && !gs_timeline_lost(j->t))
        gs_judge_violate(j, message->received, message->to,
                         "%s received a message from %s at %s that nobody sent.", who, through,
                         when);
    else if (message->from && message->received < message->sent)
        gs_judge_violate(j, message->received, message->to,
                         "%s received a message from %s at %s, %s before it was sent.", who,
                         through, when,
                         gs_judge_duration(w.length, message->sent - message->received));
    else if (message->from && message->bytes != message->bytes_received)
        gs_judge_violate(j, message->received, message->to,
                         "%s received %llu bytes from %s at %s of a message of %llu.", who,
                         (unsigned long long)message->bytes_received, through, when,
                         (unsigned long long)message->bytes);
}

/* What comes from outside the run nobody sent. */
static bool any_sent(const struct gs_judge *j, uint32_t object)
{
    const struct gs_message *message;
    for (uint32_t i = 0; (message = gs_timeline_message_of(j->t, object, i)); i++)
        if (message->from)
            return true;
    return false;
}

void gs_judge_messages(struct gs_judge *j, uint32_t object)
{
    const struct gs_message *message;
    if (!any_sent(j, object))
        return;
    for (uint32_t i = 0; (message = gs_timeline_message_of(j->t, object, i)); i++)
        judge(j, object, message);
}
