#include "tui/run/told.h"

#include "base/sorted.h"

#include <stdlib.h>

static bool is_trouble(const struct gs_event *e)
{
    return e->kind == GS_EVENT_DEADLOCK || e->kind == GS_EVENT_ERROR ||
           (e->kind == GS_EVENT_CHECK && !e->flags);
}

static bool is_asked(const struct gs_event *e)
{
    return e->kind == GS_EVENT_NOTE || e->kind == GS_EVENT_MARK || e->kind == GS_EVENT_ASK;
}

void gs_told_take(struct gs_told *told, const struct gs_event *event)
{
    told->checks += event->kind == GS_EVENT_CHECK;
    told->failed += event->kind == GS_EVENT_CHECK && !event->flags;
    if (is_asked(event))
        *gs_sorted_add(&told->asked, time, event->time) = *event;
    if (event->kind == GS_EVENT_OUTPUT || event->kind == GS_EVENT_ERROR)
        *gs_sorted_add(&told->output, time, event->time) = *event;
    if (is_trouble(event))
        *gs_sorted_add(&told->troubles, time, event->time) = *event;
    else if (gs_event_says(event->kind))
        *gs_sorted_add(&told->words, time, event->time) = *event;
}

const struct gs_event *gs_told_asked(const struct gs_told *told, uint64_t time)
{
    size_t count = gs_sorted_until(&told->asked, time, time);
    return count ? &told->asked.items[count - 1] : NULL;
}

const struct gs_event *gs_told_word(const struct gs_told *told, uint64_t time)
{
    const struct gs_event *asked = gs_told_asked(told, time);
    for (size_t i = gs_sorted_until(&told->words, time, time); i > 0; i--) {
        const struct gs_event *word = &told->words.items[i - 1];
        if (word->kind != GS_EVENT_PHASE)
            return asked && asked->time == word->time ? asked : word;
    }
    return NULL;
}

void gs_told_free(struct gs_told *told)
{
    gs_vec_free(&told->words);
    gs_vec_free(&told->asked);
    gs_vec_free(&told->output);
    gs_vec_free(&told->troubles);
}
