#include "timeline/judge/judge.h"

#include "base/sorted.h"
#include "base/text.h"
#include "timeline/names.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEPT = 100 };

/* An event of this span's beginning has told of it. */
static bool is_told(const struct gs_lane *lane, size_t span)
{
    return span == 0 || lane->spans.items[span - 1].cause != GS_CAUSE_CORE;
}

size_t gs_judge_told(const struct gs_lane *lane, size_t span)
{
    while (!is_told(lane, span))
        span--;
    return span;
}

/* The last event before the loss was told, and the first one behind: of those that have the very
 * same time nobody knows on which side they are. */
static struct gs_hole hole_around(const struct gs_lane *lane, uint64_t told)
{
    struct gs_hole hole = {.told = told, .until = UINT64_MAX};
    size_t point = gs_sorted_before(&lane->points, event.time, told);
    size_t span = gs_sorted_before(&lane->spans, start, told);
    if (point)
        hole.from = lane->points.items[point - 1].event.time;
    if (span)
        span = gs_judge_told(lane, span - 1) + 1;
    if (span && lane->spans.items[span - 1].start > hole.from)
        hole.from = lane->spans.items[span - 1].start;
    point = gs_sorted_until(&lane->points, event.time, told);
    span = gs_sorted_until(&lane->spans, start, told);
    while (span < lane->spans.count && !is_told(lane, span))
        span++;
    if (point < lane->points.count)
        hole.until = lane->points.items[point].event.time;
    if (span < lane->spans.count && lane->spans.items[span].start < hole.until)
        hole.until = lane->spans.items[span].start;
    return hole;
}

static void note_holes(struct gs_judge *j)
{
    struct gs_points lost = gs_timeline_points(j->t, GS_EVENT_LOST);
    for (size_t i = 0; i < lost.list.count; i++) {
        const struct gs_event *e = &lost.list.items[i];
        struct gs_hole hole = hole_around(gs_timeline_lane(j->t, e->actor), e->time);
        gs_vec_push(&j->notes[gs_store_carrier(j->t->tables, e->actor)].holes, hole);
    }
    gs_vec_free(&lost.list);
}

static void note_wakings_by(struct gs_judge *j, const struct gs_lane *lane)
{
    uint32_t carrier = gs_store_carrier(j->t->tables, lane->actor);
    for (size_t i = 0; i < lane->points.count; i++) {
        const struct gs_event *e = &lane->points.items[i].event;
        struct gs_waking waking = {.time = e->time, .carrier = carrier};
        if (e->kind == GS_EVENT_WAKE && e->a < j->actors)
            gs_long_push(&j->notes[e->a].wakings, waking);
    }
}

static int by_time(const void *left, const void *right)
{
    const struct gs_waking *x = left, *y = right;
    return x->time < y->time ? -1 : x->time > y->time;
}

/* A tenth of all events may be wakes: nothing is copied but what is asked for. */
static void note_wakings(struct gs_judge *j)
{
    for (uint32_t id = 0; id < j->actors; id++) {
        const struct gs_lane *lane = gs_timeline_lane(j->t, id);
        if (lane)
            note_wakings_by(j, lane);
    }
    for (uint32_t id = 0; id < j->actors; id++)
        if (j->notes[id].wakings.count)
            qsort(j->notes[id].wakings.items, j->notes[id].wakings.count,
                  sizeof *j->notes[id].wakings.items, by_time);
}

void gs_judge_init(struct gs_judge *j, const struct gs_timeline *t, struct gs_violations *found)
{
    *found = (struct gs_violations){0};
    *j = (struct gs_judge){.t = t, .found = found, .actors = t->tables->actors(t->tables) + 1};
    j->notes = calloc(j->actors, sizeof *j->notes);
    if (!j->notes)
        abort();
    note_holes(j);
    note_wakings(j);
}

void gs_judge_destroy(struct gs_judge *j)
{
    for (uint32_t id = 0; id < j->actors; id++) {
        gs_vec_free(&j->notes[id].holes);
        gs_long_free(&j->notes[id].wakings);
    }
    free(j->notes);
}

const char *gs_judge_name(const struct gs_judge *j, char buffer[GS_JUDGE_NAME], uint32_t actor)
{
    return gs_name_actor(buffer, GS_JUDGE_NAME, j->t, actor);
}

const char *gs_judge_duration(char buffer[GS_JUDGE_TIME], uint64_t ns)
{
    return gs_text_duration(buffer, GS_JUDGE_TIME, ns);
}

void gs_judge_violate(struct gs_judge *j, uint64_t time, uint32_t actor, const char *format, ...)
{
    struct gs_violations *found = j->found;
    found->count++;
    if (found->list.count == KEPT) {
        if (found->list.items[KEPT - 1].time <= time)
            return;
        found->list.count--;
    }
    struct gs_violation *place = gs_sorted_add(&found->list, time, time);
    *place = (struct gs_violation){.time = time, .actor = actor};
    va_list args;
    va_start(args, format);
    vsnprintf(place->text, sizeof place->text, format, args);
    va_end(args);
}

/* Holes of one ring come one behind the other: the last that was told before `from` may reach into
 * the time, the next one may begin in it. */
static bool has_hole(const struct gs_judge_notes *notes, uint64_t from, uint64_t until)
{
    size_t next = gs_sorted_before(&notes->holes, told, from);
    const struct gs_hole *holes = notes->holes.items;
    if (next > 0 && holes[next - 1].until > from)
        return true;
    return next < notes->holes.count && (holes[next].told <= until || holes[next].from < until);
}

bool gs_judge_lost(const struct gs_judge *j, uint32_t actor, uint64_t from, uint64_t until)
{
    return has_hole(&j->notes[0], from, until) ||
           has_hole(&j->notes[gs_store_carrier(j->t->tables, actor)], from, until);
}

bool gs_judge_woke(const struct gs_judge *j, uint32_t waker, uint32_t actor, uint64_t from,
                   uint64_t until)
{
    const struct gs_judge_notes *notes = &j->notes[actor];
    uint32_t carrier = gs_store_carrier(j->t->tables, waker);
    size_t i = gs_sorted_before(&notes->wakings, time, from);
    for (; i < notes->wakings.count && notes->wakings.items[i].time <= until; i++) {
        if (notes->wakings.items[i].carrier == carrier)
            return true;
    }
    return false;
}
