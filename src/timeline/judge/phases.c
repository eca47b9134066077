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

/* When the memory was last looked at by then; UINT64_MAX: never. */
static uint64_t last_look(const struct gs_lane *process, uint32_t counter, uint64_t time)
{
    for (long i = gs_lane_point_at(process, time); i >= 0; i--) {
        const struct gs_event *e = &process->points.items[i].event;
        if (e->kind == GS_EVENT_COUNTER && e->a == counter)
            return e->time;
    }
    return UINT64_MAX;
}

/* What forked processes have in common is shared out among them: when one ends, the others have
 * more of it, and have not grown. */
static bool inherits(const struct gs_timeline *t, const struct gs_lane *process, uint64_t looked,
                     uint64_t end)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_lane *other = gs_timeline_lane(t, id);
        if (tables->actor(tables, id)->kind == GS_ACTOR_PROCESS && other && other != process &&
            other->died && other->birth <= looked && other->death > looked && other->death <= end)
            return true;
    }
    return false;
}

/* By how much a process that was there before has grown, as far as that is known. */
static uint64_t growth(const struct gs_timeline *t, const struct gs_lane *process, uint32_t counter,
                       const struct gs_phase_figures *f, uint64_t most, uint64_t end)
{
    uint64_t looked = last_look(process, counter, f->start), before = 0;
    if (inherits(t, process, looked, end) || !gs_timeline_counter(t, counter, f->start, &before))
        return 0;
    return most - before;
}

static uint64_t measured_room(const struct gs_phase_figures *f, const struct gs_timeline *t,
                              uint64_t end)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    uint64_t room = 0, most;
    for (uint32_t id = 1; id <= tables->actors(tables); id++) {
        const struct gs_lane *process = gs_timeline_lane(t, id);
        uint32_t counter = gs_timeline_memory(t, id);
        if (!process || !counter || !gs_timeline_counter_most(t, counter, f->start, end, &most))
            continue;
        room += process->birth >= f->start ? most : growth(t, process, counter, f, most, end);
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

void gs_phases_take(struct gs_phases *phases, const struct gs_timeline *t, uint64_t from,
                    uint64_t until)
{
    struct gs_points points = gs_timeline_points(t, GS_EVENT_PHASE);
    *phases = (struct gs_phases){0};
    uint64_t last = gs_timeline_end(t) < until ? gs_timeline_end(t) : until;
    for (size_t i = 0; i < points.list.count; i++) {
        const struct gs_event *begin = &points.list.items[i];
        bool open = i + 1 == points.list.count || begin[1].time > last;
        if (!begin->a || begin->time < from || begin->time > last)
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
