#include "timeline/judge/processes.h"

#include <stdlib.h>
#include <string.h>

typedef GS_VEC(uint64_t) numbers;

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

/* When the lane first ran Python; UINT64_MAX: it never did. */
static uint64_t first_run(const struct gs_lane *lane)
{
    for (size_t i = 0; i < lane->spans.count; i++)
        if (lane->spans.items[i].state == GS_STATE_RUNNING)
            return lane->spans.items[i].start;
    return UINT64_MAX;
}

static uint64_t since_birth(const struct gs_lane *lane, uint64_t time)
{
    return time == UINT64_MAX || time < lane->birth ? UINT64_MAX : time - lane->birth;
}

static struct gs_process_figures *figures_of(struct gs_stats *stats, const struct gs_timeline *t,
                                             uint32_t process)
{
    for (size_t i = stats->processes.count; i-- > 0;)
        if (stats->processes.items[i].actor == process)
            return &stats->processes.items[i];
    if (!process || !gs_timeline_lane(t, process))
        return NULL;
    gs_vec_push(&stats->processes,
                ((struct gs_process_figures){.actor = process, .ran_after = UINT64_MAX}));
    return &stats->processes.items[stats->processes.count - 1];
}

static bool is_pickling(const struct gs_tables *tables, const struct gs_label_figure *label)
{
    const char *text = tables->string(tables, label->text);
    return strcmp(text, "pickle") == 0 || strcmp(text, "unpickle") == 0;
}

static void add_lane(struct gs_process_figures *p, const struct gs_timeline *t,
                     const struct gs_lane_figures *lane)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    uint64_t busy = lane->state_ns[GS_STATE_RUNNING] + lane->state_ns[GS_STATE_NATIVE];
    uint64_t pickling = 0;
    for (size_t i = 0; i < lane->labels.count; i++)
        if (is_pickling(tables, &lane->labels.items[i]))
            pickling += lane->labels.items[i].total;
    p->pickling += pickling;
    p->computing += busy > pickling ? busy - pickling : 0;
    p->sent_bytes += lane->sent_bytes;
    uint64_t ran =
        since_birth(gs_timeline_lane(t, p->actor), first_run(gs_timeline_lane(t, lane->actor)));
    p->ran_after = ran < p->ran_after ? ran : p->ran_after;
}

static struct gs_start_figures start_figures(numbers *times, numbers *bytes)
{
    struct gs_start_figures f = {.count = times->count};
    if (times->count) {
        qsort(times->items, times->count, sizeof *times->items, by_number);
        f.ran_p50 = times->items[(times->count - 1) / 2];
        f.ran_max = times->items[times->count - 1];
    }
    if (bytes->count) {
        qsort(bytes->items, bytes->count, sizeof *bytes->items, by_number);
        f.memory_p50 = bytes->items[(bytes->count - 1) / 2];
        f.memory_max = bytes->items[bytes->count - 1];
    }
    gs_vec_free(times);
    gs_vec_free(bytes);
    return f;
}

/* By the program, and not by the library for itself. */
static bool was_started(const struct gs_timeline *t, const struct gs_lane *lane, uint64_t from,
                        uint64_t until)
{
    const struct gs_tables *tables = gs_timeline_tables(t);
    bool helps = tables->actor(tables, lane->actor)->flags & GS_ACTOR_HELPER;
    return lane->creator && !helps && lane->birth >= from && lane->birth <= until;
}

/* Nobody starts a process's first thread. */
static void take_starts(struct gs_stats *stats, const struct gs_timeline *t, uint64_t from,
                        uint64_t until)
{
    numbers times = {0}, bytes = {0};
    for (size_t i = 0; i < stats->processes.count; i++) {
        const struct gs_process_figures *p = &stats->processes.items[i];
        if (p->ran_after == UINT64_MAX ||
            !was_started(t, gs_timeline_lane(t, p->actor), from, until))
            continue;
        gs_vec_push(&times, p->ran_after);
        if (p->memory)
            gs_vec_push(&bytes, p->memory);
    }
    stats->started_processes = start_figures(&times, &bytes);
    for (size_t i = 0; i < stats->lanes.count; i++) {
        const struct gs_lane *lane = gs_timeline_lane(t, stats->lanes.items[i].actor);
        const struct gs_tables *tables = gs_timeline_tables(t);
        uint64_t ran = since_birth(lane, first_run(lane));
        bool first =
            gs_tables_process(tables, lane->creator) != gs_tables_process(tables, lane->actor);
        if (tables->actor(tables, lane->actor)->kind == GS_ACTOR_THREAD && !first &&
            ran != UINT64_MAX && was_started(t, lane, from, until))
            gs_vec_push(&times, ran);
    }
    stats->started_threads = start_figures(&times, &bytes);
}

void gs_stats_take_processes(struct gs_stats *stats, const struct gs_timeline *t, uint64_t from,
                             uint64_t until)
{
    for (size_t i = 0; i < stats->lanes.count; i++) {
        const struct gs_lane_figures *lane = &stats->lanes.items[i];
        uint32_t process = gs_tables_process(gs_timeline_tables(t), lane->actor);
        struct gs_process_figures *p = figures_of(stats, t, process);
        if (p)
            add_lane(p, t, lane);
    }
    for (size_t i = 0; i < stats->processes.count; i++) {
        struct gs_process_figures *p = &stats->processes.items[i];
        (void)gs_timeline_counter_most(t, gs_timeline_memory(t, p->actor), from, until, &p->memory);
    }
    take_starts(stats, t, from, until);
}
