#include "timeline/judge/phases.h"

#include <stdlib.h>

typedef GS_VEC(uint64_t) instants;

/* Of one kind: when those of the phase began, and ended. */
struct lives {
    instants births, deaths;
};

static bool is_first_thread(const struct gs_tables *tables, const struct gs_actor_row *row,
                            const struct gs_lane *lane)
{
    return row->kind == GS_ACTOR_THREAD &&
           gs_tables_process(tables, lane->creator) != gs_tables_process(tables, lane->actor);
}

static bool counts(const struct gs_tables *tables, const struct gs_actor_row *row,
                   const struct gs_lane *lane)
{
    return !(row->flags & GS_ACTOR_HELPER) && lane->creator && !is_first_thread(tables, row, lane);
}

static int by_time(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

static void sort(instants *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_time);
}

/* Who ends when another one begins was there with it no more. */
static uint32_t most_at_once(struct lives *lives)
{
    uint32_t most = 0;
    size_t ended = 0;
    sort(&lives->births);
    sort(&lives->deaths);
    for (size_t i = 0; i < lives->births.count; i++) {
        while (ended < i && lives->deaths.items[ended] <= lives->births.items[i])
            ended++;
        most = i + 1 - ended > most ? (uint32_t)(i + 1 - ended) : most;
    }
    gs_vec_free(&lives->births);
    gs_vec_free(&lives->deaths);
    return most;
}

static void count_units(struct gs_phase_figures *f, const struct gs_timeline *t, uint64_t end)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    struct lives lives[GS_ACTOR_TASK + 1] = {0};
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        const struct gs_lane *lane = gs_timeline_lane(t, id);
        if (!row || !lane || !lane->born || lane->birth < f->start || lane->birth >= end ||
            !counts(tables, row, lane))
            continue;
        gs_vec_push(&lives[row->kind].births, lane->birth);
        gs_vec_push(&lives[row->kind].deaths, lane->died ? lane->death : UINT64_MAX);
    }
    uint32_t most[GS_ACTOR_TASK + 1];
    for (unsigned kind = 0; kind <= GS_ACTOR_TASK; kind++)
        most[kind] = most_at_once(&lives[kind]);
    f->processes = most[GS_ACTOR_PROCESS];
    f->threads = most[GS_ACTOR_THREAD];
    f->tasks = most[GS_ACTOR_TASK];
}

bool gs_phases_are_modelled(const struct gs_timeline *t)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    return tables->facts(tables)->clock == GS_CLOCK_VIRTUAL;
}

static uint64_t modelled_room(const struct gs_phase_figures *f)
{
    enum {
#define GS_ROOM(kind, bytes) ROOM_##kind = (bytes),
#include "timeline/judge/room.def"
#undef GS_ROOM
    };
    return (uint64_t)f->processes * ROOM_PROCESS + (uint64_t)f->threads * ROOM_THREAD +
           (uint64_t)f->tasks * ROOM_TASK;
}

/* What one that was there before had then has to be known. */
static uint64_t measured_room(const struct gs_phase_figures *f, const struct gs_timeline *t,
                              uint64_t end)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    uint64_t room = 0;
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        uint64_t before = 0, most = 0;
        uint32_t counter = gs_timeline_memory(t, id);
        bool any = counter && gs_timeline_counter_most(t, counter, f->start, end, &most);
        bool known = any && gs_timeline_counter(t, counter, f->start, &before);
        if (any && (known || gs_timeline_lane(t, id)->birth >= f->start))
            room += most - before;
    }
    return room;
}

static struct gs_phase_figures figures_of(const struct gs_timeline *t, const struct gs_event *begin,
                                          uint64_t end)
{
    struct gs_phase_figures f = {.title = (uint32_t)begin->a, .start = begin->time};
    f.sums = gs_sums_take(t, f.start, end);
    count_units(&f, t, end);
    f.room = gs_phases_are_modelled(t) ? modelled_room(&f) : measured_room(&f, t, end);
    return f;
}

void gs_phases_take(struct gs_phases *phases, const struct gs_timeline *t, uint64_t until)
{
    struct gs_points points = gs_timeline_points(t, GS_EVENT_PHASE);
    *phases = (struct gs_phases){0};
    uint64_t last = gs_timeline_end(t) < until ? gs_timeline_end(t) : until;
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *begin = &points.list.items[i];
        bool open = i + 1 == points.list.count || begin[1].time > last;
        if (!begin->a || begin->time > last)
            continue;
        gs_vec_push(&phases->list, figures_of(t, begin, open ? last : begin[1].time));
        phases->list.items[phases->list.count - 1].open = open;
    }
    gs_vec_free(&points.list);
}

void gs_phases_free(struct gs_phases *phases)
{
    gs_vec_free(&phases->list);
}

uint32_t gs_phase_units(const struct gs_phase_figures *phase)
{
    return phase->processes + phase->threads + phase->tasks;
}
