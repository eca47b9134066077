#include "tui/run/told.h"

#include "base/sorted.h"

#include <stdlib.h>

static bool is_trouble(const struct gs_event *e)
{
    return e->kind == GS_EVENT_DEADLOCK || e->kind == GS_EVENT_ERROR ||
           (e->kind == GS_EVENT_CHECK && !e->flags);
}

void gs_told_take(struct gs_told *told, const struct gs_event *event)
{
    told->checks += event->kind == GS_EVENT_CHECK;
    told->failed += event->kind == GS_EVENT_CHECK && !event->flags;
    if (is_trouble(event))
        *gs_sorted_add(&told->troubles, time, event->time) = *event;
    else if (gs_event_says(event->kind))
        *gs_sorted_add(&told->words, time, event->time) = *event;
}

void gs_told_free(struct gs_told *told)
{
    gs_vec_free(&told->words);
    gs_vec_free(&told->troubles);
}
