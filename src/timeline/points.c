/* Points of one kind, across all lanes. */
#include "timeline/store.h"

#include "base/sorted.h"

#include <stdlib.h>

/* Notes, marks, checks: a scene makes few of them, and the screen asks for them all the time. The
 * rest is looked for on the lanes when somebody asks. */
uint64_t gs_points_rare_kinds(void)
{
    uint64_t kinds = (uint64_t)1 << GS_EVENT_GIL_INTERVAL | (uint64_t)1 << GS_EVENT_LOST |
                     (uint64_t)1 << GS_EVENT_END;
    _Static_assert(GS_EVENT_KINDS <= 64, "a bit a kind");
    for (unsigned kind = 0; kind < GS_EVENT_KINDS; kind++)
        kinds |= (uint64_t)gs_event_says(kind) << kind;
    return kinds;
}

static bool is_rare(const struct gs_timeline *t, unsigned kind)
{
    return t->rare_kinds >> kind & 1;
}

static bool before(const struct gs_event *x, const struct gs_event *y)
{
    return x->time != y->time ? x->time < y->time : x->actor < y->actor;
}

/* In its place by time: only a birth told late is not the lane's last. */
static void add_to_lane(struct gs_lane *lane, const struct gs_event *e)
{
    gs_long_sorted_add(&lane->points, event.time, e->time)->event = *e;
}

void gs_points_add(struct gs_timeline *t, struct gs_lane *lane, const struct gs_event *e)
{
    add_to_lane(lane, e);
    if (!is_rare(t, e->kind))
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
    return is_rare(t, kind) ? copy(&t->rare[kind]) : search(t, kind);
}
