/* Figures of event loops: their turns, their tasks, and tasks that run the same coroutine as one.
 */
#include "timeline/judge/stats_parts.h"

#include "base/sorted.h"
#include "timeline/names.h"
#include "timeline/turns.h"

#include <stdlib.h>

static void note_longest(struct gs_step_figure *figure, const struct gs_stats_window *w,
                         const struct gs_hold *turn, uint64_t ns)
{
    if (ns <= figure->ns && figure->of)
        return;
    const struct gs_where_figure where = gs_stats_where(
        w->t, turn->owner, gs_turn_longest(w->t, turn), turn->start, gs_hold_end(w->t, turn));
    *figure =
        (struct gs_step_figure){.ns = ns, .at = turn->start, .of = turn->owner, .where = where};
}

static void note_callback(struct gs_step_figure *figure, const struct gs_stats_window *w,
                          uint32_t loop, const struct gs_label *callback, uint64_t ns)
{
    if (ns <= figure->ns)
        return;
    const struct gs_where_figure where =
        gs_stats_where(w->t, loop, gs_callback_longest(w->t, loop, callback), callback->start,
                       gs_label_end(w->t, callback));
    *figure = (struct gs_step_figure){
        .ns = ns, .at = callback->start, .callback = callback->text, .where = where};
}

const char *gs_stats_step_name(char *buffer, size_t size, const struct gs_timeline *timeline,
                               const struct gs_step_figure *step)
{
    *buffer = '\0';
    if (step->callback)
        gs_name_string(buffer, size, gs_timeline_tables(timeline), step->callback);
    else if (step->of)
        gs_name_actor(buffer, size, timeline, step->of);
    return buffer;
}

static void count_states(struct gs_task_figures *f, gs_durations *readies,
                         const struct gs_stats_window *w, const struct gs_lane *lane)
{
    for (size_t i = gs_stats_first_span(w, lane); i < lane->spans.count; i++) {
        const struct gs_span *span = &lane->spans.items[i];
        uint64_t ns = gs_stats_clip(w, span->start, gs_span_end(w->t, span));
        if (span->start >= w->until)
            break;
        f->on_loop += gs_state_has_turn(span->state) ? ns : 0;
        f->ready += span->state == GS_STATE_READY ? ns : 0;
        f->awaiting += span->state == GS_STATE_AWAITING ? ns : 0;
        if (span->state == GS_STATE_READY && (ns || gs_stats_is_inside(w, span->start)))
            gs_long_push(readies, ns);
    }
}

/* By task: an index of stats->tasks + 1. */
struct places {
    GS_VEC(uint32_t) of;
};

static void add_task(struct gs_stats *stats, struct places *places, gs_durations *readies,
                     const struct gs_stats_window *w, const struct gs_lane *lane,
                     const struct gs_actor_row *row)
{
    struct gs_task_figures f = {.actor = lane->actor,
                                .loop = row->parent,
                                .coroutine = row->what,
                                .tasks = 1,
                                .failed = lane->died && lane->how == GS_DEATH_ERROR,
                                .cancelled = lane->died && lane->how == GS_DEATH_CANCELLED};
    count_states(&f, readies, w, lane);
    gs_vec_push(&stats->tasks, f);
    while (places->of.count <= lane->actor)
        gs_vec_push(&places->of, 0u);
    places->of.items[lane->actor] = (uint32_t)stats->tasks.count;
}

static void add_tasks(struct gs_stats *stats, struct places *places, gs_durations *readies,
                      const struct gs_stats_window *w, uint32_t loop)
{
    const struct gs_tables *tables = gs_timeline_tables(w->t);
    uint32_t count = tables->actors(tables);
    for (uint32_t id = loop + 1; id <= count; id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        const struct gs_lane *lane = gs_timeline_lane(w->t, id);
        if (row && row->kind == GS_ACTOR_TASK && row->parent == loop && lane && lane->born &&
            lane->birth < w->until)
            add_task(stats, places, readies, w, lane, row);
    }
}

/* A step that another one's first step ran in has two turns, and is one: then it goes on at once.
 * Of a hundred thousand turns hardly one does, and to look its task up is dear. */
static bool goes_on(const struct gs_timeline *t, const struct gs_lane *loop, size_t i)
{
    const struct gs_hold *turn = &loop->holds.items[i];
    if (i == 0 || turn[-1].end != turn->start)
        return false;
    const struct gs_lane *task = gs_timeline_lane(t, turn->owner);
    long at = task ? gs_lane_span_at(task, turn->start) : -1;
    return at >= 0 && task->spans.items[at].start < turn->start &&
           gs_state_has_turn(task->spans.items[at].state);
}

static void add_turns(struct gs_stats *stats, struct gs_loop_figures *f,
                      const struct places *places, const struct gs_stats_window *w,
                      const struct gs_lane *loop)
{
    for (size_t i = 0; i < loop->holds.count; i++) {
        const struct gs_hold *turn = &loop->holds.items[i];
        uint64_t ns = gs_stats_clip(w, turn->start, gs_hold_end(w->t, turn));
        if (!ns && !gs_stats_is_inside(w, turn->start))
            continue;
        bool begins = !goes_on(w->t, loop, i);
        f->turns += begins;
        f->busy += ns;
        note_longest(&f->longest, w, turn, ns);
        uint32_t place = turn->owner < places->of.count ? places->of.items[turn->owner] : 0;
        if (!place)
            continue;
        struct gs_task_figures *task = &stats->tasks.items[place - 1];
        task->steps += begins;
        note_longest(&task->longest, w, turn, ns);
    }
}

/* Tasks that are begun in one have been counted. */
static void add_callbacks(struct gs_loop_figures *f, const struct gs_stats_window *w,
                          const struct gs_lane *loop)
{
    for (size_t i = 0; i < loop->labels.count; i++) {
        const struct gs_label *callback = &loop->labels.items[i];
        uint64_t end = gs_label_end(w->t, callback), ns = gs_stats_clip(w, callback->start, end);
        if (!ns)
            continue;
        double on = gs_crowd_between(w->t, loop->actor, callback->start, end).on;
        f->busy += on < 1 ? (uint64_t)((double)ns * (1 - on)) : 0;
        note_callback(&f->longest, w, loop->actor, callback, ns);
    }
}

/* --- tasks that run the same */

static void add_to_coroutine(struct gs_task_figures *sum, const struct gs_task_figures *task)
{
    sum->tasks++;
    sum->steps += task->steps;
    sum->on_loop += task->on_loop;
    sum->ready += task->ready;
    sum->awaiting += task->awaiting;
    sum->failed += task->failed;
    sum->cancelled += task->cancelled;
    if (task->longest.ns > sum->longest.ns)
        sum->longest = task->longest;
}

static int by_first(const void *x, const void *y)
{
    const struct gs_task_figures *a = x, *b = y;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static void add_coroutines(struct gs_stats *stats, const struct gs_tables *tables, size_t from)
{
    GS_VEC(struct gs_task_figures) sums = {0};
    for (size_t i = from; i < stats->tasks.count; i++) {
        const struct gs_task_figures *task = &stats->tasks.items[i];
        uint64_t key = gs_stats_text_key(tables, task->coroutine);
        size_t at = gs_sorted_before(&sums, key, key);
        if (at < sums.count && sums.items[at].key == key) {
            add_to_coroutine(&sums.items[at], task);
        } else {
            struct gs_task_figures *sum = gs_sorted_insert(&sums, at);
            *sum = *task;
            sum->key = key;
        }
    }
    if (sums.count)
        qsort(sums.items, sums.count, sizeof *sums.items, by_first);
    for (size_t i = 0; i < sums.count; i++)
        gs_vec_push(&stats->coroutines, sums.items[i]);
    gs_vec_free(&sums);
}

void gs_stats_add_loop(struct gs_stats *stats, const struct gs_stats_window *w,
                       const struct gs_lane *loop)
{
    struct gs_loop_figures f = {.loop = loop->actor};
    struct places places = {0};
    gs_durations readies = {0};
    size_t from = stats->tasks.count;
    add_tasks(stats, &places, &readies, w, loop->actor);
    add_turns(stats, &f, &places, w, loop);
    add_callbacks(&f, w, loop);
    add_coroutines(stats, gs_timeline_tables(w->t), from);
    f.tasks = stats->tasks.count - from;
    uint64_t life = gs_stats_clip(w, loop->birth, loop->died ? loop->death : gs_timeline_end(w->t));
    f.utilisation = life ? (double)f.busy / (double)life : 0;
    gs_stats_sort(&readies);
    f.waits = readies.count;
    f.wait_p50 = gs_stats_percentile(&readies, 50);
    f.wait_p99 = gs_stats_percentile(&readies, 99);
    f.wait_max = gs_stats_percentile(&readies, 100);
    gs_vec_push(&stats->loops, f);
    gs_long_free(&readies);
    gs_vec_free(&places.of);
}
