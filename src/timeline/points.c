/* Points of one kind, across all lanes. */
#include "timeline/store.h"

#include "base/sorted.h"

#include <stdlib.h>

/* Notes, marks, checks: a scene makes few of them, and the screen asks for them all the time. The
 * rest is looked for on the lanes when somebody asks. */
static bool is_rare(unsigned kind)
{
    switch ((enum gs_event_kind)kind) {
    case GS_EVENT_GIL_INTERVAL:
    case GS_EVENT_PHASE:
    case GS_EVENT_NOTE:
    case GS_EVENT_MARK:
    case GS_EVENT_CHECK:
    case GS_EVENT_OUTPUT:
    case GS_EVENT_ERROR:
    case GS_EVENT_DEADLOCK:
    case GS_EVENT_LOST:
    case GS_EVENT_END:
        return true;
    case GS_EVENT_BORN:
    case GS_EVENT_DIED:
    case GS_EVENT_STATE:
    case GS_EVENT_OFF_CORE:
    case GS_EVENT_ENTER:
    case GS_EVENT_GIL_REQUEST:
    case GS_EVENT_GIL_TIMEOUT:
    case GS_EVENT_GIL_MISS:
    case GS_EVENT_GIL_TAKE:
    case GS_EVENT_GIL_DROP:
    case GS_EVENT_WAKE:
    case GS_EVENT_ACQUIRE:
    case GS_EVENT_RELEASE:
    case GS_EVENT_MESSAGE:
    case GS_EVENT_LABEL_BEGIN:
    case GS_EVENT_LABEL_END:
    case GS_EVENT_COUNTER:
    case GS_EVENT_KINDS:
        return false;
    }
    return false;
}

static bool before(const struct gs_event *x, const struct gs_event *y)
{
    return x->time != y->time ? x->time < y->time : x->actor < y->actor;
}

/* In its place by time: only a birth told late is not the lane's last. */
static void add_to_lane(struct gs_lane *lane, const struct gs_event *e)
{
    gs_sorted_add(&lane->points, event.time, e->time)->event = *e;
}

void gs_points_add(struct gs_timeline *t, struct gs_lane *lane, const struct gs_event *e)
{
    add_to_lane(lane, e);
    if (!is_rare(e->kind))
        return;
    struct gs_points *points = &t->rare[e->kind];
    size_t at = points->list.count;
    while (at && before(e, &points->list.items[at - 1]))
        at--;
    *gs_sorted_insert(&points->list, at) = *e;
}

static struct gs_points copy(const struct gs_points *from)
{
    struct gs_points to = {0};
    for (size_t i = 0; i < from->list.count; i++)
        gs_vec_push(&to.list, from->list.items[i]);
    return to;
}

/* Events of one actor must keep their order, and qsort does not: the place in the lane decides. */
struct found {
    struct gs_event event;
    size_t place;
};

static int compare(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    if (a->event.time != b->event.time)
        return a->event.time < b->event.time ? -1 : 1;
    if (a->event.actor != b->event.actor)
        return a->event.actor < b->event.actor ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static struct gs_points search(const struct gs_timeline *t, enum gs_event_kind kind)
{
    GS_VEC(struct found) all = {0};
    for (size_t i = 0; i < t->books.count; i++) {
        const struct gs_lane *lane = gs_timeline_lane(t, (uint32_t)i);
        for (size_t k = 0; lane && k < lane->points.count; k++) {
            if (lane->points.items[k].event.kind == kind)
                gs_vec_push(&all,
                            ((struct found){.event = lane->points.items[k].event, .place = k}));
        }
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare);
    struct gs_points points = {0};
    for (size_t i = 0; i < all.count; i++)
        gs_vec_push(&points.list, all.items[i].event);
    gs_vec_free(&all);
    return points;
}

struct gs_points gs_timeline_points(const struct gs_timeline *t, enum gs_event_kind kind)
{
    return is_rare(kind) ? copy(&t->rare[kind]) : search(t, kind);
}
