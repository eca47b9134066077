#include "timeline/question.h"

#include "base/text.h"
#include "timeline/names.h"

#include <stdio.h>
#include <string.h>

void gs_question_read(struct gs_question *q, const struct gs_tables *tables,
                      const struct gs_event *event)
{
    const char *text = event->a ? tables->string(tables, (uint32_t)event->a) : GS_NAME_NO_ROOM;
    size_t length = strcspn(text, "\n");
    q->count = 0;
    gs_text_visible(q->text, sizeof q->text, text, length);
    for (text += length; *text && q->count < GS_ANSWERS_MOST; text += length) {
        length = strcspn(++text, "\n");
        gs_text_visible(q->answers[q->count], sizeof q->answers[0], text, length);
        q->count++;
    }
    q->right = event->flags && event->flags <= q->count ? event->flags - 1u : q->count;
}

/* "What is the sum? (200000, or less) Answer: less" */
static void question_words(char *buffer, size_t size, const struct gs_question *q)
{
    size_t used = (size_t)snprintf(buffer, size, "%s", q->text);
    for (unsigned i = 0; i < q->count && used < size; i++)
        used += (size_t)snprintf(buffer + used, size - used, "%s%s%s",
                                 i == 0              ? " ("
                                 : i + 1 == q->count ? " or "
                                                     : ", ",
                                 q->answers[i], i + 1 == q->count ? ")" : "");
    if (q->right < q->count && used < size)
        snprintf(buffer + used, size - used, " Answer: %s", q->answers[q->right]);
}

const char *gs_question_said(char *buffer, size_t size, const struct gs_tables *tables,
                             const struct gs_event *event)
{
    struct gs_question q;
    if (!event->a)
        snprintf(buffer, size, "%s", GS_NAME_NO_ROOM);
    else if (event->kind != GS_EVENT_ASK)
        return gs_name_string(buffer, size, tables, event->a);
    else {
        gs_question_read(&q, tables, event);
        question_words(buffer, size, &q);
    }
    return buffer;
}
